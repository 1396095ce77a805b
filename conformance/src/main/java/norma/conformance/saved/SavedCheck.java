package norma.conformance.saved;

import norma.abi.Limits;
import norma.conformance.check.Finding;
import norma.conformance.check.Reason;
import norma.conformance.check.Validator;
import org.jspecify.annotations.Nullable;

/**
 * Validation of a saved trace: from boot, or, if its beginning has been overwritten, from its
 * oldest complete checkpoint.
 *
 * <p>No record: a class file with annotated components of one cannot be replaced while it runs,
 * which is how mutants of it are tried.
 */
public final class SavedCheck {
    private final Validator validator;
    private final @Nullable Finding finding;
    private final long from;

    /**
     * The result of a validation.
     *
     * @param validator the validator, at the end of the trace
     * @param finding why it does not conform, or null
     * @param from records before the checkpoint, or -1: validated from boot
     */
    public SavedCheck(Validator validator, @Nullable Finding finding, long from) {
        this.validator = validator;
        this.finding = finding;
        this.from = from;
    }

    /** The validator, at the trace's end or at its finding. */
    public Validator validator() {
        return validator;
    }

    /** Why the trace does not conform, or null. */
    public @Nullable Finding finding() {
        return finding;
    }

    /** Records before the checkpoint, or -1: validated from boot. */
    public long from() {
        return from;
    }

    /** Validates a trace. */
    public static SavedCheck of(SavedTrace trace) {
        Validator validator = new Validator(trace, trace, trace.header().setup());
        boolean suffix = trace.header().suffix();
        long from = suffix ? validator.beginAtCheckpoint(trace) : -1;
        finish(validator, trace);
        if (suffix && validator.finding() == null && trace.ending() == Ending.ENDED) {
            validator = witnessed(trace, validator);
        }
        Finding finding = validator.finding();
        if (finding == null && validator.counts().events() == 0) {
            finding = Finding.of(Reason.EMPTY, "no event");
        }
        return new SavedCheck(validator, finding, from);
    }

    /**
     * Once more, with the threads' logs. How many requests came before the checkpoint is what the
     * logs count in all less what the kernel has recorded since.
     */
    private static Validator witnessed(SavedTrace trace, Validator first) {
        long[] before = new long[Limits.THREADS];
        for (int thread = 0; thread < before.length; thread++) {
            before[thread] = (trace.halves(thread) + 1) / 2 - first.requests(thread);
        }
        Validator second = new Validator(trace, trace, trace.header().witnessed());
        second.beginAtCheckpoint(trace, before);
        finish(second, trace);
        return second;
    }

    private static void finish(Validator validator, SavedTrace trace) {
        switch (trace.ending()) {
            case STOPPED -> validator.cut();
            case ENDED -> validator.finish(true);
            case QUIET -> validator.finish(false);
        }
    }
}
