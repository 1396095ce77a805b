package norma.model.checkpoint;

import static norma.model.checkpoint.CheckpointState.BEHIND;
import static norma.model.checkpoint.CheckpointState.ENTRY;
import static norma.model.checkpoint.CheckpointState.EPOCH;
import static norma.model.checkpoint.CheckpointState.EVENT;
import static norma.model.checkpoint.CheckpointState.FROM;
import static norma.model.checkpoint.CheckpointState.HALT;
import static norma.model.checkpoint.CheckpointState.KERNEL;
import static norma.model.checkpoint.CheckpointState.MARKER;
import static norma.model.checkpoint.CheckpointState.OBJECT;
import static norma.model.checkpoint.CheckpointState.SNAPSHOT;
import static norma.model.checkpoint.CheckpointState.USER;
import static norma.model.checkpoint.CheckpointState.VAL;
import static norma.model.checkpoint.CheckpointState.VER;

import java.util.ArrayList;
import java.util.List;
import norma.model.Action;
import norma.model.Guard;
import norma.model.Invariant;
import norma.model.Model;
import norma.model.Names;

/** The transition function of {@code Checkpoint.tla}. */
public final class CheckpointModel implements Model<CheckpointState> {
    private final CheckpointLayout layout;
    private final CheckpointInvariants invariants;
    private final Names names;
    private final List<Action> actions = new ArrayList<>();

    /**
     * The constants of the specification.
     *
     * @param cores number of cores
     * @param objects number of objects that events touch
     * @param epochs number of checkpoints that are begun
     * @param changes number of changes of each object
     * @param fromBoot recording since boot, or switched on later
     */
    public record Constants(int cores, int objects, int epochs, int changes, boolean fromBoot) {}

    /** A recorder at the given constants. */
    public CheckpointModel(Constants constants) {
        layout = new CheckpointLayout(constants);
        invariants = new CheckpointInvariants(layout);
        names =
                new Names()
                        .prefixed("core", "c", layout.cores)
                        .alias("other", "core")
                        .prefixed("object", "o", layout.objects)
                        .alias("a", "object")
                        .alias("b", "object")
                        .integers("epoch", 1, layout.epochs)
                        .listed("how", "user", "halt")
                        .listed("machine", "recorder");
        for (int core = 0; core < layout.cores; core++) {
            addActions(core);
        }
    }

    private void addActions(int core) {
        actions.add(new CheckpointAction.KernelEntry(core));
        actions.add(new CheckpointAction.Arm(core));
        actions.add(new CheckpointAction.Mark(core));
        actions.add(new CheckpointAction.KernelExit(core, USER));
        actions.add(new CheckpointAction.KernelExit(core, HALT));
        actions.add(new CheckpointAction.RequestRecording(core));
        actions.add(new CheckpointAction.BeginCheckpoint(core));
        for (int other = 0; other < layout.cores; other++) {
            actions.add(new CheckpointAction.ConfirmArmed(core, other));
        }
        for (int a = 0; a < layout.objects; a++) {
            actions.add(new CheckpointAction.Sweep(core, a));
            for (int b = 0; b < layout.objects; b++) {
                actions.add(new CheckpointAction.Act(core, a, b));
            }
        }
    }

    @Override
    public List<CheckpointState> initialStates() {
        CheckpointState state = new CheckpointState(layout);
        state.request(layout.fromBoot);
        for (int core = 0; core < layout.cores; core++) {
            state.mode(core, USER);
            state.met(core, layout.fromBoot);
            state.armed(core, layout.fromBoot);
        }
        return List.of(state);
    }

    @Override
    public List<Action> actions() {
        return actions;
    }

    @Override
    public boolean step(CheckpointState s, Action action, Guard g) {
        return switch ((CheckpointAction) action) {
            case CheckpointAction.KernelEntry a -> kernelEntry(s, a.core(), g);
            case CheckpointAction.Arm a -> arm(s, a.core(), g);
            case CheckpointAction.Mark a -> mark(s, a.core(), g);
            case CheckpointAction.KernelExit a -> kernelExit(s, a.core(), a.how(), g);
            case CheckpointAction.RequestRecording a -> requestRecording(s, a.core(), g);
            case CheckpointAction.ConfirmArmed a -> confirmArmed(s, a.core(), a.other(), g);
            case CheckpointAction.BeginCheckpoint a -> beginCheckpoint(s, a.core(), g);
            case CheckpointAction.Act a -> act(s, a, g);
            case CheckpointAction.Sweep a -> sweep(s, a.core(), a.object(), g);
        };
    }

    private static boolean kernelEntry(CheckpointState s, int core, Guard g) {
        if (!g.holds("Outside", s.mode(core) == USER || s.mode(core) == HALT)) {
            return false;
        }
        s.mode(core, ENTRY);
        s.waiting(core, false);
        return true;
    }

