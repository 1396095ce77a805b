// Contract: a set of addresses as sorted ranges that neither meet nor touch, in fixed room.
// Owner: kernel/core. Invariant: 0 <= from(i) < to(i) < from(i + 1).
package norma.kernel.boot;

import norma.quals.NoAlloc;

/** Ranges of physical addresses, {@code from} up to and not including {@code to}. */
@NoAlloc
// Positions are below the count, which add and remove keep within the arrays: no type says so.
@SuppressWarnings("index")
public final class Ranges {
    private final long[] froms;
    private final long[] tos;
    private int count;

    /** Room for so many; boot only. */
    @SuppressWarnings("noallocation") // The kernel's tables are built before boot.
    Ranges(int capacity) {
        froms = new long[capacity];
        tos = new long[capacity];
    }

    /** Number of ranges. */
    public int count() {
        return count;
    }

    /** First address of a range. */
    public long from(int i) {
        return froms[i];
    }

    /** First address after a range. */
    public long to(int i) {
        return tos[i];
    }

    /** Addresses in all ranges. */
    public long bytes() {
        long sum = 0;
        for (int i = 0; i < count; i++) {
            sum += tos[i] - froms[i];
        }
        return sum;
    }

    /** Whether all these addresses are in it. */
    public boolean covers(long from, long to) {
        for (int i = 0; i < count; i++) {
            if (froms[i] <= from && to <= tos[i]) {
                return true;
            }
        }
        return from >= to;
    }

    /** Adds addresses; false if there is no room for one range more. */
    boolean add(long from, long to) {
        if (from >= to) {
            return true;
        }
        int first = 0;
        while (first < count && tos[first] < from) {
            first++;
        }
        int after = first;
        long low = from;
        long high = to;
        while (after < count && froms[after] <= to) {
            low = Math.min(low, froms[after]);
            high = Math.max(high, tos[after]);
            after++;
        }
        if (!replace(first, after, 1)) {
            return false;
        }
        froms[first] = low;
        tos[first] = high;
        return true;
    }

    /** Takes addresses away; false if there is no room for the two parts of a range. */
    boolean remove(long from, long to) {
        if (from >= to) {
            return true;
        }
        int i = 0;
        while (i < count) {
            long low = froms[i];
            long high = tos[i];
            if (high <= from || to <= low) {
                i++;
                continue;
            }
            int left = low < from ? 1 : 0;
            int right = to < high ? 1 : 0;
            if (!replace(i, i + 1, left + right)) {
                return false;
            }
            if (left == 1) {
                tos[i] = from;
                froms[i] = low;
                i++;
            }
            if (right == 1) {
                froms[i] = to;
                tos[i] = high;
                i++;
            }
        }
        return true;
    }

    /** Only whole pages stay. */
    void inPages(long page) {
        int kept = 0;
        for (int i = 0; i < count; i++) {
            long low = (froms[i] + page - 1) & -page;
            long high = tos[i] & -page;
            if (low < high) {
                froms[kept] = low;
                tos[kept] = high;
                kept++;
            }
        }
        count = kept;
    }

    /** Makes {@code room} places where {@code first} up to {@code after} were. */
    private boolean replace(int first, int after, int room) {
        int moved = first + room - after;
        if (count + moved > froms.length) {
            return false;
        }
        if (moved > 0) {
            for (int i = count - 1; i >= after; i--) {
                froms[i + moved] = froms[i];
                tos[i + moved] = tos[i];
            }
        } else if (moved < 0) {
            for (int i = after; i < count; i++) {
                froms[i + moved] = froms[i];
                tos[i + moved] = tos[i];
            }
        }
        count += moved;
        return true;
    }
}
