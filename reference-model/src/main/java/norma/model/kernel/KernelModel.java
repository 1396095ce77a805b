package norma.model.kernel;

import java.util.ArrayList;
import java.util.List;
import norma.model.Action;
import norma.model.Guard;
import norma.model.Invariant;
import norma.model.Model;
import norma.model.Names;
import norma.model.Observation;
import norma.model.ipc.IpcTransitions;
import norma.model.lock.LockTableTransitions;
import norma.model.sched.SchedTransitions;
import norma.model.space.SpaceTransitions;

/**
 * The composed machine of {@code Kernel.tla}.
 *
 * <p>The explorer calls {@link #step} with records; the live validator may call {@link #calls()}
 * and {@link #duties()} directly, which allocates nothing. Both run the same code.
 */
public final class KernelModel implements Model<KernelState> {
    private final KernelLayout layout;
    private final KernelCalls calls;
    private final KernelDuties duties;
    private final KernelSpaces spaces;
    private final Names names;

    /** The machine with the given constants. */
    public KernelModel(KernelConstants constants) {
        layout = new KernelLayout(constants);
        IpcTransitions ipc = new IpcTransitions(layout.ipcLayout);
        SchedTransitions sched = new SchedTransitions(layout.schedLayout);
        SpaceTransitions pages = new SpaceTransitions(layout.spaceLayout);
        calls = new KernelCalls(layout, ipc, sched);
        spaces = new KernelSpaces(layout, ipc, sched, pages);
        duties = new KernelDuties(layout, ipc, sched, new LockTableTransitions(layout.lockLayout));
        names = layout.names();
    }

    /** A fresh initial state. */
    public KernelState initial() {
        return new KernelState(layout);
    }

    /** Puts observations into {@code state}. */
    public KernelObserver observer(KernelState state, Observation seen) {
        return new KernelObserver(layout, state, seen);
    }

    /** Numbers of the locks. */
    public KernelLayout layout() {
        return layout;
    }

    /** System calls and faults, one method an action. */
    public KernelCalls calls() {
        return calls;
    }

    /** Interrupts, duties, leaving the kernel, locks, one method an action. */
    public KernelDuties duties() {
        return duties;
    }

    /** Address spaces, one method an action. */
    public KernelSpaces spaces() {
        return spaces;
    }

    @Override
    public List<KernelState> initialStates() {
        return List.of(initial());
    }

    @Override
    public List<KernelAction> actions() {
        return new KernelActions(layout).all();
    }

    /** Those of the given actions that are enabled, for a report. */
    public List<KernelAction> enabled(KernelState state, List<KernelAction> candidates) {
        List<KernelAction> enabled = new ArrayList<>();
        Guard guard = new Guard();
        for (KernelAction action : candidates) {
            guard.begin();
            if (step(state.copy(), action, guard)) {
                enabled.add(action);
            }
        }
        return enabled;
    }

    /** Kernel duties that a state leaves undone; see {@link KernelDebts}. */
    public List<KernelAction> due(KernelState state) {
        return new KernelDebts(layout).of(state);
    }

    /** Every action of one core, with payloads and deadlines as the constants bound them. */
    public List<KernelAction> actionsOf(int core) {
        return new KernelActions(layout).of(core);
    }

    @Override
    public boolean step(KernelState s, Action action, Guard g) {
        return action instanceof KernelAction.SpaceStep step
                ? step(s, step, g)
                : step(s, (KernelAction.OtherStep) action, g);
    }

