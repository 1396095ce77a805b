package norma.model.lock;

import static norma.model.State.NONE;

import norma.model.Guard;

/** The actions of {@code LockTable.tla}: guards ({@code canX}) apart from effects. */
public final class LockTableTransitions {
    private final int modulus;

    /** Transitions of tables with the given layout. */
    public LockTableTransitions(LockTableLayout layout) {
        modulus = layout.modulus;
    }

    /** Guard of LockTake. */
    public boolean canTake(LockTableState s, int core, int lock, Guard g) {
        return g.holds("DeclaredOrder", s.mayTake(core, lock));
    }

    /** A core draws a ticket. */
    public boolean take(LockTableState s, int core, int lock) {
        s.ticket(core, lock, s.next(lock));
        s.next(lock, (s.next(lock) + 1) % modulus);
        return true;
    }

    /** Guard of LockEnter. */
    public boolean canEnter(LockTableState s, int core, int lock, Guard g) {
        return g.holds("HasTicket", s.ticket(core, lock) != NONE)
                && g.holds("NotHeld", !s.holds(core, lock))
                && g.holds("TicketServed", s.owner(lock) == s.ticket(core, lock));
    }

    /** A core enters the critical section. */
    public boolean enter(LockTableState s, int core, int lock) {
        s.held(core, lock, true);
        return true;
    }

    /** Guard of LockLeave. */
    public boolean canLeave(LockTableState s, int core, int lock, Guard g) {
        return g.holds("Held", s.holds(core, lock));
    }

    /** A core leaves the critical section. */
    public boolean leave(LockTableState s, int core, int lock) {
        s.held(core, lock, false);
        s.ticket(core, lock, NONE);
        s.owner(lock, (s.owner(lock) + 1) % modulus);
        return true;
    }
}
