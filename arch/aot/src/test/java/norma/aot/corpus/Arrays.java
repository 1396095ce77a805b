// Contract: differential corpus: arrays of all types. Prints the same on the JVM and on every
// target.
// Owner: arch/aot.
package norma.aot.corpus;

/** Arrays. */
final class Arrays {
    private static final byte[] BYTES = {1, -1, 127, -128};
    private static final short[] SHORTS = {1, -1, 32767, -32768};
    private static final char[] CHARS = {'a', '\uffff', '\u20ac'};
    private static final boolean[] FLAGS = {true, false, true};
    private static final long[] WIDE = {Long.MIN_VALUE, -1, 0, Long.MAX_VALUE};
    private static final int[] BIG = new int[100_000];
    private static final int[] PRIMES = {2, 3, 5, 7, 11};
    private static final int[][] GRID = {{1, 2}, {3, 4, 5}, {}};
    private static final Object[] OBJECTS = new Object[4];
    private static final String[] NAMES = {"zero", "one", null};
    private static final Object[] ALIAS = NAMES;
    private static final Object[] BIG_REFERENCES = new Object[5000];

    private Arrays() {}

    private static long sum(int[] values) {
        long sum = 0;
        for (int v : values) {
            sum += v;
        }
        return sum;
    }

    static void run() {
        BYTES[1] = (byte) 200;
        BYTES[2] += 2;
        SHORTS[0] = (short) 40000;
        CHARS[0]++;
        FLAGS[1] = !FLAGS[1];
        for (byte b : BYTES) {
            Out.line("byte", b);
        }
        for (short s : SHORTS) {
            Out.line("short", s);
        }
        for (char c : CHARS) {
            Out.line("char", c);
        }
        for (boolean f : FLAGS) {
            Out.line("flag", f);
        }
        for (long w : WIDE) {
            Out.line("wide", w);
        }
        Out.line("length", BIG.length);
        Out.line("zero", sum(BIG));
        for (int i = 0; i < BIG.length; i++) {
            BIG[i] = i * i;
        }
        Out.line("sum", sum(BIG));
        Out.line("primes", sum(PRIMES));
        for (int[] row : GRID) {
            Out.line("row", row.length * 100L + sum(row));
        }
        GRID[1][2] = 50;
        GRID[2] = GRID[0];
        Out.line("grid", GRID[2][1] + GRID[1][2]);
        OBJECTS[0] = "text";
        OBJECTS[1] = PRIMES;
        OBJECTS[2] = NAMES;
        Out.line("object", OBJECTS[1] instanceof int[] p ? p[4] : -1);
        Out.line("strings", OBJECTS[2] instanceof String[]);
        Out.line("objects", OBJECTS[2] instanceof Object[]);
        Out.line("ints", OBJECTS[2] instanceof int[]);
        ALIAS[2] = "two";
        Out.text(NAMES[2]);
        BIG_REFERENCES[4999] = "last";
        Out.line("big references", BIG_REFERENCES[0] == null && BIG_REFERENCES[4999] != null);
        copy();
    }

    private static void copy() {
        int[] big = BIG;
        for (int i = 0; i < 10; i++) {
            big[i] = i;
        }
        System.arraycopy(big, 0, big, 3, 6);
        System.arraycopy(big, 5, big, 1, 4);
        System.arraycopy(PRIMES, 1, big, 8, 2);
        System.arraycopy(BYTES, 0, BYTES, 1, 3);
        for (int i = 0; i < 12; i++) {
            Out.line("copied", big[i]);
        }
        Out.line("copied byte", BYTES[3] * 1000L + BYTES[1]);
        System.arraycopy(big, 100_000, big, 0, 0);
    }
}