    private static boolean arm(CheckpointState s, int core, Guard g) {
        if (!g.holds("Entered", s.mode(core) == ENTRY)) {
            return false;
        }
        s.armed(core, s.armed(core) || s.request());
        s.mode(core, s.armed(core) && s.cep(core) != s.epoch() ? BEHIND : KERNEL);
        return true;
    }

    private static boolean mark(CheckpointState s, int core, Guard g) {
        if (!(g.holds("InKernel", s.mode(core) == BEHIND || s.mode(core) == KERNEL)
                && g.holds("Armed", s.armed(core))
                && g.holds("EpochHasMoved", s.cep(core) != s.epoch()))) {
            return false;
        }
        move(s, core);
        s.mode(core, KERNEL);
        return true;
    }

    private static boolean kernelExit(CheckpointState s, int core, int how, Guard g) {
        if (!inKernel(s, core, g)) {
            return false;
        }
        s.mode(core, how);
        s.waiting(core, how == HALT);
        return true;
    }

    private static boolean requestRecording(CheckpointState s, int core, Guard g) {
        if (!(inKernel(s, core, g) && g.holds("NotRequested", !s.request()))) {
            return false;
        }
        s.request(true);
        s.armed(core, true);
        return true;
    }

    private static boolean confirmArmed(CheckpointState s, int core, int other, Guard g) {
        if (!(inKernel(s, core, g)
                && g.holds("Requested", s.request())
                && g.holds("NotMet", !s.met(other))
                && g.holds("ArmedOrWaiting", s.armed(other) || s.waiting(other)))) {
            return false;
        }
        s.met(other, true);
        return true;
    }

    private boolean beginCheckpoint(CheckpointState s, int core, Guard g) {
        if (!(inKernel(s, core, g)
                && g.holds("EpochLeft", s.epoch() < layout.epochs)
                && g.holds("AllMet", allMet(s))
                && g.holds("PreviousComplete", invariants.taken(s, s.epoch())))) {
            return false;
        }
        s.epoch(s.epoch() + 1);
        return true;
    }

    private boolean act(CheckpointState s, CheckpointAction.Act act, Guard g) {
        int core = act.core();
        if (!(inKernel(s, core, g)
                && g.holds("ChangesLeft", changesLeft(s, act.a()) && changesLeft(s, act.b())))) {
            return false;
        }
        int newest = Math.max(s.stamp(act.a()), s.stamp(act.b()));
        if (s.armed(core) && newest > s.cep(core)) {
            move(s, core);
        }
        snapshotIfDue(s, core, act.a());
        snapshotIfDue(s, core, act.b());
        s.val(act.a(), s.val(act.a()) + 1);
        if (act.b() != act.a()) {
            s.val(act.b(), s.val(act.b()) + 1);
        }
        if (layout.fromBoot || s.cep(core) > 0) {
            record(s, act);
        }
        return true;
    }

    private static void record(CheckpointState s, CheckpointAction.Act act) {
        advance(s, act.core(), act.a());
        if (act.b() != act.a()) {
            advance(s, act.core(), act.b());
        }
        s.append(act.core(), EVENT);
    }

    private static void advance(CheckpointState s, int core, int object) {
        s.ver(object, s.ver(object) + 1);
        s.put(core, object, s.ver(object));
    }

    private static void move(CheckpointState s, int core) {
        s.put(core, EPOCH, s.epoch());
        s.put(core, FROM, s.cep(core));
        s.append(core, MARKER);
        s.cep(core, s.epoch());
    }

    // An unarmed core is in epoch 0, so nothing is due for it.
    private static void snapshotIfDue(CheckpointState s, int core, int object) {
        if (s.stamp(object) < s.cep(core)) {
            snapshot(s, core, object);
        }
    }

    private static void snapshot(CheckpointState s, int core, int object) {
        s.put(core, EPOCH, s.cep(core));
        s.put(core, OBJECT, object);
        s.put(core, VER, s.ver(object));
        s.put(core, VAL, s.val(object));
        s.append(core, SNAPSHOT);
        s.stamp(object, s.cep(core));
    }

    private static boolean sweep(CheckpointState s, int core, int object, Guard g) {
        if (!(inKernel(s, core, g) && g.holds("NotStamped", s.stamp(object) < s.cep(core)))) {
            return false;
        }
        snapshot(s, core, object);
        return true;
    }

    private static boolean inKernel(CheckpointState s, int core, Guard g) {
        return g.holds("InKernel", s.mode(core) == KERNEL);
    }

    private boolean changesLeft(CheckpointState s, int object) {
        return s.val(object) < layout.changes;
    }

    private boolean allMet(CheckpointState s) {
        for (int core = 0; core < layout.cores; core++) {
            if (!s.met(core)) {
                return false;
            }
        }
        return true;
    }

    @Override
    public List<Invariant<CheckpointState>> invariants() {
        return invariants.all();
    }

    @Override
    public Names names() {
        return names;
    }
}
