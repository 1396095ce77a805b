package norma.conformance.check;

import java.util.Arrays;
import java.util.List;
import norma.abi.Event;
import norma.abi.Record;
import norma.abi.Snapshot;
import norma.model.Observation;
import norma.model.kernel.KernelModel;
import norma.model.kernel.KernelState;
import org.jspecify.annotations.Nullable;

/**
 * Checkpoints in a trace: every snapshot is compared with the model's state of its object, whole;
 * and the epochs follow {@code Checkpoint.tla}: a core marks rising epochs, an object has at most
 * one snapshot an epoch, and no event touches an object of another epoch than its core's.
 */
final class CheckpointCheck {
    private static final int NONE = -1;
    private static final int TYPES = Record.MEMORY + 1;

    /** What is wrong with a snapshot whose contents have no meaning. */
    static final String UNKNOWN = "no snapshot of an object of this kernel";

    private final KernelState state;
    private final int cores;
    private final Abstraction abstraction;
    private final Observation seen = new Observation();
    private final ObjectSnapshot[] parts;
    private final int[] epochs;
    private final int[][] stamps = new int[TYPES][];
    private final boolean[][] last = new boolean[TYPES][];
    private int incomplete;
    private long compared;

    CheckpointCheck(KernelModel model, KernelState state, int cores) {
        this.state = state;
        this.cores = cores;
        abstraction = new Abstraction(model, state, cores, seen);
        parts = new ObjectSnapshot[cores];
        Arrays.setAll(parts, i -> new ObjectSnapshot());
        epochs = new int[cores];
        Memory memory = Memory.of(model);
        for (int type = 0; type < TYPES; type++) {
            int count = Machines.count(type, cores, memory);
            last[type] = new boolean[count];
            stamps[type] = new int[type == Record.CONTEXT ? 0 : count]; // A context is marked.
        }
    }

    /** Epochs of cores and objects, to go on from here another time. */
    int[] stamps() {
        int[] all = Arrays.copyOf(epochs, words());
        int at = epochs.length;
        for (int[] list : stamps) {
            System.arraycopy(list, 0, all, at, list.length);
            at += list.length;
        }
        return all;
    }

    private int words() {
        return epochs.length + Arrays.stream(stamps).mapToInt(list -> list.length).sum();
    }

    /** The inverse of {@link #stamps}, with no snapshot begun. */
    void restore(int[] all) {
        Arrays.setAll(parts, i -> new ObjectSnapshot());
        incomplete = 0;
        System.arraycopy(all, 0, epochs, 0, epochs.length);
        int at = epochs.length;
        for (int[] list : stamps) {
            System.arraycopy(all, at, list, 0, list.length);
            at += list.length;
        }
    }

    /** An object without a snapshot in the newest epoch that a core is in, or null. */
    @Nullable String unsaved() {
        int newest = Arrays.stream(epochs).max().orElse(0);
        for (int type = 0; type < stamps.length; type++) {
            for (int index = 0; index < stamps[type].length; index++) {
                if (stamps[type][index] != newest) {
                    return EventView.objectName(type << 12 | index)
                            + " has no snapshot of epoch "
                            + newest;
                }
            }
        }
        return null;
    }

    /** Snapshots compared with the model. */
    long compared() {
        return compared;
    }

    /** Every core is in the epoch before its cut, every object in that before the checkpoint. */
    void start(Suffix suffix) {
        for (int core = 0; core < cores; core++) {
            epochs[core] = suffix.cuts().get(core).epoch();
        }
        for (int[] list : stamps) {
            Arrays.fill(list, suffix.epoch() - 1);
        }
    }

    /**
     * May the head of a core's stream be taken as far as snapshots are concerned? An object of
     * which only some parts have been read stays as it is.
     */
    boolean free(int core, int object) {
        if (incomplete > 0) {
            for (int other = 0; other < cores; other++) {
                if (other != core && parts[other].incomplete() && parts[other].object() == object) {
                    return false;
                }
            }
        }
        return true;
    }

    /**
     * Are the objects that a record touches in the epoch that it needs: an event's in its core's, a
     * snapshot's in the one before its own? If not, a snapshot of one has been written on another
     * core and not read yet, or never will be.
     */
    boolean inTurn(EventView event) {
        return outOfTurn(event) < 0;
    }

    private int outOfTurn(EventView event) {
        int epoch = epochs[event.core()];
        if (ObjectSnapshot.isPart(event.kind())) {
            if (ObjectSnapshot.epoch(event) == Snapshot.FINAL_EPOCH
                    || (event.words[1] & 0xffff) != 0) {
                return NONE;
            }
            epoch = ObjectSnapshot.epoch(event) - 1;
        }
        for (int i = 0; i < event.touched(); i++) {
            int id = event.object(i);
            int type = id >>> 12;
            int index = id & 0xfff;
            if (type < TYPES && index < stamps[type].length && stamps[type][index] != epoch) {
                return id;
            }
        }
        return NONE;
    }

