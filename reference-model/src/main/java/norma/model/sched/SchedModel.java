package norma.model.sched;

import static norma.model.State.NONE;
import static norma.model.sched.SchedState.BLOCKED;
import static norma.model.sched.SchedState.FAULTED;
import static norma.model.sched.SchedState.INACTIVE;
import static norma.model.sched.SchedState.RUNNING;

import java.util.ArrayList;
import java.util.List;
import norma.model.Action;
import norma.model.Guard;
import norma.model.Invariant;
import norma.model.Model;
import norma.model.Names;

/** The stand-alone machine of {@code Scheduler.tla}: threads block, end and wake at will. */
public final class SchedModel implements Model<SchedState> {
    private final int cores;
    private final int priorities;
    private final SchedLayout layout;
    private final SchedTransitions transitions;
    private final Names names;
    private final List<Action> actions = new ArrayList<>();

    /** The machine with the given constants; thread 0 starts on core 0 at priority 0. */
    public SchedModel(int cores, int threads, int priorities, int generations) {
        this.cores = cores;
        this.priorities = priorities;
        layout = new SchedLayout(cores, threads, generations);
        transitions = new SchedTransitions(layout);
        names =
                new Names()
                        .prefixed("core", "c", cores)
                        .alias("target", "core")
                        .alias("victim", "core")
                        .prefixed("thread", "t", threads)
                        .integers("priority", 0, priorities);
        for (int core = 0; core < cores; core++) {
            addCore(core);
            for (int thread = 0; thread < threads; thread++) {
                addThread(core, thread);
            }
        }
    }

    private void addCore(int core) {
        actions.add(new SchedAction.EnterKernel(core));
        actions.add(new SchedAction.Block(core));
        actions.add(new SchedAction.EndThread(core));
        actions.add(new SchedAction.CrashThread(core));
        actions.add(new SchedAction.Reap(core));
        actions.add(new SchedAction.Tick(core));
        actions.add(new SchedAction.Ipi(core));
        actions.add(new SchedAction.Yield(core));
        actions.add(new SchedAction.Resume(core));
        actions.add(new SchedAction.Preempt(core));
        actions.add(new SchedAction.Idle(core));
        for (int target = 0; target < cores; target++) {
            actions.add(new SchedAction.Kick(core, target));
        }
    }

    private void addThread(int core, int thread) {
        actions.add(new SchedAction.Signal(core, thread));
        actions.add(new SchedAction.Deadline(core, thread));
        actions.add(new SchedAction.Dispatch(core, thread));
        for (int priority = 0; priority < priorities; priority++) {
            actions.add(new SchedAction.Create(core, thread, priority));
            actions.add(new SchedAction.SetPriority(core, thread, priority));
        }
        for (int other = 0; other < cores; other++) {
            actions.add(new SchedAction.Enqueue(core, thread, other));
            actions.add(new SchedAction.Steal(core, other, thread));
        }
    }

    @Override
    public List<SchedState> initialStates() {
        SchedState state = new SchedState(layout, new long[layout.size()], 0);
        state.reset(0, 0, 0);
        return List.of(state);
    }

    @Override
    public List<Action> actions() {
        return actions;
    }

    @Override
    public boolean step(SchedState s, Action action, Guard g) {
        SchedTransitions t = transitions;
        return switch ((SchedAction) action) {
            case SchedAction.EnterKernel a -> trap(s, a.core(), RUNNING, g);
            case SchedAction.Block a -> trap(s, a.core(), BLOCKED, g);
            case SchedAction.EndThread a -> trap(s, a.core(), INACTIVE, g);
            case SchedAction.CrashThread a -> trap(s, a.core(), FAULTED, g);
            case SchedAction.Reap a -> t.canReap(s, a.core(), g) && t.reap(s, a.core());
            case SchedAction.Tick a -> t.canTick(s, a.core(), g) && t.tick(s, a.core());
            case SchedAction.Ipi a -> t.canIpi(s, a.core(), g) && t.ipi(s, a.core());
            case SchedAction.Yield a -> t.canYield(s, a.core(), g) && t.yield(s, a.core());
            case SchedAction.Resume a -> t.canResume(s, a.core(), g) && t.resume(s, a.core());
            case SchedAction.Preempt a -> t.canPreempt(s, a.core(), g) && t.preempt(s, a.core());
            case SchedAction.Idle a -> t.canIdle(s, a.core(), g) && t.idle(s, a.core());
            case SchedAction.Signal a ->
                    t.blocked(s, a.thread(), g)
                            && t.canTrap(s, a.core(), g)
                            && t.trap(s, a.core(), RUNNING, a.thread());
            case SchedAction.Deadline a ->
                    t.blocked(s, a.thread(), g)
                            && t.canWake(s, a.core(), g)
                            && t.wake(s, a.core(), a.thread());
            case SchedAction.Dispatch a ->
                    t.canDispatch(s, a.core(), a.thread(), g)
                            && t.dispatch(s, a.core(), a.thread());
            case SchedAction.Create a ->
                    t.canCreate(s, a.core(), a.thread(), g)
                            && t.create(s, a.core(), a.thread(), a.priority());
            case SchedAction.SetPriority a ->
                    t.canSetPriority(s, a.core(), a.thread(), a.priority(), g)
                            && t.setPriority(s, a.core(), a.thread(), a.priority());
            case SchedAction.Enqueue a ->
                    t.canEnqueue(s, a.core(), a.thread(), g)
                            && t.enqueue(s, a.core(), a.thread(), a.target());
            case SchedAction.Steal a ->
                    t.canSteal(s, a.core(), a.victim(), a.thread(), g)
                            && t.steal(s, a.core(), a.victim(), a.thread());
            case SchedAction.Kick a ->
                    t.canKick(s, a.core(), a.target(), g) && t.kick(s, a.core(), a.target());
        };
    }

    private boolean trap(SchedState s, int core, int next, Guard g) {
        return transitions.canTrap(s, core, g) && transitions.trap(s, core, next, NONE);
    }

    @Override
    public List<Invariant<SchedState>> invariants() {
        return new SchedInvariants(layout).all();
    }

    @Override
    public Names names() {
        return names;
    }
}
