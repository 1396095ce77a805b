package norma.conformance.saved;

import java.util.Arrays;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import norma.abi.Record;
import norma.conformance.check.EventView;
import norma.conformance.check.Validator;
import norma.model.kernel.KernelState;

/**
 * Validates a saved trace from its first record to its finding, and keeps what the live validator
 * has no time for: which event touched an object last, and what chosen events changed.
 */
final class Replay implements Validator.EventSink {
    private static final long NEVER = -1;

    private final Validator validator;
    private final boolean everyAnswer;
    private final StateText text;
    private final long[] wanted;
    private final SortedMap<Long, Change> changes = new TreeMap<>();
    private final long[] lastOfObject = new long[1 << 16];
    private final long[] lastOfCore;
    private KernelState before;
    private int next;
    private long accepted;
    private boolean wrongAnswer;

    /** What one accepted event changed. */
    record Change(long number, String event, List<String> lines) {}

    /**
     * Runs to the finding.
     *
     * @param everyAnswer compare threads' answers at once, so that a wrong one is found at the
     *     event that gave it and not some time later
     * @param wanted numbers of the events whose changes are kept, ascending; a last one that is
     *     never accepted leaves the state before it in {@link #before}
     */
    static Replay run(SavedTrace trace, boolean everyAnswer, long... wanted) {
        trace.rewind();
        Replay replay = new Replay(trace, everyAnswer, wanted);
        if (trace.header().suffix()) {
            replay.validator.beginAtCheckpoint(trace);
            replay.before = replay.validator.state().copy();
        }
        replay.validator.advance();
        return replay;
    }

    private Replay(SavedTrace trace, boolean everyAnswer, long... wanted) {
        validator = new Validator(trace, trace, trace.header().setup());
        this.everyAnswer = everyAnswer;
        this.wanted = wanted;
        text = new StateText(validator.model());
        lastOfCore = new long[trace.cores()];
        Arrays.fill(lastOfObject, NEVER);
        Arrays.fill(lastOfCore, NEVER);
        before = validator.state().copy();
        validator.addSink(this);
    }

    @Override
    public void accepted(EventView event) {
        if (event.isSnapshot()) {
            return;
        }
        long number = accepted++;
        for (int i = 0; i < event.touched(); i++) {
            lastOfObject[event.object(i)] = number;
        }
        lastOfCore[event.core()] = number;
        if (next < wanted.length && wanted[next] == number) {
            List<String> lines = text.changes(before, validator.state());
            changes.put(number, new Change(number, event.describe(), lines));
            next++;
        }
        if (next < wanted.length && wanted[next] == accepted) {
            before = validator.state().copy();
        }
        if (everyAnswer) {
            validator.pollWitness();
            wrongAnswer = validator.finding() != null;
        }
    }

    /** Is the finding the answer that the last accepted event gave, and no record? */
    boolean wrongAnswer() {
        return wrongAnswer;
    }

    Validator validator() {
        return validator;
    }

    StateText text() {
        return text;
    }

    /** Number of events accepted; the finding's record, if there is one, has this number. */
    long accepted() {
        return accepted;
    }

    /** The state before the last wanted event. */
    KernelState before() {
        return before;
    }

    /** What the wanted events changed, by number. */
    SortedMap<Long, Change> changes() {
        return changes;
    }

    /**
     * Number of the last event that touched an object, or -1. A core's own mode and current thread
     * change with each of its events, whatever these touch.
     */
    long last(int id) {
        boolean core = id >>> 12 == Record.CORE && (id & 0xfff) < lastOfCore.length;
        return Math.max(lastOfObject[id], core ? lastOfCore[id & 0xfff] : NEVER);
    }
}
