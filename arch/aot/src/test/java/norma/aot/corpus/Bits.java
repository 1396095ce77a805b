// Contract: differential corpus: bit operations of Integer, Long and Math. Prints the same on the
// JVM and on every target.
// Owner: arch/aot.
package norma.aot.corpus;

/** Library arithmetic. */
final class Bits {
    private static final int[] INTS = {0, 1, -1, 2, 0x80000000, 0x7fffffff, 0x00f0, 0x12345678};
    private static final long[] LONGS = {
        0, 1, -1, 2, Long.MIN_VALUE, Long.MAX_VALUE, 0xf000000000L, 0x123456789abcdef0L, 10,
    };

    private Bits() {}

    static void run() {
        for (int i = 0; i < INTS.length; i++) {
            int v = INTS[i];
            Out.line("clz", Integer.numberOfLeadingZeros(v));
            Out.line("ctz", Integer.numberOfTrailingZeros(v));
            Out.line("count", Integer.bitCount(v));
            Out.line("high", Integer.highestOneBit(v));
            Out.line("low", Integer.lowestOneBit(v));
            Out.line("rotl", Integer.rotateLeft(v, 5));
            Out.line("rotr", Integer.rotateRight(v, 37));
            Out.line("rev", Integer.reverse(v));
            Out.line("bytes", Integer.reverseBytes(v));
            Out.line("signum", Integer.signum(v));
            Out.line("unsigned", Integer.toUnsignedLong(v));
            Out.line("abs", Math.abs(v));
            for (int j = 0; j < INTS.length; j++) {
                int w = INTS[j];
                Out.line("cmp", Integer.compare(v, w));
                Out.line("ucmp", Integer.compareUnsigned(v, w));
                Out.line("max", Math.max(v, w) + 31L * Math.min(v, w));
                if (w != 0) {
                    Out.line("udiv", Integer.divideUnsigned(v, w));
                    Out.line("urem", Integer.remainderUnsigned(v, w));
                    Out.line("floor", Math.floorDiv(v, w) * 31L + Math.floorMod(v, w));
                }
            }
        }
        longs();
    }

    private static void longs() {
        for (int i = 0; i < LONGS.length; i++) {
            long v = LONGS[i];
            Out.line("clz", Long.numberOfLeadingZeros(v));
            Out.line("ctz", Long.numberOfTrailingZeros(v));
            Out.line("count", Long.bitCount(v));
            Out.line("rotl", Long.rotateLeft(v, 5));
            Out.line("rotr", Long.rotateRight(v, 69));
            Out.line("rev", Long.reverse(v));
            Out.line("bytes", Long.reverseBytes(v));
            Out.line("high", Long.highestOneBit(v));
            for (int j = 0; j < LONGS.length; j++) {
                long w = LONGS[j];
                Out.line("cmp", Long.compare(v, w));
                Out.line("ucmp", Long.compareUnsigned(v, w));
                Out.line("mulhi", Math.multiplyHigh(v, w));
                Out.line("umulhi", Math.unsignedMultiplyHigh(v, w));
                Out.line("max", Math.max(v, w) + 31 * Math.min(v, w));
                if (w != 0) {
                    Out.line("udiv", Long.divideUnsigned(v, w));
                    Out.line("urem", Long.remainderUnsigned(v, w));
                    Out.line("floor", Math.floorDiv(v, w) * 31 + Math.floorMod(v, w));
                }
            }
        }
    }
}
