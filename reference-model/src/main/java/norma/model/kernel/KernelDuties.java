package norma.model.kernel;

import static norma.model.State.NONE;
import static norma.model.ipc.IpcState.DONE;
import static norma.model.sched.SchedState.HALT;

import norma.model.Guard;
import norma.model.ipc.IpcTransitions;
import norma.model.ipc.ResultCode;
import norma.model.lock.LockTableTransitions;
import norma.model.sched.SchedTransitions;

/**
 * Interrupts, duties, leaving the kernel and locks of {@code Kernel.tla}: what a core does.
 *
 * <p>Each method is one action: it evaluates the guards of all components in the state before, then
 * applies all effects; it returns whether the action was enabled.
 */
public final class KernelDuties {
    private final KernelLayout layout;
    private final IpcTransitions ipc;
    private final SchedTransitions sched;
    private final LockTableTransitions locks;

    KernelDuties(
            KernelLayout layout,
            IpcTransitions ipc,
            SchedTransitions sched,
            LockTableTransitions locks) {
        this.layout = layout;
        this.ipc = ipc;
        this.sched = sched;
        this.locks = locks;
    }

    // --- interrupts -----------------------------------------------------------------------

    /** Action Tick. */
    public boolean tick(KernelState s, int core, Guard g) {
        return g.holds("Unlocked", s.locks().drawn(core) == 0)
                && sched.canTick(s.sched(), core, g)
                && sched.tick(s.sched(), core);
    }

    /** Action Ipi. */
    public boolean ipi(KernelState s, int core, Guard g) {
        return g.holds("Unlocked", s.locks().drawn(core) == 0)
                && sched.canIpi(s.sched(), core, g)
                && sched.ipi(s.sched(), core);
    }

    /** Action TimeOut. */
    public boolean timeOut(KernelState s, int core, int peer, Guard g) {
        int channel = s.ipc().chan(peer);
        return sched.canWake(s.sched(), core, g)
                && g.holds("Calling", s.ipc().calling(peer))
                && g.holds("Quiet", s.quiet(channel))
                && holds(s, core, layout.channelLock(channel), layout.threadLock(peer), g)
                && ipc.canTimeOut(s.ipc(), peer, g)
                && sched.wake(s.sched(), core, peer)
                && ipc.timeOut(s.ipc(), peer);
    }

    /** Action Wake. */
    public boolean wake(KernelState s, int core, int thread, Guard g) {
        if (!(sched.canWake(s.sched(), core, g)
                && g.holds("Asleep", s.asleep(thread))
                && holds(s, core, layout.threadLock(thread), NONE, g)
                && ipc.canConclude(s.ipc(), thread, g))) {
            return false;
        }
        s.asleep(thread, false);
        return sched.wake(s.sched(), core, thread) && ipc.conclude(s.ipc(), thread, ResultCode.OK);
    }

    // --- duties ---------------------------------------------------------------------------

    /** Action Grant. */
    public boolean grant(KernelState s, int core, int channel, Guard g) {
        int woken = s.ipc().grantWakes(channel);
        return sched.canWake(s.sched(), core, g)
                && ipc.canGrant(s.ipc(), channel, g)
                && holds(s, core, layout.channelLock(channel), layout.threadLock(woken), g)
                && sched.wake(s.sched(), core, woken)
                && ipc.grant(s.ipc(), channel);
    }

    /** Action FailCall. */
    public boolean failCall(KernelState s, int core, int channel, Guard g) {
        if (!(sched.canWake(s.sched(), core, g)
                && g.holds("NoInheritDue", !s.inheritDue(channel))
                && ipc.canFailCall(s.ipc(), channel, g))) {
            return false;
        }
        int woken = s.ipc().failWakes(channel);
        return holds(s, core, layout.channelLock(channel), layout.threadLock(woken), g)
                && sched.wake(s.sched(), core, woken)
                && ipc.failCall(s.ipc(), channel);
    }

    /** Action Inherit. */
    public boolean inherit(KernelState s, int core, int channel, int thread, Guard g) {
        int target = s.ipc().target(thread, s.sched().basePriority(thread));
        return g.holds("ServesChannel", s.ipc().srv(thread) == channel)
                && g.holds("PriorityDiffers", s.sched().eff(thread) != target)
                && g.holds("NoGrantDue", !s.ipc().grantDue(channel))
                && holds(s, core, layout.channelLock(channel), layout.threadLock(thread), g)
                && holds(s, core, layout.coreLock(s.sched().home(thread)), NONE, g)
                && sched.canSetPriority(s.sched(), core, thread, target, g)
                && sched.setPriority(s.sched(), core, thread, target);
    }

    /** Action Donate. */
    public boolean donate(KernelState s, int core, int peer, Guard g) {
        int channel = s.ipc().chan(peer);
        int priority = s.sched().eff(peer);
        return sched.canWake(s.sched(), core, g)
                && g.holds("DonateDue", s.donateDue(peer))
                && g.holds("Quiet", s.quiet(channel))
                && holds(s, core, layout.channelLock(channel), layout.threadLock(peer), g)
                && ipc.canDonate(s.ipc(), peer, priority, g)
                && ipc.donate(s.ipc(), peer, priority);
    }

