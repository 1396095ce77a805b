// Contract: panics on every target without an argument; the line ends with the marker "panics".
// Owner: arch/aot.
package norma.aot.corpus;

import norma.quals.Entry;

/** A program that divides by zero. */
public final class BarePanic {
    private static int dividend = 7;

    private BarePanic() {}

    /** The entry; the argument is 0 on bare targets. */
    @Entry("difftest_main")
    public static void main(int argument) {
        dividend = dividend / argument; // panics
        Out.text("survived\n");
    }
}
