// Contract: facts hold exactly when nothing after boot can break them.
// Owner: norma.aot tests.
package norma.aot.facts;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.OptionalInt;
import norma.aot.Fixture;
import norma.aot.flow.Origin;
import norma.aot.flow.Value;
import norma.aot.load.JavaField;
import norma.aot.load.Kind;
import norma.aot.reach.Program;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class ProgramFactsTest {
    private static final String PROGRAM =
            "T fixed; T moving; int[] same; int[] other; T(int n) { same = new int[4];"
                    + " other = new int[n]; }"
                    + "static T a = new T(1); static T b = new T(2);"
                    + "static { a.fixed = b; b.fixed = a; a.moving = b; b.moving = a; }"
                    + "static final int[] READ = {1, 2}; static final int[] WRITTEN = {1, 2};"
                    + "static final T[] POOL = {a, b};"
                    + "@Entry(\"e\") static int e(int i) { WRITTEN[i] = 1; a.moving = null;"
                    + " return a.fixed.same[i] + a.moving.other[i] + READ[i] + POOL[i].same[0]; }";

    @TempDir Path directory;

    private static Value load(JavaField field) {
        return new Value(Kind.REF, new Origin.FieldLoad(field), false, null);
    }

    @Test
    void fields_never_written_keep_what_the_image_shows() throws Exception {
        try (Fixture fixture = new Fixture(directory, PROGRAM)) {
            Program program = fixture.program();
            assertTrue(program.problems().isEmpty(), () -> program.problems().toString());
            ProgramFacts facts = new ProgramFacts(program);
            assertTrue(facts.isNonNull(fixture.field("fixed")));
            assertFalse(facts.isNonNull(fixture.field("moving")), "written");
            assertEquals(OptionalInt.of(4), facts.arrayLength(load(fixture.field("same"))));
            assertEquals(OptionalInt.empty(), facts.arrayLength(load(fixture.field("other"))));
        }
    }

    @Test
    void arrays_without_stores_are_constant() throws Exception {
        try (Fixture fixture = new Fixture(directory, PROGRAM)) {
            Program program = fixture.program();
            ProgramFacts facts = new ProgramFacts(program);
            Object read = fixture.host().read(fixture.field("READ"), null);
            Object written = fixture.host().read(fixture.field("WRITTEN"), null);
            Object pool = fixture.host().read(fixture.field("POOL"), null);
            assertTrue(facts.isConstant(read));
            assertFalse(facts.isConstant(written));
            Value element =
                    new Value(
                            Kind.REF,
                            new Origin.ElementOf(new Origin.ImageObject(pool)),
                            false,
                            null);
            assertTrue(facts.isNonNull(element));
        }
    }

    @Test
    void parameters_are_non_null_if_every_call_passes_something() throws Exception {
        String body =
                "int x; static T a = new T(); static T some; static void direct(T p) { p.x++; }"
                        + "static void through(T p) { direct(p); }"
                        + "static void sometimes(T p) { if (p != null) { p.x++; } }"
                        + "@Entry(\"e\") static void e(T p) { through(a); sometimes(some); some = p; }";
        try (Fixture fixture = new Fixture(directory, body)) {
            ProgramFacts facts = new ProgramFacts(fixture.program());
            Value first = new Value(Kind.REF, new Origin.Parameter(0), false, null);
            assertTrue(facts.isNonNull(fixture.method("direct"), first));
            assertTrue(facts.isNonNull(fixture.method("through"), first));
            assertFalse(facts.isNonNull(fixture.method("sometimes"), first), "a field's value");
            assertFalse(facts.isNonNull(fixture.method("e"), first), "native code calls entries");
        }
    }

    @Test
    void arrays_given_to_c_may_be_written() throws Exception {
        String body =
                "@Intrinsic(\"c\") static void c(byte[] b) {}"
                        + "static final byte[] BUFFER = {1}; static final int[] OTHER = {1};"
                        + "@Entry(\"e\") static int e() { c(BUFFER); return OTHER[0]; }";
        try (Fixture fixture = new Fixture(directory, body)) {
            ProgramFacts facts = new ProgramFacts(fixture.program());
            Object buffer = fixture.host().read(fixture.field("BUFFER"), null);
            Object other = fixture.host().read(fixture.field("OTHER"), null);
            assertFalse(facts.isConstant(buffer));
            assertTrue(facts.isConstant(other));
        }
    }
}
