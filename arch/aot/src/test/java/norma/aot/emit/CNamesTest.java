// Contract: C names never meet, literals have Java's values.
// Owner: norma.aot tests.
package norma.aot.emit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import norma.aot.Fixture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class CNamesTest {
    @TempDir Path directory;

    @Test
    void mangling_is_injective() {
        assertNotEquals(CNames.mangle("a/b_c"), CNames.mangle("a_b/c"));
        assertNotEquals(CNames.mangle("a$b"), CNames.mangle("a/b"));
        assertNotEquals(CNames.mangle("a$b"), CNames.mangle("a_2b"));
        assertEquals("a_b_2C", CNames.mangle("a/b$C"));
    }

    @Test
    void overloads_and_entries_have_names_of_their_own() throws Exception {
        String body =
                "static void f(int x) {} static void f(long x) {} @Entry(\"sym\") static"
                        + " void e() {}";
        try (Fixture fixture = new Fixture(directory, body)) {
            var names =
                    fixture.type("T").methods().stream().map(CNames::method).distinct().toList();
            assertEquals(4, names.size(), "constructor, f, f, e");
            assertTrue(names.contains("sym"));
        }
    }

    @Test
    void smallest_numbers_are_expressions() {
        assertEquals("(-2147483647 - 1)", CLiterals.ofInt(Integer.MIN_VALUE));
        assertEquals("(-9223372036854775807L - 1)", CLiterals.ofLong(Long.MIN_VALUE));
        assertEquals("-1L", CLiterals.ofLong(-1));
    }

    @Test
    void layout_names_are_upper_snake() {
        assertEquals("USER_SP", StructEmitter.upperSnake("userSp"));
        assertEquals("R0", StructEmitter.upperSnake("r0"));
        assertEquals("MAX_CPUS", StructEmitter.upperSnake("MAX_CPUS"));
    }
}