    /** Action Enqueue. */
    public boolean enqueue(KernelState s, int core, int thread, int target, Guard g) {
        return last(s, core, layout.coreLock(target), NONE, layout.threadLock(thread), g)
                && sched.canEnqueue(s.sched(), core, thread, g)
                && sched.enqueue(s.sched(), core, thread, target);
    }

    /** Action Kick. */
    public boolean kick(KernelState s, int core, int target, Guard g) {
        return sched.canKick(s.sched(), core, target, g) && sched.kick(s.sched(), core, target);
    }

    // --- leaving the kernel ---------------------------------------------------------------

    /** Action Dispatch. */
    public boolean dispatch(KernelState s, int core, int thread, Guard g) {
        return last(s, core, layout.coreLock(core), NONE, layout.threadLock(thread), g)
                && sched.canDispatch(s.sched(), core, thread, g)
                && tablesOf(s, core, thread, g)
                && sched.dispatch(s.sched(), core, thread)
                && giveResult(s, thread);
    }

    /** Action Steal. */
    public boolean steal(KernelState s, int core, int victim, int thread, Guard g) {
        return last(
                        s,
                        core,
                        layout.coreLock(core),
                        layout.coreLock(victim),
                        layout.threadLock(thread),
                        g)
                && sched.canSteal(s.sched(), core, victim, thread, g)
                && tablesOf(s, core, thread, g)
                && sched.steal(s.sched(), core, victim, thread)
                && giveResult(s, thread);
    }

    /** Action Resume. */
    public boolean resume(KernelState s, int core, Guard g) {
        int thread = s.sched().cur(core);
        return g.holds("HasCurrent", thread != NONE)
                && last(s, core, layout.coreLock(core), NONE, layout.threadLock(thread), g)
                && sched.canResume(s.sched(), core, g)
                && flushed(s, core, g)
                && sched.resume(s.sched(), core)
                && giveResult(s, thread);
    }

    /** Action Preempt. */
    public boolean preempt(KernelState s, int core, Guard g) {
        int thread = s.sched().cur(core);
        return g.holds("HasCurrent", thread != NONE)
                && last(s, core, layout.coreLock(core), NONE, layout.threadLock(thread), g)
                && sched.canPreempt(s.sched(), core, g)
                && sched.preempt(s.sched(), core);
    }

    /** Action Idle. */
    public boolean idle(KernelState s, int core, Guard g) {
        return last(s, core, layout.coreLock(core), NONE, NONE, g)
                && sched.canIdle(s.sched(), core, g)
                && g.holds("KernelTables", s.spaces().root(core) == NONE)
                && sched.idle(s.sched(), core);
    }

    private static boolean tablesOf(KernelState s, int core, int thread, Guard g) {
        return g.holds("TablesLoaded", s.spaces().root(core) == s.spaces().space(thread))
                && flushed(s, core, g);
    }

    /** A core that has been asked to flush does so first, unless it will be interrupted for it. */
    private static boolean flushed(KernelState s, int core, Guard g) {
        return g.holds("Flushed", !s.spaces().asked(core) || s.sched().interrupted(core));
    }

    private boolean giveResult(KernelState s, int thread) {
        return s.ipc().ipc(thread) != DONE || ipc.giveResult(s.ipc(), thread);
    }

    // --- locks ----------------------------------------------------------------------------

    /** Action LockTake. */
    public boolean lockTake(KernelState s, int core, int lock, Guard g) {
        return g.holds("NotHalted", s.sched().mode(core) != HALT)
                && locks.canTake(s.locks(), core, lock, g)
                && locks.take(s.locks(), core, lock);
    }

    /** Action LockEnter. */
    public boolean lockEnter(KernelState s, int core, int lock, Guard g) {
        return locks.canEnter(s.locks(), core, lock, g) && locks.enter(s.locks(), core, lock);
    }

    /** Action LockLeave. */
    public boolean lockLeave(KernelState s, int core, int lock, Guard g) {
        int space = layout.spaceOf(lock);
        return g.holds("Quiet", s.quiet(layout.channelOf(lock)))
                && g.holds("SpaceQuiet", space == NONE || s.spaces().quiet(space))
                && locks.canLeave(s.locks(), core, lock, g)
                && locks.leave(s.locks(), core, lock);
    }

    private static boolean holds(KernelState s, int core, int lock, int otherLock, Guard g) {
        return g.holds(
                "HoldsLocks", s.locks().holds(core, lock) && s.locks().holds(core, otherLock));
    }

    /** The core holds the given locks (NONE: no such lock) and has no ticket of another. */
    private static boolean last(
            KernelState s, int core, int lock, int otherLock, int threadLock, Guard g) {
        int needed = count(lock) + count(threadLock) + (otherLock == lock ? 0 : count(otherLock));
        return g.holds(
                        "HoldsLocks",
                        s.locks().holds(core, lock)
                                && s.locks().holds(core, otherLock)
                                && s.locks().holds(core, threadLock))
                && g.holds("HoldsNoOther", s.locks().drawn(core) == needed);
    }

    private static int count(int lock) {
        return lock == NONE ? 0 : 1;
    }
}
