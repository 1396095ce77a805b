package norma.conformance.check;

import java.util.ArrayList;
import java.util.List;
import norma.abi.Event;
import norma.abi.Record;
import norma.conformance.trace.RecordSource;
import norma.conformance.trace.WitnessSource;
import norma.model.Guard;
import norma.model.kernel.KernelModel;
import norma.model.kernel.KernelState;
import norma.model.sched.SchedState;
import org.jspecify.annotations.Nullable;

/**
 * Checks per-core streams of records against the reference model.
 *
 * <p>A stream's head may be taken when every object it touches has exactly the next version; of all
 * orders that the versions allow, any one gives the same verdict, because events that share no
 * object commute. So the earliest event not yet validated is always some head, and memory stays
 * bounded by the rings. The model's state is never copied from records: a record only chooses the
 * action and its free inputs.
 *
 * <p>Single-threaded. After a finding nothing more is taken.
 */
public final class Validator {
    private static final int INDICES = 1 << 12;
    private static final int TYPES = 16;

    /** Of a finding that comes before all events. */
    private static final int NO_EVENT = -1;

    private static final int WITNESS_EVERY = 1 << 12;
    private static final int DUTIES_EVERY = 1 << 10;

    private final RecordSource source;
    private final KernelModel model;
    private final KernelState state;
    private final WitnessCheck witness;
    private final Stepper stepper;
    private final TouchedInvariants invariants;
    private final long[][] versions = new long[TYPES][INDICES];
    private final long[] sequences;
    private final DutyAges ages;
    private final CheckpointCheck checkpoints;
    private final EventView event = new EventView();
    private final long[] scratch = new long[RecordSource.WORDS];
    private final Expected expected = new Expected();
    private final Guard guard = new Guard();
    private final Counts counts = new Counts();
    private final List<EventSink> sinks = new ArrayList<>();
    private @Nullable Finding finding;
    private int failedCore = -1;
    private @Nullable Suffix began;
    private int blamed = -1;

    /** Sees every accepted record, in merge order. */
    public interface EventSink {
        /** An accepted record; the view is reused. */
        void accepted(EventView event);
    }

    /**
     * What the validator must know of a run.
     *
     * @param firstPriority priority of the first thread
     * @param faultCause the architecture's {@link FaultCauses} by its first; 0: any cause will do
     * @param locks lock events are recorded: actions must hold the locks of what they touch
     * @param witness compare with the threads' own logs
     * @param memory address spaces and memory
     */
    public record Setup(
            int firstPriority, int faultCause, boolean locks, boolean witness, Memory memory) {
        /** Of a run without address spaces. */
        public Setup(int firstPriority, int faultCause, boolean locks, boolean witness) {
            this(firstPriority, faultCause, locks, witness, Memory.NONE);
        }
    }

    /** A validator of a run without lock events, whatever its faults' causes. */
    public Validator(RecordSource source, WitnessSource witnesses, int firstPriority) {
        this(source, witnesses, new Setup(firstPriority, 0, false, true));
    }

    /** A validator of a run. */
    public Validator(RecordSource source, WitnessSource witnesses, Setup setup) {
        this.source = source;
        model = new KernelModel(Machines.constants(source.cores(), setup));
        state = model.initial();
        witness = new WitnessCheck(witnesses, setup.witness());
        stepper = new Stepper(model, state, witness, setup.faultCause());
        invariants = new TouchedInvariants(model);
        sequences = new long[source.cores()];
        ages = new DutyAges(state, source.cores(), setup.memory(), this::silent);
        checkpoints = new CheckpointCheck(model, state, source.cores());
    }

    /**
     * Begins with the oldest complete checkpoint of overwritten rings, whose streams are moved
     * there. Returns how many records are before it; 0 if there is none, which is a finding.
     */
    public long beginAtCheckpoint(Rings rings) {
        return beginAtCheckpoint(rings, null);
    }

    /**
     * The same, of a run whose threads' logs are complete at their ends: {@code before} counts the
     * requests of each slot that come before the checkpoint.
     */
    public long beginAtCheckpoint(Rings rings, long @Nullable [] before) {
        Suffix suffix = new SuffixFinder(rings, Memory.of(model)).find();
        if (suffix == null) {
            finding = SuffixFinder.missing(rings, Memory.of(model));
            return 0;
        }
        began = suffix;
        ObjectSnapshot unknown = checkpoints.unknown(suffix);
        if (unknown != null) {
            blamed = unknown.object();
            finding =
                    SnapshotFinding.mismatch(unknown, NO_EVENT, CheckpointCheck.UNKNOWN, List.of());
            return suffix.from();
        }
        checkpoints.load(suffix);
        for (ObjectSnapshot snapshot : suffix.snapshots()) {
            if (snapshot.type() != Record.CONTEXT) {
                versions[snapshot.type()][snapshot.index()] = snapshot.version();
            }
        }
        for (int core = 0; core < sequences.length; core++) {
            sequences[core] = suffix.cuts().get(core).sequence();
        }
        checkpoints.start(suffix);
        finding = contradiction(suffix);
        if (before != null) {
            witness.resume(before, state);
        }
        return suffix.from();
    }

