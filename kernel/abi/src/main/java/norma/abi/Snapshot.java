// Contract: layout of the records of checkpoints. Owner: kernel/abi. Part of the trace format.
package norma.abi;

/**
 * Layout of the records of kinds {@link Event#MARK} and {@link Event#SNAPSHOT}.
 *
 * <p>A snapshot of one object is one or more consecutive records of one core, its parts. Word 0 is
 * that of every record, with one touched object, whose word is 4 as ever; its version is that of
 * the object's last event (of a context: the sequence of the first part).
 *
 * <pre>
 *  word  63            48 47            32 31            16 15            0
 *   1   |      epoch, 32 bits             |     parts      |      part     |
 *   4   | object id (16) |                 version (48)                    |
 *   2, 3, 5, 6, 7          contents
 *
 *  part 0 of         word 2                                          word 3
 *   thread      state8 ipc8 base8 effective8 home16 flags8 donated8  generation16 channel16 serves16 attached16
 *   channel     live8 queued8 waiters16 receivers16 incarnation16    queue: a tag a byte, oldest first
 *   core        idle8 level8 ready16 readyHint16                     occupied priorities32 urgent32
 *   IPI word    pending                                              0
 *   space       changer16 job8 phase8 first page16 last page16        loaded: a bit a core (32), asked: likewise
 *   memory      references to frames 0..15, 4 bits each              of 16..31
 *   context     current16 mode16 woken16                         kicks: a bit a core
 *
 *                    word 5                  word 6                       word 7
 *   thread      message, if calling     result (SystemCall), if due  word of that result
 *   channel     use: a byte a tag       owners of tags 0..3, 16 each owners of tags 4..7
 *   context     donors: a bit a thread  epoch before (MARK)          0
 *   space       frames to be freed,     threads that wait16 pages16  0
 *               a bit each              life8 space in the making16
 *   memory      of frames 32..47        of 48..63                    of 64..79
 * </pre>
 *
 * Further parts are lists of 16-bit thread indices, {@link #PART_ENTRIES} a part, in words 2, 3, 5,
 * 6, 7 from the low bits up: a channel's waiters and then its receivers, oldest first; a core's
 * ready threads, most urgent first; a context's woken threads, oldest first; the threads that wait
 * for a space's job, oldest first, and behind them, in the same list, its pages ({@link #page}). A
 * channel has one more part before them: word 2 counts the outstanding callers a donated priority
 * (a byte each), word 3 has a bit for each thread that serves it, word 5 a bit for each tag in use,
 * and in bits 8.. the boost.
 */
public final class Snapshot {
    private Snapshot() {}

    /** Words of contents of a part. */
    public static final int PART_WORDS = 5;

    /** Threads listed in a word. */
    public static final int WORD_ENTRIES = 4;

    /** Threads listed in one part. */
    public static final int PART_ENTRIES = PART_WORDS * WORD_ENTRIES;

    /** Flag of a thread: asleep. */
    public static final int ASLEEP = 1;

    /** Flag of a thread: its call has a deadline. */
    public static final int TIMED = 2;

    /** Where in a thread's flags its space is, with 1 added; 0 is none. */
    public static final int SPACE_SHIFT = 2;

    /** Mode of a core in a context: it runs its current thread. */
    public static final int USER = 0;

    /** It is in the kernel, and has recorded an event there. */
    public static final int KERNEL = 1;

    /** It waits for an interrupt. */
    public static final int HALT = 2;

    /** Epoch of the snapshots that the kernel writes of everything when a run is over. */
    public static final int FINAL_EPOCH = -1;

    /**
     * A page in the list of a space: what the process may do, what the table allows ({@link
     * Rights}), and the frame with 1 added, or 0.
     */
    public static int page(int area, int hard, int frame) {
        return area | hard << 2 | (frame + 1) << 4;
    }

    /** Bits of a frame's count of references. */
    public static final int REFERENCE_BITS = 4;

    /** Frames whose references are in one word. */
    public static final int WORD_FRAMES = Long.SIZE / REFERENCE_BITS;

    /** Word 1: part {@code part} of {@code parts}. */
    public static long place(int part, int parts, int epoch) {
        return part | (long) parts << 16 | (long) epoch << 32;
    }

    /** Parts that hold a list of {@code count} threads. */
    public static int listParts(int count) {
        return (count + PART_ENTRIES - 1) / PART_ENTRIES;
    }
}
