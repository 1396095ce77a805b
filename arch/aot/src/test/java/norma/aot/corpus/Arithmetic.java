// Contract: differential corpus: int and long operators at their edges. Prints the same on the JVM
// and on every target.
// Owner: arch/aot.
package norma.aot.corpus;

/** Integer arithmetic. */
final class Arithmetic {
    private static final int[] INTS = {
        0,
        1,
        -1,
        2,
        -2,
        7,
        -7,
        31,
        32,
        33,
        63,
        64,
        1000003,
        -1000003,
        Integer.MAX_VALUE,
        Integer.MIN_VALUE,
        Integer.MIN_VALUE + 1,
        0x55555555,
    };
    private static final long[] LONGS = {
        0,
        1,
        -1,
        3,
        -3,
        31,
        63,
        64,
        65,
        0x100000000L,
        -0x100000000L,
        123456789012345L,
        Long.MAX_VALUE,
        Long.MIN_VALUE,
        Long.MIN_VALUE + 1,
        0x5555555555555555L,
    };

    private static final int FAR = Integer.parseInt("33");
    private static final int FARTHER = Integer.parseInt("65");
    private static final int ONE = Integer.parseInt("1");

    private Arithmetic() {}

    private static long mix(long hash, long value) {
        return (hash ^ value) * 0x9E3779B97F4A7C15L + (hash >>> 29);
    }

    private static long ints(int a, int b) {
        long h = 17;
        h = mix(h, a + b);
        h = mix(h, a - b);
        h = mix(h, a * b);
        h = mix(h, a & b);
        h = mix(h, a | b);
        h = mix(h, a ^ b);
        h = mix(h, a << b);
        h = mix(h, a >> b);
        h = mix(h, a >>> b);
        h = mix(h, -a);
        h = mix(h, ~a);
        if (b != 0) {
            h = mix(h, a / b);
            h = mix(h, a % b);
        }
        h = mix(h, a < b ? 1 : a == b ? 2 : 3);
        h = mix(h, a >= b ? 1 : 0);
        h = mix(h, (long) a * b);
        return h;
    }

    private static long longs(long a, long b) {
        long h = 18;
        h = mix(h, a + b);
        h = mix(h, a - b);
        h = mix(h, a * b);
        h = mix(h, a & b);
        h = mix(h, a | b);
        h = mix(h, a ^ b);
        h = mix(h, a << b);
        h = mix(h, a >> b);
        h = mix(h, a >>> b);
        h = mix(h, a << (int) b);
        h = mix(h, -a);
        h = mix(h, ~a);
        if (b != 0) {
            h = mix(h, a / b);
            h = mix(h, a % b);
        }
        h = mix(h, a < b ? 1 : a == b ? 2 : 3);
        h = mix(h, a > b ? 1 : 0);
        h = mix(h, a <= b ? 1 : 0);
        return h;
    }

    static void run() {
        for (int i = 0; i < INTS.length; i++) {
            long h = 0;
            for (int j = 0; j < INTS.length; j++) {
                h = mix(h, ints(INTS[i], INTS[j]));
            }
            Out.line("int", h);
        }
        for (int i = 0; i < LONGS.length; i++) {
            long h = 0;
            for (int j = 0; j < LONGS.length; j++) {
                h = mix(h, longs(LONGS[i], LONGS[j]));
            }
            Out.line("long", h);
        }
        int min = INTS[15];
        int minus = INTS[2];
        Out.line("min / -1", min / minus);
        Out.line("min % -1", min % minus);
        long longMin = LONGS[13];
        Out.line("long min / -1", longMin / minus);
        Out.line("long min % -1", longMin % minus);
        int x = 5;
        x += 1000000000L * 3;
        x <<= 3;
        x >>>= 1;
        x ^= -1;
        Out.line("compound", x);
        // Known to the compiler but not to javac: folded by us or by clang, by Java's rules.
        Out.line("known shift", ONE << FAR);
        Out.line("known right shift", -ONE >>> FAR);
        Out.line("known long shift", (long) ONE << FARTHER);
        Out.line("known quotient", Integer.MIN_VALUE / -ONE);
        Out.line("known overflow", Integer.MAX_VALUE + ONE);
        if (ONE << FAR == 2 && (FAR & ~ONE) == 32) {
            Out.line("known branch", 1);
        }
    }
}