    /** What in the checkpoint itself is wrong, or null. */
    private @Nullable Finding contradiction(Suffix suffix) {
        ObjectSnapshot wrong = checkpoints.contradicted(suffix);
        if (wrong != null) {
            blamed = wrong.object();
            return SnapshotFinding.mismatch(
                    wrong,
                    NO_EVENT,
                    SnapshotFinding.name(wrong)
                            + " is not what the rest of checkpoint "
                            + suffix.epoch()
                            + " says",
                    checkpoints.differences());
        }
        for (ObjectSnapshot snapshot : suffix.snapshots()) {
            Finding violated = invariants.violated(state, snapshot, suffix.epoch());
            if (violated != null) {
                blamed = snapshot.object();
                return violated;
            }
        }
        return null;
    }

    /** Also passes every accepted record to {@code sink}. */
    public void addSink(EventSink sink) {
        sinks.add(sink);
    }

    /** What the run exercised so far. */
    public Counts counts() {
        return counts;
    }

    /** The model's state. */
    public KernelState state() {
        return state;
    }

    /** What cores may use of page tables in the model's state. */
    public CoreRights coreRights() {
        return new CoreRights(
                state, source.cores(), model.names().size("thread"), Memory.of(model));
    }

    /** The first thing found, or null. */
    public @Nullable Finding finding() {
        return finding;
    }

    /** Core whose next record is the finding, or -1 if the finding is no record's. */
    public int failedCore() {
        return failedCore;
    }

    /** Object whose snapshot in the checkpoint that validation began with is the finding, or -1. */
    public int blamed() {
        return blamed;
    }

    /**
     * Records of a core, with those overwritten, that the checkpoint and its finding are made of.
     */
    public long needed(int core) {
        Suffix suffix = began;
        long end = suffix == null ? 0 : suffix.cuts().get(core).end();
        return Math.max(end, sequences[core] + (core == failedCore ? 1 : 0));
    }

    /** Records of a core that have been accepted. */
    public long accepted(int core) {
        return sequences[core];
    }

    /** The model. */
    public KernelModel model() {
        return model;
    }

    /** Snapshots of objects compared with the model. */
    public long compared() {
        return checkpoints.compared();
    }

    /** Requests of a thread slot that the kernel has recorded. */
    public long requests(int thread) {
        return witness.requests(thread);
    }

    /** Answers of threads compared with the model. */
    public long witnessed() {
        return witness.answers();
    }

    /** Takes every record that can be taken now; returns how many. */
    public long advance() {
        long taken = 0;
        boolean progress = true;
        while (progress && finding == null) {
            progress = false;
            for (int core = 0; core < source.cores() && finding == null; core++) {
                while (finding == null && source.peek(core, event.words) && next(core)) {
                    long before = sequences[core];
                    take(core);
                    if (finding != null && sequences[core] == before) {
                        failedCore = core;
                    }
                    taken++;
                    progress = true;
                }
            }
        }
        return taken;
    }

    /**
     * Is the head of a stream the next event of all it touches? Reports events that never can be.
     */
    private boolean next(int core) {
        if (event.core() != core
                || event.sequence() != (sequences[core] & 0xffff_ffffL)
                || event.touched() > Record.TOUCHED - 1
                || (event.words[7] != 0 && !ObjectSnapshot.isPart(event.kind()))) {
            fail(
                    Reason.VERSION_GAP,
                    "core "
                            + core
                            + ": record "
                            + sequences[core]
                            + " is "
                            + event.describe()
                            + " sequence "
                            + event.sequence());
            return false;
        }
        int advance = ObjectSnapshot.isPart(event.kind()) ? 0 : 1;
        for (int i = 0; i < event.touched(); i++) {
            int id = event.object(i);
            long have = version(id, core);
            if (event.version(i) < have + advance) {
                fail(
                        Reason.VERSION_GAP,
                        EventView.objectName(id)
                                + " is at version "
                                + have
                                + ", recorded again: "
                                + event.describe());
                return false;
            }
            if (event.version(i) != have + advance || !checkpoints.free(core, id)) {
                return false;
            }
        }
        return checkpoints.inTurn(event);
    }

    /** Version of an object; that of a core's context is the sequence of its next record. */
    private long version(int id, int core) {
        int index = id & (INDICES - 1);
        if (id >>> 12 != Record.CONTEXT || index >= sequences.length) {
            return versions[id >>> 12][index];
        }
        return sequences[index] - (index == core ? event.words[1] & 0xffff : 0);
    }

    /** A part of a snapshot: no step of the model, but a look at its state. */
    private void takePart(int core) {
        finding = checkpoints.part(event, counts.events());
        if (finding == null) {
            if ((event.words[1] & 0xffff) == 0) {
                counts.addSnapshot(event.kind());
            }
            accept(core);
        }
    }

