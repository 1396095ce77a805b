package norma.model.kernel;

import static norma.model.State.NONE;
import static norma.model.sched.SchedState.BLOCKED;
import static norma.model.sched.SchedState.INACTIVE;
import static norma.model.sched.SchedState.RUNNING;
import static norma.model.sched.SchedState.USER;

import norma.model.Guard;
import norma.model.ipc.IpcTransitions;
import norma.model.ipc.ResultCode;
import norma.model.sched.SchedTransitions;
import norma.model.space.SpaceJobs;
import norma.model.space.SpaceTransitions;

/**
 * Address spaces in {@code Kernel.tla}: what threads ask, page faults, jobs, and what other cores
 * do for a job.
 *
 * <p>Each method is one action: it evaluates the guards of all components in the state before, the
 * space's last, whose step follows at once, then applies the other effects; it returns whether the
 * action was enabled.
 */
public final class KernelSpaces {
    private final KernelLayout layout;
    private final IpcTransitions ipc;
    private final SchedTransitions sched;
    private final SpaceTransitions spaces;
    private final SpaceJobs jobs;

    KernelSpaces(
            KernelLayout layout,
            IpcTransitions ipc,
            SchedTransitions sched,
            SpaceTransitions spaces) {
        this.layout = layout;
        this.ipc = ipc;
        this.sched = sched;
        this.spaces = spaces;
        jobs = spaces.jobs();
    }

    // --- system calls ---------------------------------------------------------------------

    /** Action Map. */
    public boolean map(KernelState s, int core, int lo, int hi, int protection, Guard g) {
        if (!(begins(s, core, false, g) && g.holds("Ordered", lo <= hi))) {
            return false;
        }
        int thread = s.sched().cur(core);
        if (!s.spaces().fits(s.spaces().space(thread), lo, hi)) {
            return answer(s, core, ResultCode.BUSY);
        }
        return SpaceTransitions.map(s.spaces(), core, thread, lo, hi, protection, g)
                && answer(s, core, ResultCode.OK);
    }

    /** Action Unmap. */
    public boolean unmap(KernelState s, int core, int lo, int hi, Guard g) {
        if (!(begins(s, core, false, g) && g.holds("Ordered", lo <= hi))) {
            return false;
        }
        int thread = s.sched().cur(core);
        return (s.spaces().fits(s.spaces().space(thread), lo, hi)
                        || spaces.unmap(s.spaces(), core, thread, lo, hi, g))
                && answerUnlessWorking(s, core, thread);
    }

    /** Action Protect. */
    public boolean protect(KernelState s, int core, int lo, int hi, int protection, Guard g) {
        if (!(begins(s, core, false, g) && g.holds("Ordered", lo <= hi))) {
            return false;
        }
        int thread = s.sched().cur(core);
        int space = s.spaces().space(thread);
        if (!s.spaces().used(space, lo, hi)) {
            return answer(s, core, ResultCode.INVALID);
        }
        return (s.spaces().protectedAs(space, lo, hi, protection)
                        || spaces.protect(s.spaces(), core, thread, lo, hi, protection, g))
                && answerUnlessWorking(s, core, thread);
    }

    /** Action Fork; the space may be NONE. */
    public boolean fork(KernelState s, int core, int first, int into, Guard g) {
        int thread = s.sched().cur(core);
        if (!(g.holds("NotItself", first != thread)
                && begins(s, core, false, g)
                && holds(s, core, into, first, false, g))) {
            return false;
        }
        if (s.sched().st(first) != INACTIVE || into == NONE) {
            return answer(s, core, ResultCode.BUSY);
        }
        return spaces.fork(s.spaces(), core, thread, first, into, g)
                && sched.reserve(s.sched(), core, first, s.sched().basePriority(thread));
    }

    /** Action Leave. */
    public boolean leave(KernelState s, int core, Guard g) {
        return begins(s, core, false, g)
                && spaces.leave(s.spaces(), core, s.sched().cur(core), g)
                && sched.trap(s.sched(), core, RUNNING, NONE);
    }

