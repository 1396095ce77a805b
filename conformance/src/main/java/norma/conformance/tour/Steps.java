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
            default -> null;
        };
    }

    private static int index(int parameter) {
        return parameter == Record.NONE ? State.NONE : parameter;
    }
}
