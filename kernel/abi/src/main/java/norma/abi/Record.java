// Contract: layout of one flight-recorder record. Owner: kernel/abi.
// Invariant: a record is 64 bytes, 8 little-endian words, aligned to its size.
package norma.abi;

/**
 * Layout of a trace record.
 *
 * <pre>
 *  word  63            48 47            32 31            16 15       8 7        0
 *   0   |      sequence of this core      |  0   | touched |   core   |   kind   |
 *   1   |       p3       |       p2       |       p1       |         p0          |
 *   2   |                          w: payload or other word                      |
 *   3   |        c       |        b       |        a       |    0     |   code   |
 *   4   | object id (16) |                 version (48)                          |
 *  5..7 |                     further touched objects, or 0                      |
 * </pre>
 *
 * Records of the kinds {@link Event#MARK} and {@link Event#SNAPSHOT} are laid out by {@link
 * Snapshot}.
 *
 * <p>An object id is its type in the upper 4 bits and its index in the lower 12. A version is one
 * more than the version of the object's previous event; the first is 1. (Design: verification,
 * "Trace protocol".)
 */
public final class Record {
    private Record() {}

    /** Bytes in a record. */
    public static final int BYTES = 64;

    /** log2 of {@link #BYTES}. */
    public static final int SHIFT = 6;

    /** No thread, channel, tag or address space. */
    public static final int NONE = 0xffff;

    /** Object types, in the upper 4 bits of an object id. */
    public static final int THREAD = 1;

    /** A channel. */
    public static final int CHANNEL = 2;

    /** A core's run queue and published state. */
    public static final int CORE = 3;

    /** A core's IPI word. */
    public static final int IPI_WORD = 4;

    /** The ticket word of a lock. */
    public static final int LOCK_NEXT = 5;

    /** The owner word of a lock. */
    public static final int LOCK_OWNER = 6;

    /**
     * What a core keeps to itself: mode, current thread, wake list. Its version is its sequence.
     */
    public static final int CONTEXT = 7;

    /** An address space. */
    public static final int SPACE = 8;

    /** The frames of memory, all of them. */
    public static final int MEMORY = 9;

    /** A lock id is its rank, shifted by this, and its index: the declared order. */
    public static final int LOCK_RANK_SHIFT = 9;

    /** Rank of channel locks. */
    public static final int LOCK_CHANNEL = 1;

    /** Rank of core locks. */
    public static final int LOCK_CORE = 2;

    /** Rank of the locks of address spaces. */
    public static final int LOCK_SPACE = 3;

    /** Rank of thread locks. */
    public static final int LOCK_THREAD = 4;

    /** Rank of the lock of the memory's frames. */
    public static final int LOCK_MEMORY = 5;

    /** Most objects that one event touches. */
    public static final int TOUCHED = 4;

    /** Bits of a version. */
    public static final int VERSION_BITS = 48;

    /** Mask of a version. */
    public static final long VERSION_MASK = (1L << VERSION_BITS) - 1;

    /** An object's packed word without its version. */
    public static long object(int type, int index) {
        return ((long) (type << 12 | index)) << VERSION_BITS;
    }

    /** Word 1 of a record. */
    public static long params(int p0, int p1, int p2, int p3) {
        return (p0 & 0xffffL) | (p1 & 0xffffL) << 16 | (p2 & 0xffffL) << 32 | (p3 & 0xffffL) << 48;
    }

    /** Word 3 of a record. */
    public static long result(int code, int a, int b, int c) {
        return (code & 0xffL) | (a & 0xffffL) << 16 | (b & 0xffffL) << 32 | (c & 0xffffL) << 48;
    }

    /** Word 0 of a record. */
    public static long head(int kind, int core, int touched, long sequence) {
        return kind | (long) core << 8 | (long) touched << 16 | sequence << 32;
    }
}
