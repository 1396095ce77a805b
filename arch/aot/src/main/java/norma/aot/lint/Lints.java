// Contract: runs every lint; each adds its findings to the program's problems.
// Owner: norma.aot.lint.
package norma.aot.lint;

import norma.aot.reach.Program;

/** The lint pass. */
public final class Lints {
    private Lints() {}

    /** Checks the closed world against the rules of the kernel profile. */
    public static void run(Program program) {
        SupportLint.run(program);
        AllocationLint.run(program);
        RecursionLint.run(program);
        ModelledLint.run(program);
        RacyFieldLint.run(program);
    }
}
