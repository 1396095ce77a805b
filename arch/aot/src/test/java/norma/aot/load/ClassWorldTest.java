// Contract: class files are read as the JVM resolves them.
// Owner: norma.aot tests.
package norma.aot.load;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import norma.aot.Fixture;
import norma.aot.Sources;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class ClassWorldTest {
    @TempDir Path directory;

    @Test
    void resolves_methods_and_fields_as_the_jvm_does() throws Exception {
        String body =
                "interface I { default int f() { return 1; } int LIMIT = 4; }"
                        + "interface J extends I { default int f() { return 2; } }"
                        + "static class A implements I { int x; }"
                        + "static class B extends A implements J { int x; }";
        try (Fixture fixture = new Fixture(directory, body)) {
            JavaClass b = fixture.type("T$B");
            assertSame(fixture.type("T$J"), b.findMethod("f()I").orElseThrow().owner());
            assertSame(b, b.findField("x").orElseThrow().owner());
            assertSame(fixture.type("T$I"), b.findField("LIMIT").orElseThrow().owner());
            assertTrue(b.subclassOf(fixture.type("T$I")));
            assertEquals(2, b.instanceFields().size());
        }
    }

    @Test
    void arrays_are_covariant_in_references_only() {
        ClassWorld world = new ClassWorld(java.util.List.of());
        JavaClass strings = world.get("[Ljava/lang/String;");
        assertTrue(strings.subclassOf(world.get("[Ljava/lang/Object;")));
        assertTrue(strings.subclassOf(world.get("java/lang/Object")));
        assertFalse(world.get("[I").subclassOf(world.get("[Ljava/lang/Object;")));
        assertFalse(world.get("[I").subclassOf(world.get("[J")));
        assertTrue(world.get("[[I").subclassOf(world.get("[Ljava/lang/Object;")));
    }

    @Test
    void missing_class_is_named() {
        ClassWorld world = new ClassWorld(java.util.List.of(directory));
        Exception e =
                assertThrows(
                        ClassWorld.ClassMissingException.class, () -> world.get("no/such/Type"));
        assertEquals("class not found: no.such.Type", e.getMessage());
    }

    @Test
    void reads_annotations() throws Exception {
        String body =
                "@Entry(\"start\") static void e() {} @Intrinsic(\"c_f\") static void f() {}"
                        + "@Emits(\"Reply\") static void g() {} @Modelled int m;"
                        + " @RacyOk(\"x\") int r;"
                        + "@NoAlloc(reason = \"why\") static void n() {}";
        try (Fixture fixture = new Fixture(directory, body)) {
            assertEquals(Optional.of("start"), fixture.method("e").entrySymbol());
            assertEquals(Optional.of("c_f"), fixture.method("f").intrinsic());
            assertTrue(fixture.method("f").body().isEmpty(), "the JVM body is not compiled");
            assertTrue(fixture.method("g").emits());
            assertTrue(fixture.field("m").isModelled());
            assertTrue(fixture.field("r").isRacyOk());
            assertEquals(Optional.of("why"), fixture.method("n").noAllocReason());
        }
    }

    @Test
    void parameters_have_the_slots_of_the_jvm() throws Exception {
        try (Fixture fixture = new Fixture(directory, "void f(long a, int b, String c) {}")) {
            var slots =
                    fixture.method("f").parameters().stream()
                            .map(p -> p.slot() + p.kind().cType())
                            .toList();
            assertEquals(java.util.List.of("0ref", "1int64_t", "3int32_t", "4ref"), slots);
        }
    }

    @Test
    void every_jdk_intrinsic_exists_in_java_base_and_in_rt_h() throws Exception {
        String header =
                Files.readString(
                        Sources.corpus().resolve("../../../../../../../native/common/rt.h"));
        ClassWorld world = new ClassWorld(java.util.List.of());
        for (Map.Entry<String, String> e : JdkIntrinsics.table().entrySet()) {
            int dot = e.getKey().indexOf('.');
            JavaClass owner = world.get(e.getKey().substring(0, dot));
            String key = e.getKey().substring(dot + 1);
            assertTrue(owner.methods().stream().anyMatch(m -> m.key().equals(key)), e.getKey());
            String c = e.getValue();
            boolean generated = c.startsWith(JdkIntrinsics.BUILTIN) || c.equals("rt_enum_compare");
            assertTrue(generated || header.contains(" " + c + "("), c);
        }
    }
}
