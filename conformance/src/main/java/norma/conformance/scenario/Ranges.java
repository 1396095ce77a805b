package norma.conformance.scenario;

import norma.abi.Op;
import norma.abi.Shared;
import norma.conformance.trace.Recording;

/** What the numbers of a script may be, for the parser and for {@link ScriptHelp}. */
public final class Ranges {
    /** A ring that is overwritten, of one core; more cores may need more. */
    public static final int LEAST_RING = Recording.least(1);

    /** Records of a ring: so many for each core leave room in a guest's memory. */
    public static final int MOST_RECORDS = 1 << 22;

    /** Entries of a thread's log under icount. */
    static final int MOST_ENTRIES = 1 << 17;

    /** Records that a core can write between two checkpoints. */
    static final int MOST_CHECKPOINT = MOST_RECORDS;

    /** Nanoseconds, below what an operand says registers with: 146 years. */
    static final long MOST_TIME = Op.REGISTER - 1;

    /** A shorter slice is over before its thread has run. */
    static final long LEAST_SLICE = 1_000;

    /** The script runner draws 31 bits. */
    static final long MOST_RANDOM = 1L << 31;

    /** Rounds of a spin. */
    static final long MOST_ROUNDS = Op.REGISTER - 1;

    /** System call numbers are 32 bits in the gate. */
    static final long LEAST_CALL = Integer.MIN_VALUE;

    static final long MOST_CALL = Integer.MAX_VALUE;

    /** Operations of a tour, with a header a leg: what leaves room in a guest's memory. */
    public static final int MOST_TOUR = 1 << 18;

    /** Word of a leg for the program that begins it. */
    static final long MOST_LEG_WORD = Integer.MAX_VALUE;

    static final int MOST_PROGRAMS = Shared.PROGRAMS;
    static final int MOST_OPERATIONS = Shared.PROGRAM_OPS;

    private Ranges() {}

    /** Is this a number of records that a ring which is overwritten can have? */
    public static boolean isRing(long records) {
        return records >= LEAST_RING && records <= MOST_RECORDS && Long.bitCount(records) == 1;
    }
}
