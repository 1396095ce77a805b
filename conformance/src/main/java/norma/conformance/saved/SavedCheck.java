package norma.conformance.saved;

import norma.conformance.check.Finding;
import norma.conformance.check.Reason;
import norma.conformance.check.Validator;
import org.jspecify.annotations.Nullable;

/**
 * Validation of a saved trace: from boot, or, if its beginning has been overwritten, from its
 * oldest complete checkpoint.
 *
 * @param validator the validator, at the trace's end or at its finding
 * @param finding why it does not conform, or null
 * @param from records before the checkpoint, or -1: validated from boot
 */
public record SavedCheck(Validator validator, @Nullable Finding finding, long from) {
    /** Validates a trace. */
    public static SavedCheck of(SavedTrace trace) {
        Validator validator = new Validator(trace, trace, trace.header().setup());
        long from = trace.header().suffix() ? validator.beginAtCheckpoint(trace) : -1;
        switch (trace.ending()) {
            case STOPPED -> validator.cut();
            case ENDED -> validator.finish(true);
            case QUIET -> validator.finish(false);
        }
        Finding finding = validator.finding();
        if (finding == null && validator.counts().events() == 0) {
            finding = Finding.of(Reason.EMPTY, "no event");
        }
        return new SavedCheck(validator, finding, from);
    }
}
