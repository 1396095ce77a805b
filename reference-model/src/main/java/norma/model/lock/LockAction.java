package norma.model.lock;

import norma.model.Action;

/** The actions of {@code TicketLock.tla}, one record each. */
public sealed interface LockAction extends Action {
    /** The thread context of a core masks interrupts. */
    record Mask(int core) implements LockAction {}

    /** A core takes an interrupt. */
    record Interrupt(int core) implements LockAction {}

    /** A context draws a ticket. */
    record Take(int core, int level) implements LockAction {}

    /** A context sees its ticket served. */
    record Enter(int core, int level) implements LockAction {}

    /** The holder serves the next ticket and restores interrupts. */
    record Release(int core, int level) implements LockAction {}
}
