package norma.conformance.tour;

import norma.abi.Event;
import norma.abi.Record;
import norma.conformance.check.EventView;
import norma.model.State;
import norma.model.kernel.KernelAction;
import org.jspecify.annotations.Nullable;

/** The action of {@code Kernel.tla} that an event is, with its parameters. */
final class Steps {
    private Steps() {}

    /** The action; null for what is no step: marks, snapshots. */
    static @Nullable KernelAction of(EventView e) {
        int c = e.core();
        return switch (e.kind()) {
            case Event.CALL -> new KernelAction.Call(c, e.p(1), e.word(), e.p(2) == 1);
            case Event.RECEIVE -> new KernelAction.Receive(c, e.p(1));
            case Event.REPLY -> new KernelAction.Reply(c, e.p(1), e.p(2), e.word());
            case Event.CANCEL -> new KernelAction.Cancel(c, e.p(1));
            case Event.RESTART -> new KernelAction.Restart(c, e.p(1));
            case Event.SPAWN -> new KernelAction.Spawn(c, e.p(1), e.p(2), index(e.p(3)));
            case Event.EXIT -> new KernelAction.Exit(c);
            case Event.DIE -> new KernelAction.Die(c, e.p(1));
            case Event.SLEEP -> new KernelAction.Sleep(c);
            case Event.YIELD -> new KernelAction.Yield(c);
            case Event.REFUSE -> new KernelAction.Refuse(c);
            case Event.FAULT -> new KernelAction.Fault(c);
            default -> duty(e, c);
        };
    }

    private static @Nullable KernelAction duty(EventView e, int c) {
        return switch (e.kind()) {
            case Event.TICK -> new KernelAction.Tick(c);
            case Event.IPI -> new KernelAction.Ipi(c);
            case Event.TIME_OUT -> new KernelAction.TimeOut(c, e.p(0));
            case Event.WAKE -> new KernelAction.Wake(c, e.p(0));
            case Event.GRANT -> new KernelAction.Grant(c, e.p(0));
            case Event.FAIL_CALL -> new KernelAction.FailCall(c, e.p(0));
            case Event.INHERIT -> new KernelAction.Inherit(c, e.p(0), e.p(1));
            case Event.DONATE -> new KernelAction.Donate(c, e.p(0));
            case Event.ENQUEUE -> new KernelAction.Enqueue(c, e.p(0), e.p(1));
            case Event.KICK -> new KernelAction.Kick(c, e.p(0));
            case Event.DISPATCH -> new KernelAction.Dispatch(c, e.p(0));
            case Event.STEAL -> new KernelAction.Steal(c, e.p(0), e.p(1));
            case Event.RESUME -> new KernelAction.Resume(c);
            case Event.PREEMPT -> new KernelAction.Preempt(c);
            case Event.IDLE -> new KernelAction.Idle(c);
            default -> space(e, c);
        };
    }

    private static @Nullable KernelAction space(EventView e, int c) {
        int low = (int) e.word();
        int high = (int) (e.word() >>> Integer.SIZE);
        return switch (e.kind()) {
            case Event.MAP -> new KernelAction.Map(c, low, high, e.p(2));
            case Event.UNMAP -> new KernelAction.Unmap(c, low, high);
            case Event.PROTECT -> new KernelAction.Protect(c, low, high, e.p(2));
            case Event.FORK -> new KernelAction.Fork(c, e.p(2), index(e.p(3)));
            case Event.LEAVE -> new KernelAction.Leave(c);
            case Event.WAIT_TURN -> new KernelAction.WaitTurn(c);
            case Event.FILL -> new KernelAction.Fill(c, low, high);
            case Event.ALLOW -> new KernelAction.Allow(c, low);
            case Event.COPY -> new KernelAction.Copy(c, low, high);
            default -> job(e, c, low);
        };
    }

