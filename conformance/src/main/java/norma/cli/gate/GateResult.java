package norma.cli.gate;

/**
 * What came of a gate.
 *
 * <p>A gate that fails without a failing test case (a build error, a crash, a deadline) counts as
 * one failed case, so that the closing line can never claim success.
 *
 * @param passed test cases passed
 * @param failed test cases failed
 * @param skipped test cases skipped
 * @param trusted cases not run because committed evidence says what would come of them
 * @param note why it failed, or empty
 */
public record GateResult(long passed, long failed, long skipped, long trusted, String note) {
    /** With nothing trusted. */
    public GateResult(long passed, long failed, long skipped, String note) {
        this(passed, failed, skipped, 0, note);
    }

    /** The same with a number of trusted cases. */
    GateResult trusting(long cases) {
        return new GateResult(passed, failed, skipped, cases, note);
    }

    /** Whether the gate lets the change through. */
    public boolean ok() {
        return failed == 0;
    }

    /** The result of a process that ended with {@code exitCode}, given what its cases say. */
    static GateResult of(long passed, long failed, long skipped, int exitCode, String how) {
        if (exitCode == 0 && failed == 0 && passed == 0) {
            return new GateResult(0, 1, skipped, "no test case ran");
        }
        if (exitCode != 0 && failed == 0) {
            return new GateResult(passed, 1, skipped, how);
        }
        return new GateResult(passed, failed, skipped, failed == 0 ? "" : how);
    }
}
