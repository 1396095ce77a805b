package norma.conformance.check;

import static norma.abi.Record.CHANNEL;
import static norma.abi.Record.CORE;
import static norma.abi.Record.IPI_WORD;
import static norma.abi.Record.LOCK_NEXT;
import static norma.abi.Record.LOCK_OWNER;
import static norma.abi.Record.THREAD;
import static norma.conformance.check.Stepper.index;
import static norma.model.State.NONE;

import norma.abi.Code;
import norma.abi.Event;
import norma.abi.Limits;
import norma.abi.Record;
import norma.model.Guard;
import norma.model.ipc.IpcState;
import norma.model.kernel.KernelDuties;
import norma.model.kernel.KernelLayout;
import norma.model.kernel.KernelModel;
import norma.model.kernel.KernelState;
import norma.model.sched.SchedState;

/** Interrupts, duties, and leaving the kernel: see {@link Stepper}. */
final class DutyStepper {
    private final KernelState s;
    private final IpcState ipc;
    private final SchedState sched;
    private final KernelDuties duties;
    private final WitnessCheck witness;
    private final KernelLayout layout;
    private final int cores;
    private final int spaces;

    DutyStepper(KernelModel model, KernelState state, WitnessCheck witness) {
        s = state;
        ipc = state.ipc();
        sched = state.sched();
        duties = model.duties();
        layout = model.layout();
        this.witness = witness;
        cores = model.names().size("core");
        spaces = Memory.of(model).spaces();
    }

    int cores() {
        return cores;
    }

    boolean step(EventView e, int core, Expected x, Guard g) {
        return switch (e.kind()) {
            case Event.TICK -> duties.tick(s, core, g);
            case Event.IPI -> {
                x.touches(IPI_WORD, core);
                yield duties.ipi(s, core, g);
            }
            case Event.TIME_OUT -> timeOut(e, core, x, g);
            case Event.WAKE -> {
                int t = e.p(0);
                x.params(t, 0, 0, 0);
                x.touches(THREAD, t);
                yield threadInRange(t, g) && duties.wake(s, core, t, g);
            }
            case Event.GRANT -> grant(e, core, x, g);
            case Event.FAIL_CALL -> failCall(e, core, x, g);
            case Event.INHERIT -> inherit(e, core, x, g);
            case Event.DONATE -> donate(e, core, x, g);
            case Event.ENQUEUE -> enqueue(e, core, x, g);
            case Event.KICK -> {
                int d = e.p(0);
                x.params(d, 0, 0, 0);
                x.touches(IPI_WORD, d);
                yield coreInRange(d, g) && duties.kick(s, core, d, g);
            }
            case Event.IDLE -> {
                x.touches(CORE, core);
                yield duties.idle(s, core, g);
            }
            case Event.DISPATCH -> dispatch(e, core, x, g);
            case Event.STEAL -> steal(e, core, x, g);
            case Event.RESUME -> resume(core, x, g);
            case Event.PREEMPT -> preempt(core, x, g);
            case Event.LOCK_TAKE, Event.LOCK_ENTER, Event.LOCK_LEAVE -> lock(e, core, x, g);
            default -> g.holds("KnownKind", false);
        };
    }

    private boolean lock(EventView e, int core, Expected x, Guard g) {
        int id = e.p(0);
        int lock = lock(id);
        if (!g.holds("KnownLock", lock != NONE)) {
            return false;
        }
        x.params(id, 0, 0, 0);
        x.touches(e.kind() == Event.LOCK_TAKE ? LOCK_NEXT : LOCK_OWNER, id);
        return switch (e.kind()) {
            case Event.LOCK_TAKE -> duties.lockTake(s, core, lock, g);
            case Event.LOCK_ENTER -> duties.lockEnter(s, core, lock, g);
            default -> duties.lockLeave(s, core, lock, g);
        };
    }

    /** The model's number of a lock id: rank in the upper bits, index in the lower. */
    int lock(int id) {
        int index = id & ((1 << Record.LOCK_RANK_SHIFT) - 1);
        return switch (id >>> Record.LOCK_RANK_SHIFT) {
            case Record.LOCK_CHANNEL -> index < Limits.CHANNELS ? layout.channelLock(index) : NONE;
            case Record.LOCK_CORE -> index < cores ? layout.coreLock(index) : NONE;
            case Record.LOCK_SPACE -> index < spaces ? layout.spaceLock(index) : NONE;
            case Record.LOCK_MEMORY -> index == 0 && spaces > 0 ? layout.memoryLock() : NONE;
            case Record.LOCK_THREAD -> index < Limits.THREADS ? layout.threadLock(index) : NONE;
            default -> NONE;
        };
    }

    private static boolean threadInRange(int t, Guard g) {
        return g.holds("ThreadInRange", t < Limits.THREADS);
    }

    private static boolean channelInRange(int h, Guard g) {
        return g.holds("ChannelInRange", h < Limits.CHANNELS);
    }

    private boolean coreInRange(int c, Guard g) {
        return g.holds("CoreInRange", c < cores);
    }

