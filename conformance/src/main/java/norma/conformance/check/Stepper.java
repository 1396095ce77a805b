package norma.conformance.check;

import static norma.abi.Record.CHANNEL;
import static norma.abi.Record.CORE;
import static norma.abi.Record.SPACE;
import static norma.abi.Record.THREAD;
import static norma.model.State.NONE;

import norma.abi.Code;
import norma.abi.Event;
import norma.abi.Limits;
import norma.abi.Record;
import norma.abi.SystemCall;
import norma.model.Guard;
import norma.model.ipc.IpcState;
import norma.model.kernel.KernelCalls;
import norma.model.kernel.KernelModel;
import norma.model.kernel.KernelState;
import norma.model.sched.SchedState;

/**
 * Takes one event as one step of the model. Parameters are read from the record and range-checked;
 * everything that the model can compute goes to {@link Expected}.
 *
 * <p>System calls are here, address spaces in {@link SpaceStepper}, the rest in {@link
 * DutyStepper}.
 */
final class Stepper {
    private final KernelState s;
    private final IpcState ipc;
    private final SchedState sched;
    private final KernelCalls calls;
    private final DutyStepper duties;
    private final SpaceStepper spaces;
    private final Memory memory;
    private final WitnessCheck witness;
    private final int faultCause;

    Stepper(KernelModel model, KernelState state, WitnessCheck witness, int faultCause) {
        this.faultCause = faultCause;
        s = state;
        ipc = state.ipc();
        sched = state.sched();
        calls = model.calls();
        this.witness = witness;
        duties = new DutyStepper(model, state, witness);
        spaces = new SpaceStepper(model, state, witness);
        memory = Memory.of(model);
    }

    /** The model's number of the lock that a lock event is about. */
    int lock(EventView e) {
        return duties.lock(e.p(0));
    }

    /** True if the action was enabled; {@code x} then holds what the record must contain. */
    boolean step(EventView e, Expected x, Guard g) {
        int core = e.core();
        if (!g.holds("CoreInRange", core < duties.cores())) {
            return false;
        }
        int t = sched.cur(core);
        if (e.kind() <= Event.FAULT && !g.holds("HasCurrent", t != NONE)) {
            return false;
        }
        return switch (e.kind()) {
            case Event.CALL -> call(e, core, t, x, g);
            case Event.RECEIVE -> receive(e, core, t, x, g);
            case Event.REPLY -> reply(e, core, t, x, g);
            case Event.CANCEL -> cancel(e, core, t, x, g);
            case Event.RESTART -> restart(e, core, t, x, g);
            case Event.SPAWN -> spawn(e, core, t, x, g);
            case Event.EXIT -> exit(core, t, x, g);
            case Event.DIE -> die(e, core, t, x, g);
            case Event.SLEEP -> {
                boolean ok = calls.sleep(s, core, g);
                x.params(t, 0, 0, 0);
                x.word(e.word());
                x.touches(THREAD, t);
                witness.called(t, SystemCall.SLEEP, e.word(), 0, 0, 0);
                yield ok;
            }
            case Event.YIELD -> {
                boolean ok = calls.yield(s, core, g);
                x.params(t, 0, 0, 0);
                x.result(0, 0, 0, sched.readyCount(core));
                x.touches(CORE, core);
                x.touches(THREAD, t);
                witness.called(t, SystemCall.YIELD, 0, 0, 0, 0);
                yield ok;
            }
            case Event.REFUSE -> {
                boolean ok = calls.refuse(s, core, g);
                x.params(t, e.p(1), 0, 0);
                x.result(Code.INVALID, 0, 0, 0);
                x.touches(THREAD, t);
                witness.refused(t, e.p(1), ipc.srv(t), pages(t));
                yield ok;
            }
            case Event.FAULT -> fault(e, core, t, x, g);
            default ->
                    e.kind() >= Event.MAP ? spaces.step(e, core, x, g) : duties.step(e, core, x, g);
        };
    }

