package norma.model.lock;

import static norma.model.State.NONE;

import java.util.List;
import norma.model.Invariant;

/** The state invariants of {@code LockTable.tla}, per lock. */
public final class LockTableInvariants {
    private final LockTableLayout layout;

    /** Invariants of tables with the given layout. */
    public LockTableInvariants(LockTableLayout layout) {
        this.layout = layout;
    }

    /** All of them. */
    public List<Invariant<LockTableState>> all() {
        return List.of(
                new Invariant<>("LockMutex", "lock", (s, l) -> holders(s, l) <= 1),
                new Invariant<>("HeldIsServed", "lock", this::heldIsServed),
                new Invariant<>("LockAccounting", "lock", this::accounting),
                new Invariant<>("LockOrderKept", "core", this::orderKept));
    }

    private int holders(LockTableState s, int lock) {
        int count = 0;
        for (int core = 0; core < layout.cores; core++) {
            count += s.holds(core, lock) ? 1 : 0;
        }
        return count;
    }

    private boolean heldIsServed(LockTableState s, int lock) {
        for (int core = 0; core < layout.cores; core++) {
            if (s.holds(core, lock) && s.ticket(core, lock) != s.owner(lock)) {
                return false;
            }
        }
        return true;
    }

    private boolean accounting(LockTableState s, int lock) {
        int tickets = 0;
        for (int core = 0; core < layout.cores; core++) {
            tickets += s.ticket(core, lock) != NONE ? 1 : 0;
        }
        return Math.floorMod(s.next(lock) - s.owner(lock), layout.modulus) == tickets;
    }

    private boolean orderKept(LockTableState s, int core) {
        boolean waiting = false;
        int left = s.drawn(core);
        for (int lock = 0; left > 0; lock++) {
            if (s.ticket(core, lock) != NONE) {
                left--;
                if (waiting) {
                    return false; // something is held, or waited for, behind what is waited for
                }
                waiting = !s.holds(core, lock);
            }
        }
        return true;
    }
}
