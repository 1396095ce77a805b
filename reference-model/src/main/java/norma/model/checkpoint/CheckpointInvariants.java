package norma.model.checkpoint;

import static norma.model.checkpoint.CheckpointState.EPOCH;
import static norma.model.checkpoint.CheckpointState.EVENT;
import static norma.model.checkpoint.CheckpointState.FROM;
import static norma.model.checkpoint.CheckpointState.MARKER;
import static norma.model.checkpoint.CheckpointState.OBJECT;
import static norma.model.checkpoint.CheckpointState.SNAPSHOT;
import static norma.model.checkpoint.CheckpointState.VAL;
import static norma.model.checkpoint.CheckpointState.VER;

import java.util.List;
import norma.model.Invariant;

/** The state invariants of {@code Checkpoint.tla}. */
final class CheckpointInvariants {
    private final CheckpointLayout at;

    CheckpointInvariants(CheckpointLayout layout) {
        at = layout;
    }

    List<Invariant<CheckpointState>> all() {
        return List.of(
                new Invariant<>("CutConsistent", "epoch", (s, e) -> cutConsistent(s, e + 1)),
                new Invariant<>("CutSurvives", "epoch", (s, e) -> cutSurvives(s, e + 1)),
                new Invariant<>("SnapshotExact", "core", CheckpointInvariants::snapshotExact),
                new Invariant<>("VersionsRecorded", "object", this::versionsRecorded),
                new Invariant<>("OneSnapshot", "object", this::oneSnapshot),
                new Invariant<>("StampsClose", "object", this::stampsClose),
                new Invariant<>("NobodyAhead", "machine", (s, i) -> nobodyAhead(s)));
    }

    /** Whether every object has its snapshot for an epoch. */
    boolean taken(CheckpointState s, int epoch) {
        for (int object = 0; object < at.objects; object++) {
            if (s.stamp(object) < epoch) {
                return false;
            }
        }
        return true;
    }

    private boolean cutConsistent(CheckpointState s, int epoch) {
        if (!taken(s, epoch)) {
            return true;
        }
        int[] cut = cut(s, epoch);
        for (int core = 0; core < at.cores; core++) {
            int marker = marker(s, core, epoch);
            for (int i = 0; i < s.length(core); i++) {
                if (s.is(EVENT, core, i) && straddles(s, core, i, cut, i > marker)) {
                    return false;
                }
            }
        }
        return true;
    }

    /** The versions of all objects in the snapshots of an epoch. */
    private int[] cut(CheckpointState s, int epoch) {
        int[] versions = new int[at.objects];
        for (int core = 0; core < at.cores; core++) {
            for (int i = 0; i < s.length(core); i++) {
                if (s.is(SNAPSHOT, core, i) && s.field(core, i, EPOCH) == epoch) {
                    versions[s.field(core, i, OBJECT)] = s.field(core, i, VER);
                }
            }
        }
        return versions;
    }

    private boolean straddles(CheckpointState s, int core, int event, int[] cut, boolean after) {
        for (int object = 0; object < at.objects; object++) {
            int version = s.field(core, event, object);
            if (version > 0 && (version > cut[object]) != after) {
                return true;
            }
        }
        return false;
    }

    /** Where a core's ring passes a cut; its end if it does not. */
    private static int marker(CheckpointState s, int core, int epoch) {
        int index = 0;
        while (index < s.length(core) && !passes(s, core, index, epoch)) {
            index++;
        }
        return index;
    }

    private static boolean passes(CheckpointState s, int core, int index, int epoch) {
        return s.is(MARKER, core, index)
                && s.field(core, index, FROM) < epoch
                && epoch <= s.field(core, index, EPOCH);
    }

    /**
     * Whether each core's ring may lose what lies before the marker with which it passes a cut: the
     * marker is the only one, and no snapshot of the cut lies before it. Losing less or nothing is
     * no harder.
     */
    private boolean cutSurvives(CheckpointState s, int epoch) {
        for (int core = 0; core < at.cores; core++) {
            int marker = marker(s, core, epoch);
            if (marker == s.length(core) && s.cep(core) >= epoch) {
                continue; // nothing tells where the core passed: its ring is of no use for the cut
            }
            for (int i = 0; i < s.length(core); i++) {
                boolean ofCut = s.is(SNAPSHOT, core, i) && s.field(core, i, EPOCH) == epoch;
                if (i > marker ? passes(s, core, i, epoch) : ofCut) {
                    return false;
                }
            }
        }
        return true;
    }

    private static boolean snapshotExact(CheckpointState s, int core) {
        for (int i = 0; i < s.length(core); i++) {
            int object = s.field(core, i, OBJECT);
            if (s.is(SNAPSHOT, core, i)
                    && s.val(object) - s.field(core, i, VAL)
                            != s.ver(object) - s.field(core, i, VER)) {
                return false;
            }
        }
        return true;
    }

    private boolean versionsRecorded(CheckpointState s, int object) {
        for (int version = 1; version <= at.changes; version++) {
            if (events(s, object, version) != (version <= s.ver(object) ? 1 : 0)) {
                return false;
            }
        }
        return true;
    }

    /** Number of events that gave an object a version. */
    private int events(CheckpointState s, int object, int version) {
        int count = 0;
        for (int core = 0; core < at.cores; core++) {
            for (int i = 0; i < s.length(core); i++) {
                count += s.is(EVENT, core, i) && s.field(core, i, object) == version ? 1 : 0;
            }
        }
        return count;
    }

    private boolean oneSnapshot(CheckpointState s, int object) {
        for (int epoch = 1; epoch <= at.epochs; epoch++) {
            if (snapshots(s, object, epoch) != (epoch <= s.stamp(object) ? 1 : 0)) {
                return false;
            }
        }
        return true;
    }

    private int snapshots(CheckpointState s, int object, int epoch) {
        int count = 0;
        for (int core = 0; core < at.cores; core++) {
            for (int i = 0; i < s.length(core); i++) {
                boolean counts =
                        s.is(SNAPSHOT, core, i)
                                && s.field(core, i, OBJECT) == object
                                && s.field(core, i, EPOCH) == epoch;
                count += counts ? 1 : 0;
            }
        }
        return count;
    }

    private boolean stampsClose(CheckpointState s, int object) {
        for (int other = 0; other < at.objects; other++) {
            if (s.stamp(object) - s.stamp(other) > 1) {
                return false;
            }
        }
        return true;
    }

    private boolean nobodyAhead(CheckpointState s) {
        boolean ahead = false;
        for (int core = 0; core < at.cores; core++) {
            ahead |= s.cep(core) > s.epoch();
        }
        for (int object = 0; object < at.objects; object++) {
            ahead |= s.stamp(object) > s.epoch();
        }
        return !ahead;
    }
}