    private boolean call(EventView e, int core, int t, Expected x, Guard g) {
        int h = e.p(1);
        if (!g.holds("ChannelInRange", h < Limits.CHANNELS)) {
            return false;
        }
        int receiver = ipc.callWakes(h);
        int donated = sched.eff(t);
        boolean timed = e.p(2) == 1;
        if (!calls.call(s, core, h, e.word(), timed, g)) {
            return false;
        }
        int code = waiting(ipc.ipc(t));
        int length = code == Code.TAGWAIT ? ipc.waiterCount(h) : ipc.queueLength(h);
        x.params(t, h, timed ? 1 : 0, donated);
        x.word(e.word());
        x.result(code, index(code == Code.DEAD ? NONE : ipc.tagOf(t, h)), index(receiver), length);
        x.touches(THREAD, t);
        x.touches(CHANNEL, h);
        touchThread(x, receiver);
        witness.calledChannel(t, h, e.word(), timed);
        return true;
    }

    /** How a caller waits, as a code; DEAD if it does not wait. */
    static int waiting(int phase) {
        return switch (phase) {
            case IpcState.TAG_WAIT -> Code.TAGWAIT;
            case IpcState.QUEUED -> Code.QUEUED;
            case IpcState.SERVED -> Code.SERVED;
            default -> Code.DEAD;
        };
    }

    private boolean receive(EventView e, int core, int t, Expected x, Guard g) {
        int h = e.p(1);
        if (!g.holds("ChannelInRange", h < Limits.CHANNELS) || !calls.receive(s, core, h, g)) {
            return false;
        }
        x.params(t, h, 0, 0);
        int code = ipc.ipc(t) == IpcState.RECEIVING ? Code.BLOCKED : Codes.of(ipc.resultCode(t));
        boolean message = code == Code.MSG;
        x.word(message ? ipc.resultWord(t) : 0);
        x.result(
                code,
                message ? ipc.resultTag(t) : Record.NONE,
                message ? ipc.resultCaller(t) : Record.NONE,
                ipc.queueLength(h));
        x.touches(THREAD, t);
        x.touches(CHANNEL, h);
        witness.called(t, SystemCall.RECEIVE, h, 0, 0, 0);
        return true;
    }

    private boolean reply(EventView e, int core, int t, Expected x, Guard g) {
        int h = e.p(1);
        int tag = e.p(2);
        if (!g.holds("ChannelInRange", h < Limits.CHANNELS)
                || !g.holds("TagInRange", tag < Limits.TAGS)) {
            return false;
        }
        int caller = ipc.replyWakes(t, h, tag);
        if (!calls.reply(s, core, h, tag, e.word(), g)) {
            return false;
        }
        x.params(t, h, tag, 0);
        x.word(e.word());
        x.result(Codes.of(ipc.resultCode(t)), index(caller), 0, ipc.waiterCount(h));
        x.touches(THREAD, t);
        x.touches(CHANNEL, h);
        touchThread(x, caller);
        witness.called(t, SystemCall.REPLY, h, tag, e.word(), 0);
        return true;
    }

    private boolean cancel(EventView e, int core, int t, Expected x, Guard g) {
        int victim = e.p(1);
        if (!g.holds("ThreadInRange", victim < Limits.THREADS)) {
            return false;
        }
        boolean calling = ipc.calling(victim);
        int h = ipc.chan(victim);
        if (!calls.cancel(s, core, victim, g)) {
            return false;
        }
        x.params(t, victim, 0, 0);
        x.result(Codes.of(ipc.resultCode(t)), calling ? h : Record.NONE, 0, 0);
        x.touches(THREAD, t);
        x.touches(THREAD, victim);
        if (calling) {
            x.touches(CHANNEL, h);
        }
        witness.called(t, SystemCall.CANCEL, victim, 0, 0, 0);
        return true;
    }

