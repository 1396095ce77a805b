// Contract: differential corpus: the console. Prints the same on the JVM and on every target.
// Owner: arch/aot.
package norma.aot.corpus;

import norma.quals.Intrinsic;

/** Output of corpus programs, one byte at a time. */
final class Out {
    private Out() {}

    @Intrinsic("difftest_putc")
    static void putc(int c) {
        System.out.write(c);
    }

    static void text(String s) {
        for (int i = 0; i < s.length(); i++) {
            int c = s.charAt(i);
            if (c < 128) {
                putc(c);
            } else {
                hex(c);
            }
        }
    }

    static void hex(long value) {
        putc('0');
        putc('x');
        boolean started = false;
        for (int shift = 60; shift >= 0; shift -= 4) {
            int digit = (int) (value >>> shift) & 15;
            started |= digit != 0 || shift == 0;
            if (started) {
                putc(digit < 10 ? '0' + digit : 'a' + digit - 10);
            }
        }
    }

    /** Prints a label and a number. */
    static void line(String label, long value) {
        text(label);
        putc(' ');
        hex(value);
        putc('\n');
    }

    /** Prints a label and a truth value. */
    static void line(String label, boolean value) {
        line(label, value ? 1 : 0);
    }
}