    private boolean step(KernelState s, KernelAction.SpaceStep action, Guard g) {
        return switch (action) {
            case KernelAction.Map a -> spaces.map(s, a.core(), a.lo(), a.hi(), a.protection(), g);
            case KernelAction.Unmap a -> spaces.unmap(s, a.core(), a.lo(), a.hi(), g);
            case KernelAction.Protect a ->
                    spaces.protect(s, a.core(), a.lo(), a.hi(), a.protection(), g);
            case KernelAction.Fork a -> spaces.fork(s, a.core(), a.thread(), a.space(), g);
            case KernelAction.Leave a -> spaces.leave(s, a.core(), g);
            case KernelAction.WaitTurn a -> spaces.waitTurn(s, a.core(), g);
            case KernelAction.Fill a -> spaces.fill(s, a.core(), a.page(), a.frame(), g);
            case KernelAction.Allow a -> spaces.allow(s, a.core(), a.page(), g);
            case KernelAction.Copy a -> spaces.copy(s, a.core(), a.page(), a.frame(), g);
            case KernelAction.Share a -> spaces.share(s, a.core(), a.page(), g);
            case KernelAction.Clear a -> spaces.clear(s, a.core(), a.page(), g);
            case KernelAction.Tighten a -> spaces.tighten(s, a.core(), a.page(), g);
            case KernelAction.Shoot a -> spaces.shoot(s, a.core(), g);
            case KernelAction.FreeFrame a -> spaces.freeFrame(s, a.core(), a.frame(), g);
            case KernelAction.Finish a -> spaces.finish(s, a.core(), g);
            case KernelAction.Acknowledge a -> spaces.acknowledge(s, a.core(), g);
            case KernelAction.Release a -> spaces.release(s, a.core(), a.space(), g);
            case KernelAction.Admit a -> spaces.admit(s, a.core(), a.space(), g);
            case KernelAction.Bear a -> spaces.bear(s, a.core(), a.space(), a.thread(), g);
            case KernelAction.FreeSpace a -> spaces.freeSpace(s, a.core(), a.space(), g);
            case KernelAction.Load a -> spaces.load(s, a.core(), a.space(), g);
        };
    }

    private boolean step(KernelState s, KernelAction.OtherStep action, Guard g) {
        return switch (action) {
            case KernelAction.Call a ->
                    calls.call(s, a.core(), a.channel(), a.payload(), a.timed(), g);
            case KernelAction.Receive a -> calls.receive(s, a.core(), a.channel(), g);
            case KernelAction.Reply a ->
                    calls.reply(s, a.core(), a.channel(), a.tag(), a.payload(), g);
            case KernelAction.Cancel a -> calls.cancel(s, a.core(), a.peer(), g);
            case KernelAction.Restart a -> calls.restart(s, a.core(), a.channel(), g);
            case KernelAction.Spawn a ->
                    calls.spawn(s, a.core(), a.thread(), a.priority(), a.channel(), g);
            case KernelAction.Exit a -> calls.exit(s, a.core(), g);
            case KernelAction.Die a -> calls.die(s, a.core(), a.channel(), g);
            case KernelAction.Sleep a -> calls.sleep(s, a.core(), g);
            case KernelAction.Yield a -> calls.yield(s, a.core(), g);
            case KernelAction.Refuse a -> calls.refuse(s, a.core(), g);
            case KernelAction.Fault a -> calls.fault(s, a.core(), g);
            case KernelAction.Tick a -> duties.tick(s, a.core(), g);
            case KernelAction.Ipi a -> duties.ipi(s, a.core(), g);
            case KernelAction.TimeOut a -> duties.timeOut(s, a.core(), a.peer(), g);
            case KernelAction.Wake a -> duties.wake(s, a.core(), a.thread(), g);
            case KernelAction.Grant a -> duties.grant(s, a.core(), a.channel(), g);
            case KernelAction.FailCall a -> duties.failCall(s, a.core(), a.channel(), g);
            case KernelAction.Inherit a -> duties.inherit(s, a.core(), a.channel(), a.thread(), g);
            case KernelAction.Donate a -> duties.donate(s, a.core(), a.peer(), g);
            case KernelAction.Enqueue a -> duties.enqueue(s, a.core(), a.thread(), a.target(), g);
            case KernelAction.Kick a -> duties.kick(s, a.core(), a.target(), g);
            case KernelAction.Dispatch a -> duties.dispatch(s, a.core(), a.thread(), g);
            case KernelAction.Steal a -> duties.steal(s, a.core(), a.victim(), a.thread(), g);
            case KernelAction.Resume a -> duties.resume(s, a.core(), g);
            case KernelAction.Preempt a -> duties.preempt(s, a.core(), g);
            case KernelAction.Idle a -> duties.idle(s, a.core(), g);
            case KernelAction.LockTake a -> duties.lockTake(s, a.core(), a.lock(), g);
            case KernelAction.LockEnter a -> duties.lockEnter(s, a.core(), a.lock(), g);
            case KernelAction.LockLeave a -> duties.lockLeave(s, a.core(), a.lock(), g);
        };
    }

    @Override
    public List<Invariant<KernelState>> invariants() {
        return new KernelInvariants(layout).all();
    }

    @Override
    public Names names() {
        return names;
    }
}
