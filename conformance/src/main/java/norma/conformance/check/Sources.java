package norma.conformance.check;

import norma.abi.Event;

/** Where an action is written down: specification, model and kernel. */
public final class Sources {
    private Sources() {}

    /** One line naming the three places of a kind. */
    public static String of(int kind) {
        if (kind <= 0 || kind >= Event.LIMIT) {
            return "no action has kind " + kind;
        }
        String action = EventView.name(kind);
        return "spec/Kernel.tla action " + action + "; kernel " + kernel(kind);
    }

    private static String kernel(int kind) {
        return switch (kind) {
            case Event.CALL, Event.RECEIVE, Event.REPLY, Event.CANCEL, Event.TIME_OUT ->
                    "norma.kernel.ipc.Ipc";
            case Event.RESTART, Event.SPAWN, Event.EXIT, Event.DIE, Event.FAIL_CALL ->
                    "norma.kernel.ipc.Server";
            case Event.GRANT, Event.INHERIT, Event.DONATE -> "norma.kernel.ipc.Settlement";
            case Event.SLEEP, Event.WAKE, Event.TICK -> "norma.kernel.entry.Timers";
            case Event.REFUSE -> "norma.kernel.entry.SystemCalls";
            case Event.FAULT -> "norma.kernel.entry.KernelEntry";
            case Event.KICK, Event.IPI -> "norma.kernel.thread.Core";
            case Event.LOCK_TAKE, Event.LOCK_ENTER, Event.LOCK_LEAVE ->
                    "norma.kernel.lang.TicketLock";
            default -> "norma.kernel.sched.Scheduler";
        };
    }
}