    /** What {@link #inTurn} says no to, or null. */
    @Nullable String explain(EventView event) {
        int id = outOfTurn(event);
        return id == NONE
                ? null
                : "SameEpoch is false: core "
                        + event.core()
                        + " is in epoch "
                        + epochs[event.core()]
                        + ", "
                        + EventView.objectName(id)
                        + " in "
                        + stamps[id >>> 12][id & 0xfff]
                        + ", at "
                        + event.describe();
    }

    /** A part of a snapshot. */
    @Nullable Finding part(EventView event, long number) {
        int core = event.core();
        ObjectSnapshot snapshot = parts[core];
        boolean was = snapshot.incomplete();
        String wrong = snapshot.add(event);
        incomplete += (snapshot.incomplete() ? 1 : 0) - (was ? 1 : 0);
        if (wrong == null && event.touched() != 1) {
            wrong = "a snapshot of " + event.touched() + " objects";
        }
        if (wrong == null && !abstraction.known(snapshot)) {
            wrong = UNKNOWN;
        }
        if (wrong != null) {
            return finding(number, wrong + ": " + event.describe());
        }
        return snapshot.incomplete() ? null : complete(snapshot, core, number);
    }

    private @Nullable Finding complete(ObjectSnapshot snapshot, int core, long number) {
        boolean mark = snapshot.kind() == Event.MARK;
        String wrong =
                mark
                        ? mark(snapshot, core)
                        : snapshot.epoch() == Snapshot.FINAL_EPOCH
                                ? last(snapshot)
                                : snapshot(snapshot, core);
        if (wrong != null) {
            return SnapshotFinding.mismatch(
                    snapshot,
                    number,
                    wrong + ", at the snapshot of " + SnapshotFinding.name(snapshot),
                    List.of());
        }
        seen.begin();
        abstraction.apply(snapshot, false);
        abstraction.derived(snapshot);
        compared++;
        if (seen.count() == 0) {
            return null;
        }
        return SnapshotFinding.mismatch(
                snapshot,
                number,
                SnapshotFinding.name(snapshot)
                        + " is not what the model says, core "
                        + core
                        + " recorded it",
                seen.differences());
    }

    private @Nullable String mark(ObjectSnapshot mark, int core) {
        if (mark.object() != (Record.CONTEXT << 12 | core)) {
            return "OwnContext is false";
        }
        if (mark.word(3) != epochs[core] || mark.epoch() - epochs[core] <= 0) {
            return "EpochRises is false: " + epochs[core] + " before, " + mark.epoch() + " marked";
        }
        epochs[core] = mark.epoch();
        return null;
    }

    private @Nullable String snapshot(ObjectSnapshot snapshot, int core) {
        if (snapshot.type() == Record.CONTEXT) {
            return "ContextMarked is false";
        }
        int[] list = stamps[snapshot.type()];
        if (snapshot.epoch() != epochs[core] || list[snapshot.index()] - snapshot.epoch() >= 0) {
            return "OneSnapshot is false: core in epoch "
                    + epochs[core]
                    + ", object in "
                    + list[snapshot.index()];
        }
        list[snapshot.index()] = snapshot.epoch();
        return null;
    }

    private @Nullable String last(ObjectSnapshot snapshot) {
        boolean[] list = last[snapshot.type()];
        if (list[snapshot.index()]) {
            return "OneSnapshot is false: a second last one";
        }
        list[snapshot.index()] = true;
        return null;
    }

    /** The run has ended: every object has been compared a last time. */
    @Nullable Finding ended(long number) {
        for (int type = 1; type < last.length; type++) {
            for (int index = 0; index < last[type].length; index++) {
                if (!last[type][index]) {
                    return finding(
                            number,
                            "the run ended without a last snapshot of "
                                    + EventView.objectName(type << 12 | index));
                }
            }
        }
        return null;
    }

    private static Finding finding(long number, String summary) {
        return new Finding(Reason.POST_STATE_MISMATCH, number, summary, List.of());
    }

    /** The first snapshot of a checkpoint that is of no object of this kernel, or null. */
    @Nullable ObjectSnapshot unknown(Suffix suffix) {
        for (ObjectSnapshot snapshot : suffix.snapshots()) {
            if (!abstraction.known(snapshot)) {
                return snapshot;
            }
        }
        return null;
    }

    /** Makes the state what the checkpoint says, all of whose snapshots are known. */
    void load(Suffix suffix) {
        suffix.snapshots().forEach(snapshot -> abstraction.apply(snapshot, true));
    }

    /** The first snapshot of a loaded checkpoint that the others contradict, or null. */
    @Nullable ObjectSnapshot contradicted(Suffix suffix) {
        for (ObjectSnapshot snapshot : suffix.snapshots()) {
            seen.begin();
            abstraction.apply(snapshot, true);
            if (seen.count() > 0) {
                return snapshot;
            }
        }
        for (ObjectSnapshot snapshot : suffix.snapshots()) {
            seen.begin();
            abstraction.derived(snapshot);
            if (seen.count() > 0) {
                return snapshot;
            }
        }
        return null;
    }

    /** What {@link #contradicted} has found. */
    List<String> differences() {
        return seen.differences();
    }

    KernelState state() {
        return state;
    }
}
