package norma.conformance.tour;

import static norma.model.State.NONE;

import norma.model.Action;
import norma.model.kernel.KernelAction;
import norma.model.kernel.KernelConstants;
import norma.model.kernel.KernelState;
import norma.model.sched.SchedState;

/**
 * How one of two cores looks for a thread: first in its own queue, then in the other's; what it has
 * found by then decides what it does, whatever becomes of the queues meanwhile.
 */
final class Looks {
    /** The core has not looked yet, or does not look at all. */
    static final int NOT_YET = 0;

    /** Its own queue was empty. */
    static final int NONE_OWN = 1;

    /** There was nobody, nor could one be stolen. */
    static final int NOBODY = 2;

    /** There was somebody of other tables than those that are loaded. */
    static final int OTHER_TABLES = 3;

    /** Bits of what a core has found. */
    static final int BITS = 2;

    private static final int CORES = 2;

    private final boolean spaces;

    Looks(KernelConstants constants) {
        if (constants.cores() > CORES || constants.spaces().spaces() > 1) {
            throw new IllegalArgumentException(
                    "how cores look for threads is told for two cores and one space");
        }
        spaces = constants.spaces().spaces() > 0;
    }

    /** Does a core in the kernel look for a thread, once it has paid what it owes? */
    static boolean looks(SchedState sched, int core) {
        boolean looks = sched.mode(core) == SchedState.KERNEL && sched.cur(core) == NONE;
        return looks
                && sched.wokenCount(core) == 0
                && !sched.owesKick(core, 0)
                && !sched.owesKick(core, 1);
    }

    /** What a core can have found that goes on in a state: a bit for each. */
    int reached(int found, KernelState s, int core) {
        if (!looks(s.sched(), core)) {
            return 1 << NOT_YET;
        }
        int reached = 1 << found;
        for (int before = 0; before != reached; ) {
            before = reached;
            for (int at = NOT_YET; at <= OTHER_TABLES; at++) {
                reached |= (before >> at & 1) != 0 ? next(at, s, core) : 0;
            }
        }
        return reached;
    }

    private int next(int found, KernelState s, int core) {
        boolean empty = s.sched().readyCount(core) == 0;
        return switch (found) {
            case NOT_YET ->
                    empty ? 1 << NONE_OWN : otherTables(s, core, core) ? 1 << OTHER_TABLES : 0;
            case NONE_OWN -> {
                int next = !empty || !crowded(s, core) ? 1 << NOBODY : 0;
                yield empty && otherTables(s, core, 1 - core) ? next | 1 << OTHER_TABLES : next;
            }
            // It cannot halt, or its process is gone: it looks again.
            case NOBODY -> !empty && !loaded(s, core) ? 1 << NOT_YET : 0;
            default -> s.spaces().deserted(0) ? 1 << NOT_YET : 0;
        };
    }

    private boolean loaded(KernelState s, int core) {
        return spaces && s.spaces().root(core) != NONE;
    }

    /** Is the first thread of a queue one of other tables than a core's? */
    private boolean otherTables(KernelState s, int core, int queue) {
        return spaces
                && s.sched().readyCount(queue) > 0
                && s.spaces().space(s.sched().ready(queue, 0)) != s.spaces().root(core);
    }

    /**
     * Is there something to steal for a core? Not surely if the other is about to take its thread:
     * a queue's length is published before the event is recorded.
     */
    private boolean crowded(KernelState s, int core) {
        int other = 1 - core;
        int ready = s.sched().readyCount(other);
        boolean takes = looks(s.sched(), other) && !otherTables(s, other, other);
        return ready > (takes ? 1 : 0);
    }

    /** May a core do such a thing in the kernel, having found that? */
    static boolean allows(int found, Action action) {
        return switch ((KernelAction) action) {
            case KernelAction.Steal a -> found == NONE_OWN;
            case KernelAction.Idle a -> found == NOBODY;
            case KernelAction.Load load -> found == (load.space() == NONE ? NOBODY : OTHER_TABLES);
            default -> found == NOT_YET;
        };
    }
}
