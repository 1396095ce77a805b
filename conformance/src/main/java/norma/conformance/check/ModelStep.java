package norma.conformance.check;

import java.util.ArrayList;
import java.util.List;
import norma.abi.Event;
import norma.abi.Limits;
import norma.abi.Record;
import norma.abi.SystemCall;
import norma.conformance.trace.WitnessSource;
import norma.model.Guard;
import norma.model.Observation;
import norma.model.State;
import norma.model.ipc.ResultCode;
import norma.model.kernel.KernelModel;
import norma.model.kernel.KernelState;
import org.jspecify.annotations.Nullable;

/**
 * One record as one step of the model, for who knows the order of the records: no versions, no
 * logs. The same steps, expectations and invariants as the {@link Validator}'s.
 */
public final class ModelStep {
    private final KernelState state;
    private final CoreRights rights;
    private final Stepper stepper;
    private final TouchedInvariants invariants;
    private final Expected expected = new Expected();
    private final Guard guard = new Guard();
    private final Duties duties;
    private final Observation seen = new Observation();
    private final Abstraction abstraction;
    private final CheckpointCheck checkpoints;
    private final int threads;
    private final int channels;
    private int resumed = State.NONE;
    private long answer;
    private long answerWord;

    /**
     * Steps of a machine of which only the first {@code threads} and {@code channels} are used.
     *
     * @param cores cores
     * @param threads thread slots in use
     * @param channels channels in use
     * @param firstPriority priority of the first thread
     * @param faultCause cause that every fault must have
     * @param locks lock events are recorded: every action must then hold the locks of what it
     *     touches
     * @param all objects that are not in use are looked at, too: their locks, their snapshots
     * @param memory address spaces and memory
     */
    public ModelStep(
            int cores,
            int threads,
            int channels,
            int firstPriority,
            int faultCause,
            boolean locks,
            boolean all,
            Memory memory) {
        this.threads = all ? Limits.THREADS : threads;
        this.channels = all ? Limits.CHANNELS : channels;
        KernelModel model =
                new KernelModel(
                        Machines.constants(
                                cores,
                                this.threads,
                                this.channels,
                                cores + 1,
                                locks,
                                firstPriority,
                                memory));
        state = model.initial();
        rights = new CoreRights(state, cores, this.threads, memory);
        stepper =
                new Stepper(model, state, new WitnessCheck(WitnessSource.NONE, false), faultCause);
        invariants = new TouchedInvariants(model);
        duties = new Duties(state, cores, this.channels, this.threads, memory);
        checkpoints = new CheckpointCheck(model, state, cores);
        abstraction = new Abstraction(model, state, cores, this.threads, seen);
    }

    /** As the other, of a machine without address spaces. */
    public ModelStep(
            int cores,
            int threads,
            int channels,
            int firstPriority,
            int faultCause,
            boolean locks,
            boolean all) {
        this(cores, threads, channels, firstPriority, faultCause, locks, all, Memory.NONE);
    }

    /** What cores may use of page tables in the state that the machine is in. */
    public CoreRights coreRights() {
        return rights;
    }

    /** Bytes of a packed state. */
    public int size() {
        return state.size();
    }

    /** Packs the state: before a step that of the machine, afterwards the next one. */
    public void pack(byte[] target, int at) {
        state.pack(target, at);
    }

    /** The inverse of {@link #pack}. */
    public void unpack(byte[] source, int at) {
        state.unpack(source, at);
    }

    /** The state that the machine is in; changed by each step. */
    public KernelState state() {
        return state;
    }

    /** Takes the step; what is wrong with it, or null. The state is spoilt if there is. */
    public @Nullable Finding take(EventView event, long number) {
        answered(event);
        guard.begin();
        expected.begin();
        if (!stepper.step(event, expected, guard)) {
            return new Finding(
                    Reason.ACTION_NOT_ENABLED,
                    number,
                    event.describe() + ": " + guard.failed() + " is false",
                    List.of());
        }
        Finding finding = expected.compare(event, number);
        if (finding == null) {
            finding = invariants.violated(state, event, number);
        }
        if (event.kind() == Event.LOCK_LEAVE) {
            state.locks().recount(stepper.lock(event));
        }
        return finding;
    }

