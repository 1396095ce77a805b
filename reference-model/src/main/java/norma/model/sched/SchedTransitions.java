package norma.model.sched;

import static norma.model.State.NONE;
import static norma.model.sched.SchedState.BLOCKED;
import static norma.model.sched.SchedState.FAULTED;
import static norma.model.sched.SchedState.HALT;
import static norma.model.sched.SchedState.INACTIVE;
import static norma.model.sched.SchedState.KERNEL;
import static norma.model.sched.SchedState.READY;
import static norma.model.sched.SchedState.RUNNING;
import static norma.model.sched.SchedState.USER;
import static norma.model.sched.SchedState.WOKEN;

import norma.model.Guard;

/**
 * The actions of {@code Scheduler.tla}, each in two halves: {@code canX} evaluates the guard and
 * changes nothing, {@code x} applies the effect to a state in which the guard holds and returns
 * true, so that a step reads "guard and effect".
 */
public final class SchedTransitions {
    private final int generations;

    /** Transitions of machines with the given layout. */
    public SchedTransitions(SchedLayout layout) {
        generations = layout.generations;
    }

    // --- entering the kernel --------------------------------------------------------------

    /** Guard of Trap. */
    public boolean canTrap(SchedState s, int core, Guard g) {
        return g.holds("RunsUserThread", s.running(core));
    }

    /** A core's thread enters the kernel and becomes {@code next}; {@code woken} may be NONE. */
    public boolean trap(SchedState s, int core, int next, int woken) {
        s.mode(core, KERNEL);
        s.st(s.cur(core), next);
        if (next != RUNNING && next != FAULTED) {
            s.cur(core, NONE);
        }
        return wake(s, core, woken);
    }

    /** Guard of Wakes. */
    public boolean canWake(SchedState s, int core, Guard g) {
        return g.holds("InKernel", s.inKernel(core));
    }

    /** A core puts a thread, or NONE, on its wake list. */
    public boolean wake(SchedState s, int core, int woken) {
        if (woken != NONE) {
            s.st(woken, WOKEN);
            s.appendWoken(core, woken);
        }
        return true;
    }

    /** Guard of Create. */
    public boolean canCreate(SchedState s, int core, int thread, Guard g) {
        return g.holds("RunsUserThread", s.running(core))
                && g.holds("SlotInactive", s.st(thread) == INACTIVE);
    }

    /** A core's thread makes an inactive slot runnable. */
    public boolean create(SchedState s, int core, int thread, int priority) {
        s.mode(core, KERNEL);
        s.gen(thread, (s.gen(thread) + 1) % generations);
        s.basePriority(thread, priority);
        s.eff(thread, priority);
        return wake(s, core, thread);
    }

    /** A core's thread makes an inactive slot a thread that blocks until it is woken. */
    public boolean reserve(SchedState s, int core, int thread, int priority) {
        s.mode(core, KERNEL);
        s.gen(thread, (s.gen(thread) + 1) % generations);
        s.basePriority(thread, priority);
        s.eff(thread, priority);
        s.st(thread, BLOCKED);
        return true;
    }

    /** Guard of Ask. */
    public boolean canAsk(SchedState s, int core, Guard g) {
        return g.holds(
                "HasRunning",
                s.running(core)
                        || s.inKernel(core) && s.cur(core) != NONE && s.st(s.cur(core)) == RUNNING);
    }

    /** A core's thread blocks until other cores have done something for it: the first of them. */
    public boolean ask(SchedState s, int core) {
        s.mode(core, KERNEL);
        s.st(s.cur(core), BLOCKED);
        s.cur(core, NONE);
        return true;
    }

    /** A core owes another an IPI. */
    public boolean owe(SchedState s, int core, int target) {
        s.kick(core, target, true);
        return true;
    }

    /** Guard of Reap. */
    public boolean canReap(SchedState s, int core, Guard g) {
        return g.holds("InKernel", s.inKernel(core))
                && g.holds("CurrentFaulted", s.cur(core) != NONE && s.st(s.cur(core)) == FAULTED);
    }

    /** A faulted thread ends. */
    public boolean reap(SchedState s, int core) {
        s.st(s.cur(core), INACTIVE);
        s.cur(core, NONE);
        return true;
    }

    /** Guard of Tick. */
    public boolean canTick(SchedState s, int core, Guard g) {
        return g.holds("NotInKernel", !s.inKernel(core));
    }

    /** Timer interrupt. */
    public boolean tick(SchedState s, int core) {
        s.mode(core, KERNEL);
        return true;
    }

    /** Guard of Ipi. */
    public boolean canIpi(SchedState s, int core, Guard g) {
        return g.holds("NotInKernel", !s.inKernel(core)) && g.holds("IpiPending", s.ipi(core));
    }

    /** The IPI word is taken. */
    public boolean ipi(SchedState s, int core) {
        s.ipi(core, false);
        s.mode(core, KERNEL);
        return true;
    }

    /** Guard of Yield. */
    public boolean canYield(SchedState s, int core, Guard g) {
        return g.holds("RunsUserThread", s.running(core));
    }

    /** A core's thread goes behind its equals. */
    public boolean yield(SchedState s, int core) {
        s.mode(core, KERNEL);
        return requeueCurrent(s, core);
    }

    // --- duties ---------------------------------------------------------------------------

    /** Guard of Enqueue. */
    public boolean canEnqueue(SchedState s, int core, int thread, Guard g) {
        return g.holds("InKernel", s.inKernel(core))
                && g.holds("HasWoken", s.wokenCount(core) > 0)
                && g.holds("FirstWoken", s.woken(core, 0) == thread);
    }

