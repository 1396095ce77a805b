package norma.conformance.job;

/** Exit codes, the same for every command; documented in the usage text. */
public final class Verdicts {
    /** All that ran is as it must be. */
    public static final int PASS = 0;

    /** A property is violated, a trace diverges, a test fails. */
    public static final int VIOLATION = 1;

    /** The command line or an input written by hand is wrong; nothing ran. */
    public static final int USAGE = 2;

    /** No verdict: infrastructure failed, a deadline passed, a trace is incomplete. */
    public static final int INCONCLUSIVE = 3;

    /** The selection was empty. */
    public static final int NOTHING_RAN = 4;

    private Verdicts() {}

    /** The last line of a command: what passed, what failed, and what has no verdict, if any. */
    public static String totals(long passed, long failed, long inconclusive) {
        String line = passed + " passed, " + failed + " failed";
        return inconclusive == 0 ? line : line + ", " + inconclusive + " inconclusive";
    }
}