    private boolean restart(EventView e, int core, int t, Expected x, Guard g) {
        int h = e.p(1);
        if (!g.holds("ChannelInRange", h < Limits.CHANNELS) || !calls.restart(s, core, h, g)) {
            return false;
        }
        x.params(t, h, 0, 0);
        x.result(Codes.of(ipc.resultCode(t)), ipc.inc(h), 0, 0);
        x.touches(THREAD, t);
        x.touches(CHANNEL, h);
        witness.called(t, SystemCall.RESTART, h, 0, 0, 0);
        return true;
    }

    private boolean spawn(EventView e, int core, int t, Expected x, Guard g) {
        int slot = e.p(1);
        int priority = e.p(2);
        int h = e.p(3) == Record.NONE ? NONE : e.p(3);
        if (!g.holds("ThreadInRange", slot < Limits.THREADS)
                || !g.holds("PriorityInRange", priority < Limits.PRIORITIES)
                || !g.holds("ChannelInRange", h < Limits.CHANNELS)
                || !calls.spawn(s, core, slot, priority, h, g)) {
            return false;
        }
        x.params(t, slot, priority, index(h));
        x.word(e.word());
        x.result(Codes.of(ipc.resultCode(t)), sched.gen(slot), 0, 0);
        x.touches(THREAD, t);
        x.touches(THREAD, slot);
        if (h != NONE) {
            x.touches(CHANNEL, h);
        }
        witness.called(t, SystemCall.SPAWN, slot, e.word(), priority, index(h));
        return true;
    }

    private boolean exit(int core, int t, Expected x, Guard g) {
        int h = ipc.srv(t);
        boolean faulted = sched.st(t) == SchedState.FAULTED;
        int space = s.spaces().space(t);
        if (!calls.exit(s, core, g)) {
            return false;
        }
        x.params(t, index(h), index(space), 0);
        x.touches(THREAD, t);
        if (h != NONE) {
            x.touches(CHANNEL, h);
        }
        touchSpace(x, space);
        witness.ended(t, faulted);
        return true;
    }

    private boolean die(EventView e, int core, int t, Expected x, Guard g) {
        int h = e.p(1);
        boolean faulted = sched.st(t) == SchedState.FAULTED;
        int space = s.spaces().space(t);
        if (!g.holds("ChannelInRange", h < Limits.CHANNELS) || !calls.die(s, core, h, g)) {
            return false;
        }
        x.params(t, h, index(space), 0);
        x.touches(THREAD, t);
        x.touches(CHANNEL, h);
        touchSpace(x, space);
        witness.ended(t, faulted);
        return true;
    }

    /**
     * A fault that ends the thread. What its log says that it attempted must be forbidden in the
     * state before, if the state knows: a page that it may not reach so, or not without a frame.
     */
    private boolean fault(EventView e, int core, int t, Expected x, Guard g) {
        long attempt = witness.faulted(t);
        if (attempt == WitnessCheck.PAGE && !spaces.mayNotReach(t, g)) {
            return false;
        }
        int space = s.spaces().space(t);
        boolean ok = calls.fault(s, core, g);
        int cause =
                attempt == WitnessCheck.PAGE
                        ? FaultCauses.expectedOfPage(faultCause, witness.access(), e.p(1))
                        : FaultCauses.expected(faultCause, attempt, e.p(1));
        x.params(t, cause, index(space), 0);
        x.word(e.word());
        x.touches(THREAD, t);
        touchSpace(x, space);
        return ok;
    }

    /** Pages that a thread's calls can name; 0 if it lives in no address space. */
    private int pages(int thread) {
        return s.spaces().space(thread) == NONE ? 0 : memory.pages();
    }

    private static void touchThread(Expected x, int thread) {
        if (thread != NONE) {
            x.touches(THREAD, thread);
        }
    }

    private static void touchSpace(Expected x, int space) {
        if (space != NONE) {
            x.touches(SPACE, space);
        }
    }

    static int index(int index) {
        return index == NONE ? Record.NONE : index;
    }
}
