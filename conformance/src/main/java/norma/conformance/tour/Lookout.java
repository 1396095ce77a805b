package norma.conformance.tour;

import static norma.model.State.NONE;

import java.util.Arrays;
import java.util.BitSet;
import java.util.function.Supplier;
import norma.abi.Record;
import norma.conformance.forced.Rehearsal;
import norma.model.kernel.KernelState;

/**
 * Lets cores of a rehearsal look for a thread when a way wants it, and knows who has: where a core
 * has got to is seen from the locks that it asks for.
 */
final class Lookout {
    /** Steps of a core from one lock to the next. */
    private static final int LONG = 5_000;

    /** Locks that it has asked for when it has not found anybody to steal: one, and two. */
    private static final int STOLEN = 3;

    private final Rehearsal rehearsal;
    private final Ways ways;

    /** Where the run is. */
    private final Supplier<KernelState> at;

    /** What each core has found. */
    private final int[] found;

    /** Locks of cores that each has asked for since it looks for a thread. */
    private final int[] asked;

    /** Cores that have something else to do before they look. */
    private final BitSet busy = new BitSet();

    /** Cores that cannot go on unheard until somebody has acted. */
    private final BitSet stuck = new BitSet();

    Lookout(Rehearsal rehearsal, Ways ways, int cores, Supplier<KernelState> at) {
        this.rehearsal = rehearsal;
        this.ways = ways;
        this.at = at;
        found = new int[cores];
        asked = new int[cores];
    }

    /** Nobody has looked. */
    void begin() {
        Arrays.fill(found, Looks.NOT_YET);
        Arrays.fill(asked, 0);
        stuck.clear();
        busy.clear();
    }

    /** A core has made a record: it looks anew. */
    void acted(int core) {
        found[core] = Looks.NOT_YET;
        asked[core] = 0;
        stuck.clear();
    }

    private boolean looks(int core) {
        return found.length > 1 && !busy.get(core) && Looks.looks(at.get().sched(), core);
    }

    /** Where the run may be: who has something else to do first does not look. */
    void at(BitSet pairs) {
        for (int core = 0; core < found.length; core++) {
            int each = core;
            busy.set(core, pairs.stream().allMatch(pair -> ways.busy(pair, each)));
        }
    }

    /** A core goes on; false if that changes nothing. */
    boolean go(int core) {
        int before = asked[core];
        if (looks(core) && rehearsal.asks(core) == Record.LOCK_CORE) {
            asked[core]++;
        }
        if (!rehearsal.go(core)) {
            return false;
        }
        settle(core, before);
        return true;
    }

    /** A core in the kernel goes on unless that makes a record; false if it does not. */
    boolean goUnheard(int core) {
        int before = asked[core];
        boolean asks = looks(core) && rehearsal.asks(core) == Record.LOCK_CORE;
        if (!rehearsal.goUnheard(core)) {
            return false;
        }
        if (asks) {
            asked[core]++;
        }
        settle(core, before);
        return true;
    }

    /** Who has begun to look comes to the next lock: then it is known what it has found. */
    private void settle(int core, int before) {
        if (asked[core] == 0) {
            return;
        }
        for (int i = 0; i < LONG && rehearsal.asks(core) == 0; i++) {
            if (!rehearsal.goUnheard(core)) {
                return;
            }
        }
        KernelState state = at.get();
        int rank = rehearsal.asks(core);
        boolean others = state.sched().readyCount(1 - core) > 0;
        if (rank == Record.LOCK_SPACE) {
            // Whose tables are loaded does not look for others of the only space.
            boolean none = state.spaces().root(core) == NONE;
            found[core] = none ? Looks.OTHER_TABLES : Looks.NOBODY;
        } else if (rank == Record.LOCK_CORE
                && found[core] == Looks.NOBODY
                && asked[core] > before) {
            // It could not halt, since somebody has come.
            acted(core);
        } else if (rank == Record.LOCK_CORE && asked[core] == 1) {
            found[core] = others ? Looks.NONE_OWN : Looks.NOBODY;
        } else if (rank == Record.LOCK_CORE && asked[core] == STOLEN) {
            found[core] = Looks.NOBODY;
        }
    }

    /** Those who are to have looked look; false if they do not find what they are to find. */
    boolean look(int pair) {
        boolean well = true;
        for (int core = 0; core < found.length && found.length > 1; core++) {
            int wanted = ways.found(pair, core);
            if (wanted == Looks.NOBODY && found[core] == Looks.NOT_YET) {
                hide(core);
            }
            boolean goesOn = looks(core);
            for (int i = 0; i < LONG && goesOn && canFind(core, wanted); i++) {
                goesOn = goUnheard(core) || helped(core);
            }
            stuck.set(core, !goesOn);
            well &= found[core] == wanted;
        }
        return well;
    }

    /** The other core comes to where it has taken its thread, but has not said so. */
    private void hide(int core) {
        if (at.get().sched().readyCount(core) == 0 && at.get().sched().readyCount(1 - core) > 0) {
            for (int i = 0; i < LONG && goUnheard(1 - core); i++) {
                // It is in the kernel, and goes on to its next record.
            }
        }
    }

    /** Can a core find something, without a step of the other, after what it has found? */
    private boolean canFind(int core, int wanted) {
        if (stuck.get(core)) {
            return false;
        }
        KernelState state = at.get();
        boolean others = state.sched().readyCount(1 - core) > 0;
        return switch (found[core]) {
            case Looks.NOT_YET -> wanted != Looks.NOT_YET;
            case Looks.NONE_OWN ->
                    wanted == Looks.NOBODY && (!others || state.sched().readyCount(core) > 0)
                            || wanted == Looks.OTHER_TABLES
                                    && others
                                    && state.spaces().root(core) == NONE;
            case Looks.NOBODY ->
                    state.spaces().root(core) == NONE
                            && state.sched().readyCount(core) > 0
                            && wanted != Looks.NONE_OWN;
            default -> false;
        };
    }

    /** The other core holds a lock yet: it goes on until the core can. */
    private boolean helped(int core) {
        for (int i = 0; i < LONG && goUnheard(1 - core); i++) {
            if (goUnheard(core)) {
                return true;
            }
        }
        return false;
    }

    /** The pairs in which each core has found what it has; all, if there are none. */
    BitSet among(BitSet pairs) {
        return filter(pairs, false);
    }

    /** Those in which it has, or can yet. */
    BitSet still(BitSet pairs) {
        return filter(pairs, true);
    }

    private BitSet filter(BitSet pairs, boolean later) {
        BitSet left = new BitSet();
        for (int pair = pairs.nextSetBit(0); pair >= 0; pair = pairs.nextSetBit(pair + 1)) {
            boolean fits = true;
            for (int core = 0; core < found.length; core++) {
                int finds = ways.found(pair, core);
                fits &= finds == found[core] || later && canFind(core, finds);
            }
            left.set(pair, fits);
        }
        return left.isEmpty() ? pairs : left;
    }
}
