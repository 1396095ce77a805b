// Contract: differential corpus: narrowing and widening. Prints the same on the JVM and on every
// target.
// Owner: arch/aot.
package norma.aot.corpus;

/** Conversions between integral types. */
final class Conversions {
    private static final long[] VALUES = {
        0,
        1,
        -1,
        127,
        128,
        255,
        256,
        32767,
        32768,
        65535,
        65536,
        0x7fffffffL,
        0x80000000L,
        0xffffffffL,
        0x100000000L,
        -128,
        -129,
        -32768,
        -32769,
        Long.MIN_VALUE,
        Long.MAX_VALUE,
    };

    private byte byteField;
    private char charField;
    private short shortField;
    private boolean booleanField;
    private static final Conversions CELL = new Conversions();

    private Conversions() {}

    private static byte asByte(long v) {
        return (byte) v;
    }

    private static char asChar(long v) {
        return (char) v;
    }

    private static short asShort(long v) {
        return (short) v;
    }

    static void run() {
        for (int i = 0; i < VALUES.length; i++) {
            long v = VALUES[i];
            Out.line("byte", asByte(v));
            Out.line("char", asChar(v));
            Out.line("short", asShort(v));
            Out.line("int", (int) v);
            CELL.byteField = (byte) v;
            CELL.charField = (char) v;
            CELL.shortField = (short) v;
            CELL.booleanField = v > 100;
            CELL.byteField++;
            CELL.charField += 3;
            CELL.shortField -= 7;
            Out.line("fields", CELL.byteField + CELL.charField * 3L + CELL.shortField * 7L);
            Out.line("boolean", CELL.booleanField);
        }
    }
}
