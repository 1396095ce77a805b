// Contract: C literals with exactly Java's values.
// Owner: norma.aot.emit.
package norma.aot.emit;

import norma.aot.load.JavaField;
import org.jspecify.annotations.Nullable;

/** Literals and quoted text. */
final class CLiterals {
    private static final int FNV_BASIS = 0x811C9DC5;
    private static final int FNV_PRIME = 0x01000193;

    /** Smaller places are operations of the machine. */
    private static final int GATE_PLACES = 16;

    private CLiterals() {}

    /** An int constant; the smallest one has no literal in C. */
    static String ofInt(long value) {
        return value == Integer.MIN_VALUE ? "(-2147483647 - 1)" : Long.toString(value);
    }

    /** A long constant. */
    static String ofLong(long value) {
        return value == Long.MIN_VALUE ? "(-9223372036854775807L - 1)" : value + "L";
    }

    /**
     * The place of an access in a VarHandle mode, as {@code norma.abi.Gate.place} has it: 32 bits
     * of FNV-1a of {@code CLASS.FIELD}; null stands for any array's element.
     */
    static String place(@Nullable JavaField field) {
        String text = ".element";
        if (field != null) {
            String owner = field.owner().name();
            int from = Math.max(owner.lastIndexOf('/'), owner.lastIndexOf('$'));
            text = owner.substring(from + 1) + "." + field.name();
        }
        int hash = FNV_BASIS;
        for (int i = 0; i < text.length(); i++) {
            hash = (hash ^ text.charAt(i)) * FNV_PRIME;
        }
        int place = Integer.compareUnsigned(hash, GATE_PLACES) < 0 ? hash + GATE_PLACES : hash;
        return "0x%08xu".formatted(place);
    }

    /** A C string literal of ASCII text. */
    static String quote(String text) {
        return "\"" + text.replace("\\", "\\\\").replace("\"", "\\\"") + "\"";
    }
}
