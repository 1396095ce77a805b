// Contract: differential corpus: branches, loops and switches. Prints the same on the JVM and on
// every target.
// Owner: arch/aot.
package norma.aot.corpus;

/** Control flow. */
final class ControlFlow {
    private static final int[] KEYS = {
        Integer.MIN_VALUE, -5, -1, 0, 1, 2, 3, 4, 9, 1000, 65536, Integer.MAX_VALUE,
    };

    private ControlFlow() {}

    private static int dense(int k) {
        switch (k) {
            case 0:
                return 10;
            case 1:
            case 2:
                k += 5;
            // falls through
            case 3:
                return k + 100;
            case 4:
                break;
            default:
                return -k;
        }
        return 44;
    }

    private static int sparse(int k) {
        return switch (k) {
            case Integer.MIN_VALUE -> 1;
            case -5 -> 2;
            case 9 -> 3;
            case 65536 -> 4;
            case Integer.MAX_VALUE -> 5;
            default -> {
                int x = k;
                yield x * 3;
            }
        };
    }

    private static boolean truth(int bit) {
        Out.putc('0' + bit);
        return bit != 0;
    }

    private static long collatz(long n) {
        long steps = 0;
        do {
            n = (n & 1) == 0 ? n / 2 : 3 * n + 1;
            steps++;
        } while (n != 1);
        return steps;
    }

    static void run() {
        for (int k : KEYS) {
            Out.line("dense", dense(k));
            Out.line("sparse", sparse(k));
        }
        int found = -1;
        outer:
        for (int i = 2; i < 50; i++) {
            for (int j = 2; j < i; j++) {
                if (i % j == 0) {
                    continue outer;
                }
                if (i * j > 900) {
                    found = i * 100 + j;
                    break outer;
                }
            }
        }
        Out.line("labelled", found);
        for (int bits = 0; bits < 8; bits++) {
            boolean value = truth(bits & 1) && (truth(bits & 2) || truth(bits & 4));
            Out.line(" short circuit", value);
        }
        Out.line("collatz", collatz(27));
        int a = 1;
        int b = 2;
        int c = a = b + (b = a);
        Out.line("order", a * 100L + b * 10 + c);
        int[] cells = CELLS;
        int i = 0;
        cells[i++] = i++ * 10 + i;
        cells[i] += cells[0]++ + ++cells[1];
        Out.line("cells", cells[0] + cells[1] * 100L + cells[2] * 10000L);
        long x = 1;
        x += x++ + ++x;
        Out.line("increments", x);
    }

    private static final int[] CELLS = {5, 6, 7, 8};
}