    private void accept(int core) {
        sequences[core]++;
        source.take(core);
        for (EventSink sink : sinks) {
            sink.accepted(event);
        }
    }

    private void take(int core) {
        if (ObjectSnapshot.isPart(event.kind())) {
            takePart(core);
            return;
        }
        long number = counts.events();
        guard.begin();
        expected.begin();
        if (!stepper.step(event, expected, guard)) {
            String conjunct = guard.failed();
            finding =
                    new Finding(
                            Reason.ACTION_NOT_ENABLED,
                            number,
                            event.describe() + ": " + conjunct + " is false",
                            new Explanation(model, state).notEnabled(event));
            return;
        }
        finding = expected.compare(event, number);
        if (finding == null) {
            finding = invariants.violated(state, event, number);
        }
        if (finding == null && witness.failure() != null) {
            fail(Reason.WITNESS_MISMATCH, witness.failure() + " at " + event.describe());
        }
        if (finding != null) {
            return;
        }
        for (int i = 0; i < event.touched(); i++) {
            int id = event.object(i);
            versions[id >>> 12][id & (INDICES - 1)]++;
        }
        counts.add(event);
        ages.accepted(event);
        accept(core);
        if ((number & (WITNESS_EVERY - 1)) == 0) {
            pollWitness();
        }
        if (event.kind() == Event.IDLE && finding == null && allHalted()) {
            finding =
                    new Duties(state, source.cores(), Memory.of(model)).undischarged(false, number);
        }
        if ((number & (DUTIES_EVERY - 1)) == 0 && finding == null) {
            finding =
                    ages.look(
                            versions[Record.THREAD],
                            versions[Record.CHANNEL],
                            versions[Record.IPI_WORD],
                            versions[Record.SPACE],
                            number);
        }
    }

    /**
     * Has every core left the kernel to halt, with no IPI under way? Then nobody owes anything.
     *
     * <p>Only if nothing more is in the rings: a core that found nothing to do, because another had
     * done it, leaves no event that comes after the other's, so it may have been merged first.
     */
    private boolean allHalted() {
        for (int core = 0; core < source.cores(); core++) {
            if (state.sched().mode(core) != SchedState.HALT || state.sched().ipi(core)) {
                return false;
            }
        }
        for (int core = 0; core < source.cores(); core++) {
            if (!silent(core)) {
                return false;
            }
        }
        return true;
    }

    private boolean silent(int core) {
        return !source.peek(core, scratch);
    }

    /** Compares answers that threads have logged meanwhile. */
    public void pollWitness() {
        witness.poll();
        if (finding == null && witness.failure() != null) {
            fail(Reason.WITNESS_MISMATCH, witness.failure());
        }
    }

    /**
     * Are there records that cannot be taken? An object in another epoch than the record's core is
     * told first: a version that is missing may only be waiting for that record.
     */
    public @Nullable String stuck() {
        String gap = null;
        for (int core = 0; core < source.cores(); core++) {
            if (source.peek(core, event.words)) {
                String missing = missing(event);
                if (missing == null) {
                    String why = checkpoints.explain(event);
                    return why != null
                            ? why
                            : "a snapshot ends in the middle before " + event.describe();
                }
                gap = gap == null ? missing : gap;
            }
        }
        return gap;
    }

    private @Nullable String missing(EventView e) {
        int advance = ObjectSnapshot.isPart(e.kind()) ? 0 : 1;
        for (int i = 0; i < e.touched(); i++) {
            int id = e.object(i);
            long have = version(id, e.core());
            if (e.version(i) != have + advance) {
                return EventView.objectName(id)
                        + " is at version "
                        + have
                        + ", and nobody recorded "
                        + (have + 1)
                        + " before "
                        + e.describe();
            }
        }
        return null;
    }

    /**
     * The machine has stopped and every record is here: gaps, missing answers and duties not done
     * are findings now. {@code ended}: every thread was to have ended.
     */
    public void finish(boolean ended) {
        advance();
        if (finding == null) {
            String gap = stuck();
            if (gap != null) {
                fail(Reason.VERSION_GAP, gap);
            }
        }
        Duties duties = new Duties(state, source.cores(), Memory.of(model));
        if (finding == null) {
            finding = duties.undischarged(ended, counts.events());
        }
        if (finding == null && !ended) {
            finding = duties.overdue(witness::allowed, counts.events());
        }
        if (finding == null && ended) {
            finding = checkpoints.ended(counts.events());
        }
        if (finding == null) {
            witness.finish();
            if (witness.failure() != null) {
                fail(Reason.WITNESS_MISMATCH, witness.failure());
            }
        }
    }

    /** The machine was stopped in the middle: only gaps are findings now. */
    public void cut() {
        advance();
        String gap = finding == null ? stuck() : null;
        if (gap != null) {
            fail(Reason.VERSION_GAP, gap);
        }
    }

    private void fail(Reason reason, @Nullable String summary) {
        finding = new Finding(reason, counts.events(), String.valueOf(summary), List.of());
    }
}
