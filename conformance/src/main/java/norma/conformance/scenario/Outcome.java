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
 * @param from records before the checkpoint that validation began with, or -1: it saw them all
 * @param compared snapshots of objects that were what the model says
 * @param witnessed answers that the threads' own logs confirmed
 * @param firstEventNanos guest time of the boot's end
 * @param seconds host time of the run
 * @param console the last lines of the guest's console
 */
public record Outcome(
        @Nullable Finding finding,
        Counts counts,
        long from,
        long compared,
        long witnessed,
        long firstEventNanos,
        double seconds,
        List<String> console) {
    /** The verdict. */
    public Verdict verdict() {
        if (finding != null) {
            return finding.verdict();
        }
        return from < 0 ? Verdict.CONFORMS : Verdict.CONFORMS_SUFFIX;
    }
}
