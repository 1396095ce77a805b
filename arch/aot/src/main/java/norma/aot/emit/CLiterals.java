// Contract: C literals with exactly Java's values.
// Owner: norma.aot.emit.
package norma.aot.emit;

/** Literals and quoted text. */
final class CLiterals {
    private CLiterals() {}

    /** An int constant; the smallest one has no literal in C. */
    static String ofInt(long value) {
        return value == Integer.MIN_VALUE ? "(-2147483647 - 1)" : Long.toString(value);
    }

    /** A long constant. */
    static String ofLong(long value) {
        return value == Long.MIN_VALUE ? "(-9223372036854775807L - 1)" : value + "L";
    }

    /** A C string literal of ASCII text. */
    static String quote(String text) {
        return "\"" + text.replace("\\", "\\\\").replace("\"", "\\\"") + "\"";
    }
}
