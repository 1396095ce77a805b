package norma.kernel.sim.explore;

import java.util.Arrays;

/**
 * Which words cores share, and which locks guard them, as far as has been seen: what the reduced
 * search assumes, and whether a search has borne it out.
 *
 * <p>Of a word: the locks that were held at every write ({@code writes}), and those that were held
 * at every access ({@code all}). Who holds one of the first may read, and who holds one of the
 * second may write, and nobody else can do anything about it before the lock is left.
 */
final class Guards {
    private final boolean[] shared;
    private final long[] writes;
    private final long[] all;

    /** Of every word: nobody shares it, all locks guard it. */
    Guards(int cells) {
        shared = new boolean[cells];
        writes = new long[2 * cells];
        all = new long[2 * cells];
        Arrays.fill(writes, -1L);
        Arrays.fill(all, -1L);
    }

    /** Several cores use the word, one of them writing. */
    void share(int cell) {
        shared[cell] = true;
    }

    boolean isShared(int cell) {
        return shared[cell];
    }

    /** An access by who holds the locks of the set. */
    void note(int cell, boolean write, long low, long high) {
        all[2 * cell] &= low;
        all[2 * cell + 1] &= high;
        if (write) {
            writes[2 * cell] &= low;
            writes[2 * cell + 1] &= high;
        }
    }

    /** May who holds these locks access the word, and nobody is in the way? */
    boolean alone(int cell, boolean write, long low, long high) {
        if (!shared[cell]) {
            return true;
        }
        long[] guards = write ? all : writes;
        return (guards[2 * cell] & low) != 0 || (guards[2 * cell + 1] & high) != 0;
    }

    /** Is more assumed than what was seen? */
    boolean exceeds(Guards seen) {
        for (int cell = 0; cell < shared.length; cell++) {
            if (seen.shared[cell] && !shared[cell]) {
                return true;
            }
            for (int i = 2 * cell; i < 2 * cell + 2 && shared[cell]; i++) {
                if ((all[i] & ~seen.all[i]) != 0 || (writes[i] & ~seen.writes[i]) != 0) {
                    return true;
                }
            }
        }
        return false;
    }

    /** Assumes no more than what was seen; did it assume more? */
    boolean restrict(Guards seen) {
        boolean more = exceeds(seen);
        for (int cell = 0; cell < shared.length; cell++) {
            shared[cell] |= seen.shared[cell];
        }
        for (int i = 0; i < all.length; i++) {
            all[i] &= seen.all[i];
            writes[i] &= seen.writes[i];
        }
        return more;
    }
}
