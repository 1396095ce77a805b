// Contract: differential corpus: all of it. Prints the same on the JVM and on every target.
// Owner: arch/aot.
package norma.aot.corpus;

import norma.quals.Entry;

/** Runs the whole corpus. */
public final class Main {
    private Main() {}

    /** The entry on every target. */
    @Entry("difftest_main")
    public static void main(int argument) {
        Arithmetic.run();
        Conversions.run();
        Bits.run();
        Arrays.run();
        Dispatch.run();
        Enums.run();
        Patterns.run();
        LocalRecords.run();
        Strings.run();
        Atomics.run();
        ControlFlow.run();
        Statics.run();
        Generics.run();
        Out.line("done", argument);
    }
}