    /** Action WaitTurn. */
    public boolean waitTurn(KernelState s, int core, Guard g) {
        int thread = s.sched().cur(core);
        return KernelCalls.ready(s, core, g)
                && holds(s, core, s.spaces().space(thread), thread, false, g)
                && SpaceTransitions.waitTurn(s.spaces(), core, thread, g)
                && sched.trap(s.sched(), core, BLOCKED, NONE);
    }

    // --- page faults ----------------------------------------------------------------------

    /** Action Fill. */
    public boolean fill(KernelState s, int core, int page, int frame, Guard g) {
        return begins(s, core, true, g)
                && SpaceTransitions.fill(s.spaces(), core, s.sched().cur(core), page, frame, g)
                && sched.trap(s.sched(), core, RUNNING, NONE);
    }

    /** Action Allow. */
    public boolean allow(KernelState s, int core, int page, Guard g) {
        return begins(s, core, true, g)
                && SpaceTransitions.allow(s.spaces(), core, s.sched().cur(core), page, g)
                && sched.trap(s.sched(), core, RUNNING, NONE);
    }

    /** Action Copy. */
    public boolean copy(KernelState s, int core, int page, int frame, Guard g) {
        return begins(s, core, true, g)
                && spaces.copy(s.spaces(), core, s.sched().cur(core), page, frame, g)
                && sched.trap(s.sched(), core, RUNNING, NONE);
    }

    // --- jobs -----------------------------------------------------------------------------

    /** Action Clear. */
    public boolean clear(KernelState s, int core, int page, Guard g) {
        return works(s, core, false, false, g)
                && jobs.clear(s.spaces(), core, s.sched().cur(core), page, g)
                && step(s, core);
    }

    /** Action Tighten. */
    public boolean tighten(KernelState s, int core, int page, Guard g) {
        return works(s, core, false, false, g)
                && jobs.tighten(s.spaces(), core, s.sched().cur(core), page, g)
                && step(s, core);
    }

    /** Action Share. */
    public boolean share(KernelState s, int core, int page, Guard g) {
        if (!works(s, core, false, true, g)) {
            return false;
        }
        int thread = s.sched().cur(core);
        return holds(s, core, s.spaces().child(s.spaces().space(thread)), NONE, false, g)
                && jobs.share(s.spaces(), core, thread, page, g)
                && step(s, core);
    }

    /** Action Shoot. */
    public boolean shoot(KernelState s, int core, Guard g) {
        if (!works(s, core, true, false, g)) {
            return false;
        }
        int thread = s.sched().cur(core);
        if (!jobs.shoot(s.spaces(), core, thread, g)) {
            return false;
        }
        if (!s.spaces().awaits(thread)) {
            return step(s, core);
        }
        int space = s.spaces().space(thread);
        for (int other = 0; other < layout.constants.cores(); other++) {
            if (s.spaces().isAsked(space, other)) {
                sched.owe(s.sched(), core, other);
            }
        }
        return sched.ask(s.sched(), core);
    }

    /** Action FreeFrame. */
    public boolean freeFrame(KernelState s, int core, int frame, Guard g) {
        return works(s, core, false, true, g)
                && jobs.freeFrame(s.spaces(), core, s.sched().cur(core), frame, g)
                && step(s, core);
    }

    /** Action Finish. */
    public boolean finish(KernelState s, int core, Guard g) {
        if (!works(s, core, true, false, g)) {
            return false;
        }
        int thread = s.sched().cur(core);
        int space = s.spaces().space(thread);
        boolean answered = !s.spaces().endsUnanswered(space);
        return holds(s, core, s.spaces().child(space), NONE, false, g)
                && (!answered || ipc.canConclude(s.ipc(), thread, g))
                && jobs.finish(s.spaces(), core, thread, g)
                && step(s, core)
                && (!answered || ipc.conclude(s.ipc(), thread, ResultCode.OK));
    }

    // --- duties ---------------------------------------------------------------------------

    /** Action Acknowledge. */
    public boolean acknowledge(KernelState s, int core, Guard g) {
        return sched.canWake(s.sched(), core, g)
                && holds(s, core, s.spaces().root(core), NONE, false, g)
                && SpaceTransitions.acknowledge(s.spaces(), core, g);
    }