    /** Who returns to user mode with this event, and with which result. */
    private void answered(EventView event) {
        resumed =
                switch (event.kind()) {
                    case Event.RESUME, Event.DISPATCH -> event.p(0);
                    case Event.STEAL -> event.p(1);
                    default -> State.NONE;
                };
        if (resumed < 0 || resumed >= threads) {
            resumed = State.NONE; // No thread at all: the step will say so.
            return;
        }
        ResultCode code = state.ipc().resultCode(resumed);
        boolean message = code == ResultCode.MESSAGE;
        answer =
                code == ResultCode.NONE
                        ? -1
                        : SystemCall.result(
                                Codes.of(code),
                                message ? state.ipc().resultTag(resumed) : 0,
                                message ? state.ipc().resultCaller(resumed) : 0);
        answerWord = message || code == ResultCode.ANSWER ? state.ipc().resultWord(resumed) : 0;
    }

    /** The thread that returned to user mode with the last step, or {@link State#NONE}. */
    public int resumed() {
        return resumed;
    }

    /** What its call returns, packed, or -1 if there was none. */
    public long answer() {
        return answer;
    }

    /** The message word that its call returns. */
    public long answerWord() {
        return answerWord;
    }

    /** A duty of the kernel that the state leaves undone, or null; {@code ended}: no thread is. */
    public @Nullable Finding undischarged(boolean ended) {
        return duties.undischarged(ended, 0);
    }

    // --- checkpoints --------------------------------------------------------------------------

    /** Epochs of cores and objects. */
    public int[] stamps() {
        return checkpoints.stamps();
    }

    /** The inverse of {@link #stamps}: from there the next looks go on. */
    public void restore(int[] stamps) {
        checkpoints.restore(stamps);
    }

    /** Does the event touch an object of another epoch than its core's? What is wrong, or null. */
    public @Nullable Finding outOfTurn(EventView event) {
        String wrong = checkpoints.explain(event);
        return wrong == null ? null : new Finding(Reason.POST_STATE_MISMATCH, 0, wrong, List.of());
    }

    /** A whole snapshot or mark as the records it is made of; what is wrong with it, or null. */
    public @Nullable Finding snapshot(List<long[]> records) {
        EventView event = new EventView();
        for (long[] record : records) {
            System.arraycopy(record, 0, event.words, 0, record.length);
            Finding finding = outOfTurn(event);
            if (finding == null) {
                finding = checkpoints.part(event, 0);
            }
            if (finding != null) {
                return finding;
            }
        }
        return null;
    }

    /** An object that the last checkpoint does not have, when a run is over; or null. */
    public @Nullable String unsaved() {
        return checkpoints.unsaved();
    }

    /**
     * Compares snapshots, given as the records that they are made of, with the state; where they
     * differ. Those of objects that are not in use are not looked at.
     */
    public List<String> differences(List<long[]> records) {
        List<String> differences = new ArrayList<>();
        ObjectSnapshot snapshot = new ObjectSnapshot();
        EventView event = new EventView();
        for (long[] record : records) {
            System.arraycopy(record, 0, event.words, 0, record.length);
            String wrong = snapshot.add(event);
            if (wrong != null) {
                differences.add(wrong + ": " + event.describe());
            } else if (!snapshot.incomplete() && used(snapshot)) {
                seen.begin();
                if (abstraction.known(snapshot)) {
                    abstraction.apply(snapshot, false);
                    abstraction.derived(snapshot);
                    differences.addAll(seen.differences());
                } else {
                    differences.add(CheckpointCheck.UNKNOWN);
                }
            }
        }
        return differences;
    }

    private boolean used(ObjectSnapshot snapshot) {
        return switch (snapshot.type()) {
            case Record.THREAD -> snapshot.index() < threads;
            case Record.CHANNEL -> snapshot.index() < channels;
            default -> true;
        };
    }
}
