package norma.model.kernel;

import static norma.model.State.NONE;
import static norma.model.ipc.IpcState.IDLE;
import static norma.model.sched.SchedState.BLOCKED;
import static norma.model.sched.SchedState.FAULTED;
import static norma.model.sched.SchedState.INACTIVE;
import static norma.model.sched.SchedState.RUNNING;
import static norma.model.sched.SchedState.USER;

import norma.model.Guard;
import norma.model.ipc.IpcTransitions;
import norma.model.ipc.ResultCode;
import norma.model.sched.SchedTransitions;
import norma.model.space.SpaceTransitions;

/**
 * System calls and faults of {@code Kernel.tla}: what the thread of a core does.
 *
 * <p>Each method is one action: it evaluates the guards of all components in the state before, then
 * applies all effects; it returns whether the action was enabled.
 */
public final class KernelCalls {
    private final KernelLayout layout;
    private final IpcTransitions ipc;
    private final SchedTransitions sched;

    KernelCalls(KernelLayout layout, IpcTransitions ipc, SchedTransitions sched) {
        this.layout = layout;
        this.ipc = ipc;
        this.sched = sched;
    }

    /** Action Call. */
    public boolean call(
            KernelState s, int core, int channel, long payload, boolean timed, Guard g) {
        int thread = s.sched().cur(core);
        int woken = s.ipc().callWakes(channel);
        return ready(s, core, g)
                && g.holds("Quiet", s.quiet(channel))
                && holds(s, core, layout.channelLock(channel), thread, woken, g)
                && ipc.canCall(s.ipc(), thread, channel, g)
                && sched.canTrap(s.sched(), core, g)
                && sched.trap(s.sched(), core, s.ipc().live(channel) ? BLOCKED : RUNNING, woken)
                && ipc.call(s.ipc(), thread, channel, payload, timed, s.sched().eff(thread));
    }

    /** Action Receive. */
    public boolean receive(KernelState s, int core, int channel, Guard g) {
        int thread = s.sched().cur(core);
        return ready(s, core, g)
                && g.holds("Quiet", s.quiet(channel))
                && holds(s, core, layout.channelLock(channel), thread, NONE, g)
                && ipc.canReceive(s.ipc(), thread, channel, g)
                && sched.canTrap(s.sched(), core, g)
                && sched.trap(
                        s.sched(),
                        core,
                        s.ipc().receiveBlocks(thread, channel) ? BLOCKED : RUNNING,
                        NONE)
                && ipc.receive(s.ipc(), thread, channel);
    }

    /** Action Reply. */
    public boolean reply(KernelState s, int core, int channel, int tag, long payload, Guard g) {
        if (!(ready(s, core, g) && g.holds("Quiet", s.quiet(channel)))) {
            return false;
        }
        int thread = s.sched().cur(core);
        int woken = s.ipc().replyWakes(thread, channel, tag);
        return holds(s, core, layout.channelLock(channel), thread, woken, g)
                && ipc.canReply(s.ipc(), thread, channel, g)
                && sched.canTrap(s.sched(), core, g)
                && sched.trap(s.sched(), core, RUNNING, woken)
                && ipc.reply(s.ipc(), thread, channel, tag, payload);
    }

    /** Action Cancel. */
    public boolean cancel(KernelState s, int core, int peer, Guard g) {
        int thread = s.sched().cur(core);
        boolean calling = s.ipc().calling(peer);
        int channel = s.ipc().chan(peer);
        return ready(s, core, g)
                && g.holds("Quiet", s.quiet(channel))
                && holds(s, core, calling ? layout.channelLock(channel) : NONE, thread, peer, g)
                && ipc.canCancel(s.ipc(), thread, peer, g)
                && sched.canTrap(s.sched(), core, g)
                && sched.trap(s.sched(), core, RUNNING, calling ? peer : NONE)
                && ipc.cancel(s.ipc(), thread, peer);
    }

    /** Action Restart. */
    public boolean restart(KernelState s, int core, int channel, Guard g) {
        int thread = s.sched().cur(core);
        return ready(s, core, g)
                && g.holds("Quiet", s.quiet(channel))
                && holds(s, core, layout.channelLock(channel), thread, NONE, g)
                && ipc.canRestart(s.ipc(), thread, g)
                && sched.canTrap(s.sched(), core, g)
                && sched.trap(s.sched(), core, RUNNING, NONE)
                && ipc.restart(s.ipc(), thread, channel);
    }

    /** Action Spawn; channel may be NONE. */
    public boolean spawn(KernelState s, int core, int slot, int priority, int channel, Guard g) {
        int thread = s.sched().cur(core);
        if (!(ready(s, core, g)
                && g.holds("NotItself", slot != thread)
                && g.holds("Quiet", s.quiet(channel))
                && holds(s, core, layout.channelLock(channel), thread, slot, g)
                && holdsSpace(s, core, thread, g))) {
            return false;
        }
        if (s.sched().st(slot) == INACTIVE) {
            int space = s.spaces().space(thread);
            return sched.canCreate(s.sched(), core, slot, g)
                    && ipc.canAttach(s.ipc(), thread, slot, g)
                    && (space == NONE || SpaceTransitions.join(s.spaces(), slot, space, g))
                    && sched.create(s.sched(), core, slot, priority)
                    && ipc.attach(s.ipc(), thread, slot, channel);
        }
        return trapAndConclude(s, core, thread, ResultCode.BUSY, g);
    }

