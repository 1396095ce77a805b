package norma.conformance.job;

import java.io.PrintStream;
import java.util.List;

/** Runs scenarios over architectures, CPUs and seeds, or the mutants' kill matrix. */
public interface ConformEngine {
    /**
     * Runs the selection.
     *
     * @param out each case before it runs; as the last line {@code N passed, N failed}
     * @return one of {@link Verdicts}
     */
    int conform(ConformOptions options, PrintStream out) throws Exception;

    /** The scenario names, for help and completion. */
    List<String> scenarios();
}
