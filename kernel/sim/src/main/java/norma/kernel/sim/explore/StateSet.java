package norma.kernel.sim.explore;

/** A set of 64-bit hashes, open addressing. Two states with one hash count as one. */
final class StateSet {
    private static final int FIRST = 1 << 16;

    private long[] table = new long[FIRST];
    private long size;
    private boolean zero;

    /** Adds a hash; false if it was there. */
    boolean add(long hash) {
        if (hash == 0) {
            boolean added = !zero;
            zero = true;
            size += added ? 1 : 0;
            return added;
        }
        if (!insert(table, hash)) {
            return false;
        }
        size++;
        if (size * 2 > table.length) {
            grow();
        }
        return true;
    }

    /** Is a hash there? */
    boolean contains(long hash) {
        if (hash == 0) {
            return zero;
        }
        int mask = table.length - 1;
        int at = place(hash, mask);
        while (table[at] != 0) {
            if (table[at] == hash) {
                return true;
            }
            at = (at + 1) & mask;
        }
        return false;
    }

    private static int place(long hash, int mask) {
        return (int) (hash ^ (hash >>> 32)) & mask;
    }

    private static boolean insert(long[] table, long hash) {
        int mask = table.length - 1;
        int at = place(hash, mask);
        while (table[at] != 0) {
            if (table[at] == hash) {
                return false;
            }
            at = (at + 1) & mask;
        }
        table[at] = hash;
        return true;
    }

    private void grow() {
        long[] larger = new long[table.length * 2];
        for (long hash : table) {
            if (hash != 0) {
                insert(larger, hash);
            }
        }
        table = larger;
    }

    /** A hash of the whole set. */
    long sum() {
        long sum = size;
        for (long hash : table) {
            sum += hash * (hash | 1);
        }
        return sum;
    }

    long size() {
        return size;
    }
}
