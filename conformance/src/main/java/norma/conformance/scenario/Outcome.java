package norma.conformance.scenario;

import java.util.List;
import norma.conformance.check.Counts;
import norma.conformance.check.Finding;
import norma.conformance.check.Verdict;
import org.jspecify.annotations.Nullable;

/**
 * How a run ended.
 *
 * @param finding why it does not conform, or null
 * @param counts what it exercised
 * @param witnessed answers that the threads' own logs confirmed
 * @param firstEventNanos guest time of the boot's end
 * @param seconds host time of the run
 * @param console the last lines of the guest's console
 */
public record Outcome(
        @Nullable Finding finding,
        Counts counts,
        long witnessed,
        long firstEventNanos,
        double seconds,
        List<String> console) {
    /** The verdict. */
    public Verdict verdict() {
        return finding == null ? Verdict.CONFORMS : finding.verdict();
    }
}
