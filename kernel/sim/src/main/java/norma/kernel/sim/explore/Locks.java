package norma.kernel.sim.explore;

import java.util.Arrays;

/**
 * Which locks a core holds, as the kernel itself keeps track of it: {@code CpuLocal.top}, and from
 * lock to lock {@code TicketLock.below}. A set of locks is two words, a bit a lock.
 */
final class Locks {
    private static final int MOST = 2 * Long.SIZE;

    private final Memory memory;

    /** Of a cell of a lock: one more than the lock's number, or 0. */
    private final int[] lockOf;

    private final boolean[] owners;
    private final boolean[] links;

    /** By the number of an object: its cell {@code below}, if it is a lock; else -1. */
    private final int[] below;

    /** By core: the cell of the lock entered last. */
    private final int[] tops;

    /** The set found last: locks 0 to 63, and 64 to 127. */
    private long low;

    private long high;

    Locks(Cells cells, Memory memory, int cores) {
        this.memory = memory;
        lockOf = new int[memory.size()];
        owners = new boolean[memory.size()];
        links = new boolean[memory.size()];
        below = new int[cells.count() + 1];
        tops = new int[cores];
        Arrays.fill(below, -1);
        int locks = 0;
        for (int cell = 0; cell < cells.count(); cell++) {
            if (cells.of(cell, "TicketLock", "owner")) {
                locks++;
                int link = cells.sibling(cell, "below");
                lockOf[cell] = locks;
                lockOf[link] = locks;
                owners[cell] = true;
                links[link] = true;
                below[cells.ownerNumber(cell)] = link;
            } else if (cells.of(cell, "CpuLocal", "top")) {
                links[cell] = true;
                int core = (int) cells.read(cells.sibling(cell, "index"));
                if (core < cores) {
                    tops[core] = cell;
                }
            }
        }
        if (locks > MOST) {
            throw new Inconsistent("more than " + MOST + " locks");
        }
    }

    /** Finds the locks that a core holds. */
    void find(int core) {
        low = 0;
        high = 0;
        int lock = (int) memory.get(tops[core]);
        while (lock != 0) {
            int link = below[lock];
            low |= bit(link, 0);
            high |= bit(link, 1);
            lock = (int) memory.get(link);
        }
    }

    long low() {
        return low;
    }

    long high() {
        return high;
    }

    /** Does a write of the cell change which locks are held? */
    boolean links(int cell) {
        return links[cell];
    }

    /** Is the cell a lock's ticket that may enter? */
    boolean owner(int cell) {
        return owners[cell];
    }

    /** A word of the set of the one lock that a cell belongs to; 0 if it belongs to none. */
    long bit(int cell, int word) {
        int lock = lockOf[cell] - 1;
        return lock >= 0 && lock / Long.SIZE == word ? 1L << lock : 0;
    }
}
