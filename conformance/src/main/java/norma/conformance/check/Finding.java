package norma.conformance.check;

import java.util.List;

/**
 * Why the validator stopped.
 *
 * @param reason kind of finding
 * @param event number of the event in merge order, or -1
 * @param summary one line: what, where
 * @param details further lines for a person
 */
public record Finding(Reason reason, long event, String summary, List<String> details) {
    /** A finding without details. */
    public static Finding of(Reason reason, String summary) {
        return new Finding(reason, -1, summary, List.of());
    }

    /** The verdict. */
    public Verdict verdict() {
        return reason.verdict();
    }
}