    /** Action Release. */
    public boolean release(KernelState s, int core, int space, Guard g) {
        int changer = s.spaces().changer(space);
        return sched.canWake(s.sched(), core, g)
                && holds(s, core, space, changer, false, g)
                && SpaceTransitions.release(s.spaces(), space, g)
                && sched.wake(s.sched(), core, changer);
    }

    /** Action Admit. */
    public boolean admit(KernelState s, int core, int space, Guard g) {
        if (!(sched.canWake(s.sched(), core, g)
                && g.holds("AdmitDue", s.spaces().admitDue(space)))) {
            return false;
        }
        int first = s.spaces().waiting(space, 0);
        return holds(s, core, space, first, false, g)
                && SpaceTransitions.admit(s.spaces(), space, g)
                && sched.wake(s.sched(), core, first);
    }

    /** Action Bear. */
    public boolean bear(KernelState s, int core, int space, int first, Guard g) {
        return sched.canWake(s.sched(), core, g)
                && g.holds("Member", s.spaces().space(first) == space)
                && holds(s, core, space, first, false, g)
                && SpaceTransitions.bear(s.spaces(), space, g)
                && sched.wake(s.sched(), core, first);
    }

    /** Action FreeSpace. */
    public boolean freeSpace(KernelState s, int core, int space, Guard g) {
        return sched.canWake(s.sched(), core, g)
                && holds(s, core, space, NONE, false, g)
                && SpaceTransitions.freeSpace(s.spaces(), space, g);
    }

    /** Action Load; the space may be NONE. */
    public boolean load(KernelState s, int core, int space, Guard g) {
        return sched.canWake(s.sched(), core, g)
                && g.holds("NoCurrent", s.sched().cur(core) == NONE)
                && holds(s, core, space, NONE, false, g)
                && holds(s, core, s.spaces().root(core), NONE, false, g)
                && spaces.load(s.spaces(), core, space, g);
    }

    // --- parts ----------------------------------------------------------------------------

    /** The core's thread may begin something in its space; with the memory's lock, or without. */
    private boolean begins(KernelState s, int core, boolean memory, Guard g) {
        int thread = s.sched().cur(core);
        return KernelCalls.ready(s, core, g)
                && SpaceTransitions.begins(s.spaces(), core, thread, g)
                && holds(s, core, s.spaces().space(thread), thread, memory, g);
    }

    /** The core's thread has a job, and runs or is in the kernel with it. */
    private boolean works(KernelState s, int core, boolean threadLock, boolean memory, Guard g) {
        int thread = s.sched().cur(core);
        return g.holds("HasCurrent", thread != NONE)
                && g.holds("Working", s.spaces().working(thread))
                && sched.canAsk(s.sched(), core, g)
                && holds(s, core, s.spaces().space(thread), threadLock ? thread : NONE, memory, g);
    }

    private boolean step(KernelState s, int core) {
        return s.sched().mode(core) != USER || sched.trap(s.sched(), core, RUNNING, NONE);
    }

    private boolean answer(KernelState s, int core, ResultCode code) {
        int thread = s.sched().cur(core);
        return sched.trap(s.sched(), core, RUNNING, NONE) && ipc.conclude(s.ipc(), thread, code);
    }

    /** A call whose job has begun is answered when it ends. */
    private boolean answerUnlessWorking(KernelState s, int core, int thread) {
        return s.spaces().working(thread)
                ? sched.trap(s.sched(), core, RUNNING, NONE)
                : answer(s, core, ResultCode.OK);
    }

    /** The core holds the locks of a space and a thread (NONE: no such lock), and the memory's. */
    private boolean holds(KernelState s, int core, int space, int thread, boolean memory, Guard g) {
        return g.holds(
                "HoldsLocks",
                s.locks().holds(core, layout.spaceLock(space))
                        && s.locks().holds(core, layout.threadLock(thread))
                        && (!memory || s.locks().holds(core, layout.memoryLock())));
    }
}