    private boolean timeOut(EventView e, int core, Expected x, Guard g) {
        int u = e.p(0);
        if (!threadInRange(u, g)) {
            return false;
        }
        int h = ipc.chan(u);
        int tag = h == NONE ? NONE : ipc.tagOf(u, h);
        x.params(u, index(h), 0, 0);
        x.result(Code.TIMEOUT, index(tag), 0, 0);
        x.touches(THREAD, u);
        if (h != NONE) {
            x.touches(CHANNEL, h);
        }
        return duties.timeOut(s, core, u, g);
    }

    private boolean grant(EventView e, int core, Expected x, Guard g) {
        int h = e.p(0);
        if (!channelInRange(h, g) || !g.holds("GrantDue", ipc.grantDue(h))) {
            return false;
        }
        int waiter = ipc.waiter(h, 0);
        int receiver = ipc.grantWakes(h);
        if (!duties.grant(s, core, h, g)) {
            return false;
        }
        x.params(h, 0, 0, 0);
        x.word(ipc.msg(waiter));
        x.result(
                Stepper.waiting(ipc.ipc(waiter)),
                index(ipc.tagOf(waiter, h)),
                waiter,
                index(receiver));
        x.touches(CHANNEL, h);
        if (receiver != NONE) {
            x.touches(THREAD, receiver);
        }
        return true;
    }

    private boolean failCall(EventView e, int core, Expected x, Guard g) {
        int h = e.p(0);
        if (!channelInRange(h, g) || !g.holds("FailDue", ipc.failDue(h))) {
            return false;
        }
        int tag = ipc.usedTag(h);
        int victim = ipc.failWakes(h);
        x.params(h, 0, 0, 0);
        x.result(Code.DEAD, index(victim), index(tag), 0);
        x.touches(CHANNEL, h);
        if (victim != NONE) {
            x.touches(THREAD, victim);
        }
        return duties.failCall(s, core, h, g);
    }

    private boolean inherit(EventView e, int core, Expected x, Guard g) {
        int h = e.p(0);
        int r = e.p(1);
        if (!channelInRange(h, g) || !threadInRange(r, g) || !duties.inherit(s, core, h, r, g)) {
            return false;
        }
        int home = sched.home(r);
        x.params(h, r, sched.eff(r), home);
        x.touches(CHANNEL, h);
        x.touches(THREAD, r);
        x.touches(CORE, home);
        return true;
    }

    private boolean donate(EventView e, int core, Expected x, Guard g) {
        int u = e.p(0);
        if (!threadInRange(u, g)) {
            return false;
        }
        int h = ipc.chan(u);
        x.params(u, index(h), sched.eff(u), 0);
        x.touches(THREAD, u);
        if (h != NONE) {
            x.touches(CHANNEL, h);
        }
        return duties.donate(s, core, u, g);
    }

    private boolean enqueue(EventView e, int core, Expected x, Guard g) {
        int t = e.p(0);
        int d = e.p(1);
        if (!threadInRange(t, g) || !coreInRange(d, g)) {
            return false;
        }
        int priority = sched.eff(t);
        boolean kick = d != core && (sched.idle(d) || priority > sched.level(d));
        if (!duties.enqueue(s, core, t, d, g)) {
            return false;
        }
        x.params(t, d, priority, 0);
        x.result(kick ? 1 : 0, 0, 0, sched.readyCount(d));
        x.touches(THREAD, t);
        x.touches(CORE, d);
        return true;
    }

    private boolean dispatch(EventView e, int core, Expected x, Guard g) {
        int t = e.p(0);
        if (!threadInRange(t, g)) {
            return false;
        }
        witness.returns(t, ipc);
        if (!duties.dispatch(s, core, t, g)) {
            return false;
        }
        x.params(t, sched.eff(t), 0, 0);
        x.result(0, 0, 0, sched.readyCount(core));
        x.touches(CORE, core);
        x.touches(THREAD, t);
        return true;
    }

    private boolean steal(EventView e, int core, Expected x, Guard g) {
        int d = e.p(0);
        int t = e.p(1);
        if (!threadInRange(t, g) || !coreInRange(d, g)) {
            return false;
        }
        witness.returns(t, ipc);
        if (!duties.steal(s, core, d, t, g)) {
            return false;
        }
        x.params(d, t, sched.eff(t), 0);
        x.result(0, 0, 0, sched.readyCount(d));
        x.touches(CORE, core);
        x.touches(CORE, d);
        x.touches(THREAD, t);
        return true;
    }

    private boolean resume(int core, Expected x, Guard g) {
        int t = sched.cur(core);
        if (!g.holds("HasCurrent", t != NONE)) {
            return false;
        }
        witness.returns(t, ipc);
        if (!duties.resume(s, core, g)) {
            return false;
        }
        x.params(t, sched.eff(t), 0, 0);
        x.touches(CORE, core);
        x.touches(THREAD, t);
        return true;
    }

    private boolean preempt(int core, Expected x, Guard g) {
        int t = sched.cur(core);
        if (!duties.preempt(s, core, g)) {
            return false;
        }
        x.params(t, 0, 0, 0);
        x.result(0, 0, 0, sched.readyCount(core));
        x.touches(CORE, core);
        x.touches(THREAD, t);
        return true;
    }
}
