package norma.conformance.job;

import java.io.PrintStream;

/** Boots the system, runs a workload, and validates every event as it happens. */
public interface RunEngine {
    /**
     * Runs to the verdict.
     *
     * @param out status, counts, and as the last line the verdict
     * @return one of {@link Verdicts}
     */
    int run(RunOptions options, PrintStream out) throws Exception;

    /** Grammar and example of a workload script, for {@code --help-script}. */
    String scriptHelp();
}
