package norma.conformance.engine;

import norma.abi.Event;
import norma.conformance.check.Counts;
import norma.conformance.check.Finding;
import norma.conformance.check.Verdict;
import org.jspecify.annotations.Nullable;

/** The last line of {@code norma run} and {@code norma validate}. */
final class VerdictLine {
    private VerdictLine() {}

    /** The verdict; {@code from}: records before the checkpoint validated from, or -1 for boot. */
    static Verdict verdict(@Nullable Finding finding, long from) {
        if (finding != null) {
            return finding.verdict();
        }
        return from < 0 ? Verdict.CONFORMS : Verdict.CONFORMS_SUFFIX;
    }

    static String of(String arch, int cpus, Counts counts, @Nullable Finding finding, long from) {
        Verdict verdict = verdict(finding, from);
        boolean suffix = verdict == Verdict.CONFORMS_SUFFIX;
        return "VERDICT "
                + (suffix ? "CONFORMS-SUFFIX from event " + from : verdict)
                + " arch="
                + arch
                + " cpus="
                + cpus
                + " events="
                + counts.events()
                + " calls="
                + counts.of(Event.CALL)
                + (finding == null ? "" : " reason=" + finding.reason());
    }
}
