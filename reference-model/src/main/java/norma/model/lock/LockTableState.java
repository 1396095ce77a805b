package norma.model.lock;

import java.util.List;
import norma.model.CanonicalText;
import norma.model.State;

/** The variables of {@code LockTable.tla}; locks are numbered in the declared order. */
public final class LockTableState extends State {
    private static final List<String> VARIABLES = List.of("held", "next", "owner", "ticket");

    private final LockTableLayout at;

    /** A window of an array that holds a lock table of the given layout. */
    public LockTableState(LockTableLayout layout, long[] words, int base) {
        super(words, base, layout.size());
        at = layout;
    }

    /** Sets the initial values. */
    public void reset() {
        fill(0, at.size, 0);
        fill(at.ticket, at.cores * at.locks, NONE);
    }

    /** Next ticket of a lock. */
    public int next(int lock) {
        return get(at.next + lock);
    }

    /** Ticket that may enter. */
    public int owner(int lock) {
        return get(at.owner + lock);
    }

    /** Ticket that a core has drawn, or NONE. */
    public int ticket(int core, int lock) {
        return get(at.ticket + core * at.locks + lock);
    }

    /**
     * Whether a core is in a lock's critical section; a lock outside the machine counts as held.
     */
    public boolean holds(int core, int lock) {
        return lock == NONE || get(at.held + core * at.locks + lock) != 0;
    }

    /** Whether some core is in a lock's critical section. */
    public boolean isHeld(int lock) {
        for (int core = 0; core < at.cores; core++) {
            if (get(at.held + core * at.locks + lock) != 0) {
                return true;
            }
        }
        return false;
    }

    /** Number of tickets that a core has. */
    public int drawn(int core) {
        return get(at.drawn + core);
    }

    /** Whether a core waits for no lock and holds only locks before the given one. */
    public boolean mayTake(int core, int lock) {
        int left = drawn(core);
        for (int other = 0; left > 0; other++) {
            if (ticket(core, other) != NONE) {
                left--;
                if (other >= lock || !holds(core, other)) {
                    return false;
                }
            }
        }
        return true;
    }

    /**
     * A lock that nobody has or waits for counts from ticket 0 again. Nothing that follows depends
     * on how often it was taken before, since tickets are only compared; so who looks for states
     * that were visited before may take both for one.
     */
    public void recount(int lock) {
        if (next(lock) == owner(lock)) {
            next(lock, 0);
            owner(lock, 0);
        }
    }

    void next(int lock, int value) {
        set(at.next + lock, value);
    }

    void owner(int lock, int value) {
        set(at.owner + lock, value);
    }

    void ticket(int core, int lock, int value) {
        int change = (value == NONE ? 0 : 1) - (ticket(core, lock) == NONE ? 0 : 1);
        set(at.drawn + core, drawn(core) + change);
        set(at.ticket + core * at.locks + lock, value);
    }

    void held(int core, int lock, boolean value) {
        set(at.held + core * at.locks + lock, value ? 1 : 0);
    }

    @Override
    public LockTableState copy() {
        return new LockTableState(at, cloneWords(), base());
    }

    @Override
    public List<String> variables() {
        return VARIABLES;
    }

    @Override
    public boolean write(String variable, CanonicalText out) {
        switch (variable) {
            case "held" -> out.function("core", c -> out.set("lock", l -> holds(c, l)));
            case "next" -> out.function("lock", l -> out.number(next(l)));
            case "owner" -> out.function("lock", l -> out.number(owner(l)));
            case "ticket" ->
                    out.function("core", c -> out.function("lock", l -> out.number(ticket(c, l))));
            default -> {
                return false;
            }
        }
        return true;
    }
}