    private static @Nullable KernelAction job(EventView e, int c, int low) {
        return switch (e.kind()) {
            case Event.CLEAR -> new KernelAction.Clear(c, low);
            case Event.TIGHTEN -> new KernelAction.Tighten(c, low);
            case Event.SHARE -> new KernelAction.Share(c, low);
            case Event.SHOOT -> new KernelAction.Shoot(c);
            case Event.FREE_FRAME -> new KernelAction.FreeFrame(c, low);
            case Event.FINISH -> new KernelAction.Finish(c);
            case Event.ACKNOWLEDGE -> new KernelAction.Acknowledge(c);
            case Event.RELEASE -> new KernelAction.Release(c, e.p(0));
            case Event.ADMIT -> new KernelAction.Admit(c, e.p(0));
            case Event.BEAR -> new KernelAction.Bear(c, e.p(0), e.p(1));
            case Event.FREE_SPACE -> new KernelAction.FreeSpace(c, e.p(0));
            case Event.LOAD -> new KernelAction.Load(c, index(e.p(1)));
            default -> null;
        };
    }

    /** The core that acts. */
    static int core(KernelAction action) {
        return switch (action) {
            case KernelAction.Call a -> a.core();
            case KernelAction.Receive a -> a.core();
            case KernelAction.Reply a -> a.core();
            case KernelAction.Cancel a -> a.core();
            case KernelAction.Restart a -> a.core();
            case KernelAction.Spawn a -> a.core();
            case KernelAction.Exit a -> a.core();
            case KernelAction.Die a -> a.core();
            case KernelAction.Sleep a -> a.core();
            case KernelAction.Yield a -> a.core();
            case KernelAction.Refuse a -> a.core();
            case KernelAction.Fault a -> a.core();
            case KernelAction.Tick a -> a.core();
            case KernelAction.Ipi a -> a.core();
            default -> dutiful(action);
        };
    }

    private static int dutiful(KernelAction action) {
        return switch (action) {
            case KernelAction.TimeOut a -> a.core();
            case KernelAction.Wake a -> a.core();
            case KernelAction.Grant a -> a.core();
            case KernelAction.FailCall a -> a.core();
            case KernelAction.Inherit a -> a.core();
            case KernelAction.Donate a -> a.core();
            case KernelAction.Enqueue a -> a.core();
            case KernelAction.Kick a -> a.core();
            case KernelAction.Dispatch a -> a.core();
            case KernelAction.Steal a -> a.core();
            case KernelAction.Resume a -> a.core();
            case KernelAction.Preempt a -> a.core();
            case KernelAction.Idle a -> a.core();
            case KernelAction.LockTake a -> a.core();
            case KernelAction.LockEnter a -> a.core();
            case KernelAction.LockLeave a -> a.core();
            default -> inSpace(action);
        };
    }

    private static int inSpace(KernelAction action) {
        return switch (action) {
            case KernelAction.Map a -> a.core();
            case KernelAction.Unmap a -> a.core();
            case KernelAction.Protect a -> a.core();
            case KernelAction.Fork a -> a.core();
            case KernelAction.Leave a -> a.core();
            case KernelAction.WaitTurn a -> a.core();
            case KernelAction.Fill a -> a.core();
            case KernelAction.Allow a -> a.core();
            case KernelAction.Copy a -> a.core();
            case KernelAction.Clear a -> a.core();
            case KernelAction.Tighten a -> a.core();
            case KernelAction.Share a -> a.core();
            case KernelAction.Shoot a -> a.core();
            case KernelAction.FreeFrame a -> a.core();
            case KernelAction.Finish a -> a.core();
            case KernelAction.Acknowledge a -> a.core();
            case KernelAction.Release a -> a.core();
            case KernelAction.Admit a -> a.core();
            case KernelAction.Bear a -> a.core();
            case KernelAction.FreeSpace a -> a.core();
            case KernelAction.Load a -> a.core();
            default -> throw new IllegalStateException("whose is " + action);
        };
    }

    private static int index(int parameter) {
        return parameter == Record.NONE ? State.NONE : parameter;
    }
}
