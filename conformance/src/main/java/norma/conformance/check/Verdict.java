package norma.conformance.check;

/** What a run of the validator says. Exit codes: {@code norma.conformance.job.Verdicts}. */
public enum Verdict {
    /** Every event is an enabled action with the recorded results and post-state. */
    CONFORMS(0),
    /** As CONFORMS, from the oldest complete checkpoint of an overwritten recording. */
    CONFORMS_SUFFIX(3),
    /** The kernel did what the model forbids, or did not do what it must. */
    DIVERGES(1),
    /** The evidence does not suffice for a verdict. */
    INCONCLUSIVE(3);

    private final int exitCode;

    Verdict(int exitCode) {
        this.exitCode = exitCode;
    }

    /** Exit code of a command that ends with this verdict. */
    public int exitCode() {
        return exitCode;
    }
}
