package norma.conformance.job;

import java.io.PrintStream;
import java.nio.file.Path;

/** Checks a saved trace without a machine. */
public interface ValidateEngine {
    /**
     * Validates the file and recomputes its counts.
     *
     * @return one of {@link Verdicts}
     */
    int validate(Path trace, PrintStream out) throws Exception;
}
