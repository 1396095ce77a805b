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
        }
        int kind = (node.point() ? ATOMIC : 0) | (edge.writes ? WRITE : 0);
        accesses[count] = node.cell << KINDS | kind;
        sites[count] = node.site;
        count++;
    }

    /** Do several cores use the cell, one of them writing? */
    boolean shared(int cell) {
        int all = readers[cell] | writers[cell];
        return writers[cell] != 0 && (all & (all - 1)) != 0;
    }

    /** Does the step in progress use none of the cells marked? */
    boolean avoids(boolean[] marked) {
        for (int i = 0; i < count; i++) {
            if (marked[accesses[i] >> KINDS]) {
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
