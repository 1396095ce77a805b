// Contract: operations of the script runner's programs. Owner: kernel/abi.
package norma.abi;

/**
 * Operations of a script. An operation is four 64-bit words: opcode, and operands {@code x y z}. An
 * operand is a literal, or a register r0..r15 written as {@code REGISTER | n}.
 */
public final class Op {
    private Op() {}

    /** Marks an operand as a register. */
    public static final long REGISTER = 1L << 62;

    /**
     * Registers of a thread. r0 holds the last result's code, r1 its tag, r2 its caller, r3 its
     * word; r4 is the thread's slot; the rest are the script's.
     */
    public static final int REGISTERS = 16;

    /** End of the thread. */
    public static final int END = 0;

    /** x := y. */
    public static final int SET = 1;

    /** x := x + y. */
    public static final int ADD = 2;

    /** Continue at operation x. */
    public static final int JUMP = 3;

    /** x := x - 1; if it is not 0, continue at y. */
    public static final int LOOP = 4;

    /** If x = y, continue at z. */
    public static final int IF_EQUAL = 5;

    /** If x is not y, continue at z. */
    public static final int IF_DIFFERENT = 6;

    /** x := pseudo-random number in 0..y-1. */
    public static final int RANDOM = 7;

    /** Call channel x with payload y and time-out z nanoseconds (0: none). */
    public static final int CALL = 8;

    /** Receive from channel x. */
    public static final int RECEIVE = 9;

    /** Reply on channel x to tag y with payload z. */
    public static final int REPLY = 10;

    /** Cancel the call of thread x. */
    public static final int CANCEL = 11;

    /** Restart channel x. */
    public static final int RESTART = 12;

    /** Spawn slot x with program and priority packed in y (program | priority << 16), serving z. */
    public static final int SPAWN = 13;

    /** Sleep x nanoseconds. */
    public static final int SLEEP = 14;

    /** Yield. */
    public static final int YIELD = 15;

    /** Spin x rounds in user mode. */
    public static final int SPIN = 16;

    /** Attempt what {@link Forbidden} numbers x: the thread faults. */
    public static final int FORBIDDEN = 17;

    /** System call number x with arguments y and z: for calls that the kernel must refuse. */
    public static final int RAW = 18;

    /**
     * Take part in the tour: carry out the next operation of the leg that was there when the thread
     * first came here, whenever that is an operation for its slot. The thread ends when that leg is
     * over.
     */
    public static final int FOLLOW = 19;

    /**
     * The leg of the tour that is followed is over; x := the next one's time in ns, or 0 if there
     * is none, y := its word.
     */
    public static final int NEXT_LEG = 20;

    /** The next leg begins. */
    public static final int BEGIN_LEG = 21;

    /** x := 1 if all threads together have restarted channels an odd number of times, else 0. */
    public static final int RESTARTED = 22;

    /** Map pages x to y of the thread's address space with protection z ({@link Rights}). */
    public static final int MAP = 23;

    /** Unmap pages x to y. */
    public static final int UNMAP = 24;

    /** Protect pages x to y with z. */
    public static final int PROTECT = 25;

    /**
     * Reach page x, as y says ({@link Rights}): load a word into r3, store z and an instruction
     * that returns, or jump there. The thread may do so.
     */
    public static final int TOUCH = 26;

    /** As {@link #TOUCH}, but the thread may not, or there is no memory: it faults. */
    public static final int ATTEMPT = 27;

    /** Fork: a copy of the thread's address space, and slot x in it, which runs program y. */
    public static final int FORK = 28;

    /**
     * Begin the program whose name is in y and z, eight characters each from the lowest byte on, in
     * the process's own pages, with argument x; all that was there before is gone. If that cannot
     * be, r0 is {@link Code#INVALID} and r1 says why (norma.user.BadProgram).
     */
    public static final int EXEC = 29;

    /** The bits of an operation's first word that are its opcode; in a leg, its slot is above. */
    public static final int CODE_MASK = 0xff;

    /** Where the slot is in the first word of a leg's operation. */
    public static final int SLOT_SHIFT = 8;
}
