package norma.model.kernel;

import static norma.model.State.NONE;
import static norma.model.ipc.IpcState.DONE;
import static norma.model.ipc.IpcState.IDLE;
import static norma.model.ipc.IpcState.RECEIVING;
import static norma.model.sched.SchedState.BLOCKED;
import static norma.model.sched.SchedState.HALT;
import static norma.model.sched.SchedState.INACTIVE;
import static norma.model.sched.SchedState.READY;
import static norma.model.sched.SchedState.USER;
import static norma.model.sched.SchedState.WOKEN;

import java.util.ArrayList;
import java.util.List;
import norma.model.Invariant;
import norma.model.ipc.IpcInvariants;
import norma.model.ipc.IpcState;
import norma.model.lock.LockTableInvariants;
import norma.model.sched.SchedInvariants;
import norma.model.space.SpaceInvariants;

/** The state invariants of {@code Kernel.tla}: the components' and those of the composition. */
final class KernelInvariants {
    private final KernelLayout layout;

    KernelInvariants(KernelLayout layout) {
        this.layout = layout;
    }

    List<Invariant<KernelState>> all() {
        List<Invariant<KernelState>> all = new ArrayList<>();
        for (var i : new IpcInvariants(layout.ipcLayout).all()) {
            all.add(new Invariant<>(i.name(), i.domain(), (s, x) -> i.at().holds(s.ipc(), x)));
        }
        for (var i : new SchedInvariants(layout.schedLayout).all()) {
            all.add(new Invariant<>(i.name(), i.domain(), (s, x) -> i.at().holds(s.sched(), x)));
        }
        for (var i : new LockTableInvariants(layout.lockLayout).all()) {
            all.add(new Invariant<>(i.name(), i.domain(), (s, x) -> i.at().holds(s.locks(), x)));
        }
        for (var i : new SpaceInvariants(layout.spaceLayout).all()) {
            all.add(new Invariant<>(i.name(), i.domain(), (s, x) -> i.at().holds(s.spaces(), x)));
        }
        all.add(new Invariant<>("TablesLoaded", "core", this::tablesLoaded));
        all.add(
                new Invariant<>(
                        "NoLostFlush",
                        "core",
                        (s, c) ->
                                s.sched().mode(c) != USER
                                        || !s.spaces().asked(c)
                                        || s.sched().interrupted(c)));
        all.add(
                new Invariant<>(
                        "MembersLive",
                        "thread",
                        (s, t) -> s.sched().st(t) != INACTIVE || s.spaces().space(t) == NONE));
        all.add(new Invariant<>("BlockedExact", "thread", this::blockedExact));
        all.add(new Invariant<>("ResultTaken", "thread", this::resultTaken));
        all.add(new Invariant<>("ResultTaken", "core", this::userIdle));
        all.add(
                new Invariant<>(
                        "GrantsDone", "channel", (s, h) -> !atRest(s, h) || !s.ipc().grantDue(h)));
        all.add(new Invariant<>("InheritanceExact", "channel", this::inheritanceExact));
        all.add(new Invariant<>("OwnPriority", "thread", this::ownPriority));
        return all;
    }

    private boolean blockedExact(KernelState s, int thread) {
        boolean blocked = s.sched().st(thread) == BLOCKED;
        boolean held = s.spaces().queued(thread) || s.spaces().unborn(thread);
        boolean awaited = s.spaces().awaits(thread) || held;
        boolean changes = s.spaces().working(thread) || held;
        boolean reason =
                s.ipc().calling(thread)
                        || s.ipc().ipc(thread) == RECEIVING
                        || s.asleep(thread)
                        || awaited;
        return blocked == reason
                && (!(s.asleep(thread) || changes) || s.ipc().ipc(thread) == IDLE)
                && !(s.asleep(thread) && changes);
    }

    private boolean tablesLoaded(KernelState s, int core) {
        int thread = s.sched().cur(core);
        int root = s.spaces().root(core);
        int space = thread == NONE ? NONE : s.spaces().space(thread);
        return (space == NONE || root == space) && (s.sched().mode(core) != HALT || root == NONE);
    }

    private boolean resultTaken(KernelState s, int thread) {
        int phase = s.ipc().ipc(thread);
        return switch (s.sched().st(thread)) {
            case WOKEN, READY -> phase == DONE || phase == IDLE;
            case INACTIVE -> phase == IDLE && s.ipc().srv(thread) == NONE;
            default -> true;
        };
    }

    private boolean userIdle(KernelState s, int core) {
        return s.sched().mode(core) != USER || s.ipc().ipc(s.sched().cur(core)) == IDLE;
    }

    /** Nobody is in the critical section of a channel, as far as the machine can tell. */
    private boolean atRest(KernelState s, int channel) {
        int lock = layout.channelLock(channel);
        return lock == NONE ? s.quiet(channel) : !s.locks().isHeld(lock);
    }

    private boolean inheritanceExact(KernelState s, int channel) {
        if (!atRest(s, channel)) {
            return true;
        }
        IpcState ipc = s.ipc();
        int donated = NONE; // the most urgent donation, found without the model's boost
        for (int tag = 0; tag < layout.constants.tags(); tag++) {
            int owner = ipc.own(channel, tag);
            donated = Math.max(donated, owner >= 0 ? ipc.don(owner) : NONE);
        }
        for (int i = 0; i < ipc.waiterCount(channel); i++) {
            donated = Math.max(donated, ipc.don(ipc.waiter(channel, i)));
        }
        for (int r = ipc.nextServer(channel, NONE); r != NONE; r = ipc.nextServer(channel, r)) {
            int base = s.sched().basePriority(r);
            int expected = ipc.attached(r, channel) ? Math.max(base, donated) : base;
            if (s.sched().eff(r) != expected) {
                return false;
            }
        }
        return true;
    }

    private boolean ownPriority(KernelState s, int thread) {
        return s.ipc().srv(thread) != NONE
                || s.sched().st(thread) == INACTIVE
                || s.sched().eff(thread) == s.sched().basePriority(thread);
    }
}
