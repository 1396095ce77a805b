package norma.kernel.sim.explore;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * What cores access: the cells of the step in progress, and over a whole exploration which cells
 * more than one core uses.
 */
final class Footprint {
    private static final int ATOMIC = 1;
    private static final int WRITE = 2;
    private static final int KINDS = 2;

    private final byte[] readers;
    private final byte[] writers;
    private int core;
    private boolean counting;

    /** What a reduced search has seen, or null if the search is none. */
    private @Nullable Guards seen;

    private @Nullable Locks locks;

    /** Locks held at each access of the step in progress, two words each. */
    private long[] held = new long[512];

    private boolean changed;

    /** The step in progress: cell and kind, and the site, per access. */
    private int[] accesses = new int[256];

    private int[] sites = new int[256];
    private int count;

    Footprint(int cells) {
        readers = new byte[cells];
        writers = new byte[cells];
    }

    /** A step of a core begins. */
    void begin(int index) {
        core = index;
        count = 0;
        changed = true;
    }

    /** From now on {@code guards} is told of every access, with the locks held. */
    void guard(Guards guards, Locks held) {
        seen = guards;
        locks = held;
    }

    /** Accesses count from now on: the machine has booted. */
    void start() {
        counting = true;
        Arrays.fill(readers, (byte) 0);
        Arrays.fill(writers, (byte) 0);
    }

    /** An access, with what it found and did. */
    void note(Node node, Node.Edge edge) {
        if (!counting) {
            return;
        }
        byte bit = (byte) (1 << core);
        if (node.reads()) {
            readers[node.cell] |= bit;
        }
        if (edge.writes) {
            writers[node.cell] |= bit;
        }
        if (count == accesses.length) {
            accesses = Arrays.copyOf(accesses, count * 2);
            sites = Arrays.copyOf(sites, count * 2);
            held = Arrays.copyOf(held, count * 4);
        }
        if (seen != null && locks != null) {
            guarded(seen, locks, node.cell, edge.writes);
        }
        int kind = (node.point() ? ATOMIC : 0) | (edge.writes ? WRITE : 0);
        accesses[count] = node.cell << KINDS | kind;
        sites[count] = node.site;
        count++;
    }

    private void guarded(Guards guards, Locks all, int cell, boolean write) {
        if (changed) {
            all.find(core);
            changed = false;
        }
        held[2 * count] = all.low();
        held[2 * count + 1] = all.high();
        guards.note(cell, write, all.low(), all.high());
        changed = write && all.links(cell);
        int users = readers[cell] | writers[cell];
        if (writers[cell] != 0 && (users & (users - 1)) != 0) {
            guards.share(cell);
        }
    }

    /**
     * If those guards are right: does the step in progress commute with everything that the other
     * cores can do before it? {@code locks} has the state after it.
     *
     * <p>A lock's own words follow from what a lock is: while a core is the one that may be in it,
     * from the ticket that it drew on, nobody else writes its {@code owner} or {@code below}. Who
     * leaves a lock that it is not in breaks an assertion of the kernel's.
     */
    boolean alone(Guards guards, Locks locks) {
        locks.find(core);
        for (int i = 0; i < count; i++) {
            int cell = accesses[i] >> KINDS;
            boolean write = (accesses[i] & WRITE) != 0;
            boolean own =
                    !(write && locks.owner(cell))
                            && ((locks.bit(cell, 0) & (held[2 * i] | locks.low())) != 0
                                    || (locks.bit(cell, 1) & (held[2 * i + 1] | locks.high()))
                                            != 0);
            if (!own && !guards.alone(cell, write, held[2 * i], held[2 * i + 1])) {
                return false;
            }
        }
        return true;
    }

    /** The step in progress, to be compared with a later one. */
    Trace trace() {
        return new Trace(Arrays.copyOf(accesses, count), Arrays.copyOf(sites, count));
    }

    /** The accesses of a step. */
    static final class Trace {
        static final Trace NONE = new Trace(new int[0], new int[0]);

        private final int[] accesses;
        private final int[] sites;

        Trace(int[] accesses, int[] sites) {
            this.accesses = accesses;
            this.sites = sites;
        }
    }

    /**
     * Two accesses that nothing orders: a plain one of {@code before}, a step of another core that
     * came immediately before the step in progress, and one of that. Null if there is none; else
     * the cell and the two sites.
     */
    int @Nullable [] race(Trace before) {
        for (int i = 0; i < before.accesses.length; i++) {
            int earlier = before.accesses[i];
            if ((earlier & ATOMIC) != 0) {
                continue;
            }
            for (int k = 0; k < count; k++) {
                int later = accesses[k];
                if (earlier >> KINDS == later >> KINDS && ((earlier | later) & WRITE) != 0) {
                    return new int[] {earlier >> KINDS, before.sites[i], sites[k]};
                }
            }
        }
        return null;
    }
}
