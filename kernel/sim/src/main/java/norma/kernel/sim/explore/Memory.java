package norma.kernel.sim.explore;

import java.util.Arrays;
import norma.kernel.sim.Translations;

/**
 * The state of the machine as an array of words, with a hash that follows every change, and a log
 * to go back by.
 *
 * <p>Each cell has a mask: bits that are not kept (versions and positions in rings, which only the
 * trace's reader needs) read as 0 for the kernel and for the hash alike.
 */
final class Memory implements Translations.Words {
    private static final long CELL = 0x9E3779B97F4A7C15L;

    private final long[] values;
    private final long[] masks;

    /** Of a lock's owner word: the cell of its next ticket; else -1. */
    private final int[] nextTicket;

    /** Of a lock's owner word: the cell of its link to the lock below. */
    private final int[] below;

    /** Of a ring's head: one more than what counts of it; else 0. */
    private final long[] period;

    /** Of the head at the last mark: the cell of the head; else -1. */
    private final int[] headOfMark;

    /** Of the cells that are also hashed by themselves. */
    private final boolean[] watched;

    private long hash;
    private long watchedHash;
    private int[] changed = new int[1 << 12];
    private long[] before = new long[1 << 12];
    private int changes;

    Memory(int cells) {
        values = new long[cells];
        masks = new long[cells];
        Arrays.fill(masks, -1L);
        nextTicket = new int[cells];
        below = new int[cells];
        watched = new boolean[cells];
        period = new long[cells];
        headOfMark = new int[cells];
        Arrays.fill(nextTicket, -1);
        Arrays.fill(headOfMark, -1);
    }

    /**
     * The words of a ticket lock. When it is free, both its tickets are 0: nobody holds one, and
     * the kernel's code compares them only; its link, which is set whenever it is entered, is null.
     */
    void lock(int owner, int next, int link) {
        nextTicket[owner] = next;
        below[owner] = link;
    }

    /**
     * The words of a ring of which only counts how far its head is from where it was at the last
     * mark, up to {@code most}: the place of the mark is 0.
     */
    void ring(int head, int mark, long most) {
        period[head] = most + 1;
        headOfMark[mark] = head;
    }

    /** From now on only these bits of the cell are kept. */
    void mask(int cell, long bits) {
        masks[cell] = bits;
        set(cell, values[cell]);
    }

    @Override
    public long get(int cell) {
        return values[cell];
    }

    @Override
    public void set(int cell, long value) {
        long next = value & masks[cell];
        if (period[cell] > 0) {
            next = Math.min(next, period[cell] - 1);
        } else if (headOfMark[cell] >= 0 && next == values[headOfMark[cell]]) {
            set(headOfMark[cell], 0);
            next = 0;
        }
        long last = values[cell];
        if (next == last) {
            return;
        }
        if (changes == changed.length) {
            changed = Arrays.copyOf(changed, changes * 2);
            before = Arrays.copyOf(before, changes * 2);
        }
        changed[changes] = cell;
        before[changes] = last;
        changes++;
        replace(cell, last, next);
        int ticket = nextTicket[cell];
        if (ticket >= 0 && next != 0 && values[ticket] == next) {
            set(cell, 0);
            set(ticket, 0);
            set(below[cell], 0);
        }
    }

    private void replace(int cell, long last, long next) {
        values[cell] = next;
        long change = word(cell, next) - word(cell, last);
        hash += change;
        if (watched[cell]) {
            watchedHash += change;
        }
    }

    /** A cell that is 0 adds nothing. */
    private static long word(int cell, long value) {
        if (value == 0) {
            return 0;
        }
        long z = value * 0xD6E8FEB86659FD93L + cell * CELL;
        z = (z ^ (z >>> 30)) * 0xBF58476D1CE4E5B9L;
        z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
        return z ^ (z >>> 31);
    }

    /** Number of cells. */
    int size() {
        return values.length;
    }

    /** Hash of all cells: equal states have equal hashes. */
    long hash() {
        return hash;
    }

    /** From now on, while it is 0, the cell counts for {@link #watched}. */
    void watch(int cell) {
        watched[cell] = true;
    }

    /** Hash of the cells that are watched. */
    long watched() {
        return watchedHash;
    }

    /** How many changes there were; for {@link #back}. */
    int now() {
        return changes;
    }

    /** Undoes every change since {@code then}. */
    void back(int then) {
        while (changes > then) {
            changes--;
            int cell = changed[changes];
            replace(cell, values[cell], before[changes]);
        }
    }

    /** There is no way back from here. */
    void forget() {
        changes = 0;
    }
}
