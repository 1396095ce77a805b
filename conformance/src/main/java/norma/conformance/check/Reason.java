package norma.conformance.check;

/** Why a verdict is not CONFORMS. */
public enum Reason {
    /** A conjunct of the action's guard is false in the model's state. */
    ACTION_NOT_ENABLED(Verdict.DIVERGES),
    /** The action's recorded result is not the model's. */
    RESULT_MISMATCH(Verdict.DIVERGES),
    /** The recorded facts about the state after are not the model's. */
    POST_STATE_MISMATCH(Verdict.DIVERGES),
    /** An invariant of the specification does not hold after the event. */
    INVARIANT_VIOLATED(Verdict.DIVERGES),
    /** A thread's own log contradicts the kernel's record. */
    WITNESS_MISMATCH(Verdict.DIVERGES),
    /** An object's versions have a gap, or an event is out of its core's sequence. */
    VERSION_GAP(Verdict.DIVERGES),
    /** A duty of the kernel was never done. */
    UNDISCHARGED(Verdict.DIVERGES),
    /** The kernel panicked. */
    PANICKED(Verdict.DIVERGES),
    /** No event of a required kind. */
    EMPTY(Verdict.INCONCLUSIVE),
    /** The trace ends in the middle. */
    TRUNCATED(Verdict.INCONCLUSIVE),
    /** The bytes are not a trace. */
    MALFORMED(Verdict.INCONCLUSIVE),
    /** A ring was full and nobody drained it. */
    OVERFLOW(Verdict.INCONCLUSIVE),
    /** The deadline passed. */
    TIMED_OUT(Verdict.INCONCLUSIVE),
    /** The machine could not be had or did not last. */
    MACHINE(Verdict.INCONCLUSIVE);

    private final Verdict verdict;

    Reason(Verdict verdict) {
        this.verdict = verdict;
    }

    /** The verdict that this reason leads to. */
    public Verdict verdict() {
        return verdict;
    }
}