    /** Action Exit. */
    public boolean exit(KernelState s, int core, Guard g) {
        if (!currentIdle(s, core, g)) {
            return false;
        }
        int thread = s.sched().cur(core);
        int channel = s.ipc().srv(thread);
        return g.holds("Quiet", s.quiet(channel))
                && holds(s, core, layout.channelLock(channel), thread, NONE, g)
                && holdsSpace(s, core, thread, g)
                && ipc.canDetach(s.ipc(), thread, g)
                && canEnd(s, core, g)
                && leavesSpace(s, thread, g)
                && end(s, core)
                && ipc.detach(s.ipc(), thread);
    }

    /** Action Die. */
    public boolean die(KernelState s, int core, int channel, Guard g) {
        if (!currentIdle(s, core, g)) {
            return false;
        }
        int thread = s.sched().cur(core);
        return g.holds("Quiet", s.quiet(channel))
                && holds(s, core, layout.channelLock(channel), thread, NONE, g)
                && holdsSpace(s, core, thread, g)
                && ipc.canDie(s.ipc(), thread, channel, g)
                && canEnd(s, core, g)
                && leavesSpace(s, thread, g)
                && end(s, core)
                && ipc.die(s.ipc(), thread, channel);
    }

    /** Action Sleep. */
    public boolean sleep(KernelState s, int core, Guard g) {
        int thread = s.sched().cur(core);
        if (!(ready(s, core, g)
                && holds(s, core, NONE, thread, NONE, g)
                && sched.canTrap(s.sched(), core, g))) {
            return false;
        }
        s.asleep(thread, true);
        return sched.trap(s.sched(), core, BLOCKED, NONE);
    }

    /** Action Yield. */
    public boolean yield(KernelState s, int core, Guard g) {
        int thread = s.sched().cur(core);
        return ready(s, core, g)
                && holds(s, core, layout.coreLock(core), thread, NONE, g)
                && sched.canYield(s.sched(), core, g)
                && ipc.canConclude(s.ipc(), thread, g)
                && sched.yield(s.sched(), core)
                && ipc.conclude(s.ipc(), thread, ResultCode.OK);
    }

    /** Action Refuse. */
    public boolean refuse(KernelState s, int core, Guard g) {
        int thread = s.sched().cur(core);
        return ready(s, core, g)
                && holds(s, core, NONE, thread, NONE, g)
                && trapAndConclude(s, core, thread, ResultCode.INVALID, g);
    }

    /** Action Fault. */
    public boolean fault(KernelState s, int core, Guard g) {
        int thread = s.sched().cur(core);
        return ready(s, core, g)
                && holds(s, core, NONE, thread, NONE, g)
                && holdsSpace(s, core, thread, g)
                && sched.canTrap(s.sched(), core, g)
                && leavesSpace(s, thread, g)
                && sched.trap(s.sched(), core, FAULTED, NONE);
    }

    private boolean trapAndConclude(KernelState s, int core, int thread, ResultCode code, Guard g) {
        return sched.canTrap(s.sched(), core, g)
                && ipc.canConclude(s.ipc(), thread, g)
                && sched.trap(s.sched(), core, RUNNING, NONE)
                && ipc.conclude(s.ipc(), thread, code);
    }

    /** The core's thread may make a system call. */
    static boolean ready(KernelState s, int core, Guard g) {
        return g.holds("RunsUserThread", s.sched().running(core))
                && g.holds("CallerIdle", s.ipc().ipc(s.sched().cur(core)) == IDLE)
                && g.holds("NotWorking", !s.spaces().working(s.sched().cur(core)));
    }

    private static boolean currentIdle(KernelState s, int core, Guard g) {
        int thread = s.sched().cur(core);
        return g.holds("HasCurrent", thread != NONE)
                && g.holds("CallerIdle", s.ipc().ipc(thread) == IDLE)
                && g.holds("NotWorking", !s.spaces().working(thread));
    }

    private static boolean leavesSpace(KernelState s, int thread, Guard g) {
        return s.spaces().space(thread) == NONE || SpaceTransitions.quit(s.spaces(), thread, g);
    }

    private boolean holdsSpace(KernelState s, int core, int thread, Guard g) {
        return g.holds(
                "HoldsLocks", s.locks().holds(core, layout.spaceLock(s.spaces().space(thread))));
    }

    private boolean canEnd(KernelState s, int core, Guard g) {
        return s.sched().mode(core) == USER
                ? sched.canTrap(s.sched(), core, g)
                : sched.canReap(s.sched(), core, g);
    }

    private boolean end(KernelState s, int core) {
        return s.sched().mode(core) == USER
                ? sched.trap(s.sched(), core, INACTIVE, NONE)
                : sched.reap(s.sched(), core);
    }

    /** The core holds a lock and the locks of up to two threads (NONE: no such lock). */
    private boolean holds(KernelState s, int core, int lock, int thread, int otherThread, Guard g) {
        return g.holds(
                "HoldsLocks",
                s.locks().holds(core, lock)
                        && s.locks().holds(core, layout.threadLock(thread))
                        && s.locks().holds(core, layout.threadLock(otherThread)));
    }
}
