// Contract: the closed world has what can run and nothing else.
// Owner: norma.aot tests.
package norma.aot.reach;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.List;
import norma.aot.Fixture;
import norma.aot.load.JavaMethod;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class ReachabilityTest {
    @TempDir Path directory;

    private static List<String> names(Program program) {
        return program.methods().stream().map(JavaMethod::toString).toList();
    }

    @Test
    void virtual_calls_reach_classes_with_instances_only() throws Exception {
        String body =
                "interface I { int f(); }"
                        + "static class A implements I { public int f() { return 1; } }"
                        + "static class B implements I { public int f() { return 2; } }"
                        + "static I cell = new A();"
                        + "@Entry(\"e\") static int e() { return cell.f(); }";
        try (Fixture fixture = new Fixture(directory, body)) {
            Program program = fixture.program();
            assertTrue(names(program).contains("t.T$A.f"));
            assertFalse(names(program).contains("t.T$B.f"));
            JavaMethod f = fixture.type("T$A").findMethod("f()I").orElseThrow();
            assertEquals("e = t.T.e -> t.T$A.f", program.graph().chain(f));
        }
    }

    @Test
    void objects_found_late_open_new_code() throws Exception {
        String body =
                "static class A { A next; int f() { return 1; } }"
                        + "static class B extends A { int f() { return g(); } int g() {"
                        + " return 2; } }"
                        + "static A cell; static { cell = new A(); cell.next = new B(); }"
                        + "@Entry(\"e\") static int e() { return cell.f() + cell.next.f(); }";
        try (Fixture fixture = new Fixture(directory, body)) {
            assertTrue(names(fixture.program()).contains("t.T$B.g"));
        }
    }

    @Test
    void only_used_fields_pull_objects_in() throws Exception {
        String body =
                "static class A { Object unused = \"big\"; int used = 3; }"
                        + "static A cell = new A();"
                        + "@Entry(\"e\") static int e() { return cell.used; }";
        try (Fixture fixture = new Fixture(directory, body)) {
            assertEquals(1, fixture.program().heap().objects().size());
        }
    }

    @Test
    void intrinsics_end_the_search() throws Exception {
        String body =
                "@Intrinsic(\"c\") static void c() { System.exit(1); }"
                        + "@Entry(\"e\") static void e() { c(); }";
        try (Fixture fixture = new Fixture(directory, body)) {
            Program program = fixture.program();
            assertEquals(List.of("t.T.e"), names(program));
            assertTrue(program.problems().isEmpty());
        }
    }
}