    /** A core puts the first thread of its wake list on a run queue. */
    public boolean enqueue(SchedState s, int core, int thread, int target) {
        s.removeAt(s.wake(core), 0);
        s.st(thread, READY);
        s.home(thread, target);
        if (target != core && (s.idle(target) || s.eff(thread) > s.level(target))) {
            s.kick(core, target, true);
        }
        s.insert(target, thread, s.eff(thread));
        return true;
    }

    /** Guard of Kick. */
    public boolean canKick(SchedState s, int core, int target, Guard g) {
        return g.holds("InKernel", s.inKernel(core)) && g.holds("OtherCore", core != target);
    }

    /** A core sends another an IPI. */
    public boolean kick(SchedState s, int core, int target) {
        s.ipi(target, true);
        s.kick(core, target, false);
        return true;
    }

    /** Guard of SetPriority. */
    public boolean canSetPriority(SchedState s, int core, int thread, int priority, Guard g) {
        return g.holds("InKernel", s.inKernel(core))
                && g.holds("PriorityDiffers", s.eff(thread) != priority);
    }

    /** A core sets a thread's effective priority and moves it in its queue. */
    public boolean setPriority(SchedState s, int core, int thread, int priority) {
        int home = s.home(thread);
        int state = s.st(thread);
        if (home != core) {
            boolean overtakes = state == READY && (s.idle(home) || priority > s.level(home));
            boolean overtaken = state == RUNNING && s.urgent(home) > priority;
            if (overtakes || overtaken) {
                s.kick(core, home, true);
            }
        }
        if (state == READY) {
            s.removeReady(home, thread);
            s.insert(home, thread, priority);
        } else if (state == RUNNING) {
            s.level(home, priority);
        }
        s.eff(thread, priority);
        return true;
    }

    // --- leaving the kernel ---------------------------------------------------------------

    /** Guard of Dispatch. */
    public boolean canDispatch(SchedState s, int core, int thread, Guard g) {
        return choosing(s, core, g)
                && g.holds("HasReady", s.readyCount(core) > 0)
                && g.holds("FirstReady", s.ready(core, 0) == thread);
    }

    /** A core runs the first thread of its queue. */
    public boolean dispatch(SchedState s, int core, int thread) {
        s.removeAt(s.rq(core), 0);
        return run(s, core, thread);
    }

    /** Guard of Steal. */
    public boolean canSteal(SchedState s, int core, int victim, int thread, Guard g) {
        return choosing(s, core, g)
                && g.holds("OtherCore", core != victim)
                && g.holds("NothingReady", s.readyCount(core) == 0)
                && g.holds("VictimHasReady", s.readyCount(victim) > 0)
                && g.holds("FirstReady", s.ready(victim, 0) == thread);
    }

    /** A core runs the first thread of another's queue. */
    public boolean steal(SchedState s, int core, int victim, int thread) {
        s.removeAt(s.rq(victim), 0);
        return run(s, core, thread);
    }

    /** Guard of Resume. */
    public boolean canResume(SchedState s, int core, Guard g) {
        return continuing(s, core, g)
                && g.holds("NoneMoreUrgent", s.urgent(core) <= s.eff(s.cur(core)));
    }

    /** A core goes on with its current thread. */
    public boolean resume(SchedState s, int core) {
        s.mode(core, USER);
        s.level(core, s.eff(s.cur(core)));
        return true;
    }

    /** Guard of Preempt. */
    public boolean canPreempt(SchedState s, int core, Guard g) {
        return continuing(s, core, g)
                && g.holds("HasReady", s.readyCount(core) > 0)
                && g.holds("ReadyAsUrgent", s.urgent(core) >= s.eff(s.cur(core)));
    }

    /** A core's current thread goes back to its queue. */
    public boolean preempt(SchedState s, int core) {
        return requeueCurrent(s, core);
    }

    /** Guard of Idle. */
    public boolean canIdle(SchedState s, int core, Guard g) {
        return choosing(s, core, g) && g.holds("NothingReady", s.readyCount(core) == 0);
    }

    /** A core with nothing to run halts. */
    public boolean idle(SchedState s, int core) {
        s.mode(core, HALT);
        s.idle(core, true);
        return true;
    }

    /** Whether a thread is blocked: what a stand-alone environment may wake. */
    boolean blocked(SchedState s, int thread, Guard g) {
        return g.holds("Blocked", s.st(thread) == BLOCKED);
    }

    private static boolean choosing(SchedState s, int core, Guard g) {
        return g.holds("InKernel", s.inKernel(core))
                && g.holds("NoCurrent", s.cur(core) == NONE)
                && g.holds("Settled", s.settled(core));
    }

    private static boolean continuing(SchedState s, int core, Guard g) {
        return g.holds("InKernel", s.inKernel(core))
                && g.holds("HasCurrent", s.cur(core) != NONE)
                && g.holds("CurrentRunning", s.st(s.cur(core)) == RUNNING)
                && g.holds("Settled", s.settled(core));
    }

    private static boolean run(SchedState s, int core, int thread) {
        s.st(thread, RUNNING);
        s.home(thread, core);
        s.cur(core, thread);
        s.mode(core, USER);
        s.idle(core, false);
        s.level(core, s.eff(thread));
        return true;
    }

    private static boolean requeueCurrent(SchedState s, int core) {
        int thread = s.cur(core);
        s.st(thread, READY);
        s.insert(core, thread, s.eff(thread));
        s.home(thread, core);
        s.cur(core, NONE);
        return true;
    }
}
