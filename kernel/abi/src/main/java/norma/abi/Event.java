// Contract: the kinds of flight-recorder events; one per action of spec/Kernel.tla, same name.
// Owner: kernel/abi. The numbers are part of the trace format: append, never renumber.
package norma.abi;

/**
 * Event kinds of the flight recorder.
 *
 * <p>Each constant is the action of the same name in {@code spec/Kernel.tla} (CALL is {@code
 * Call}). The comment gives the record's parameters {@code p0..p3}, its word {@code w}, its result
 * code and facts {@code a b c}, and the objects it touches, in order. Indices are 16-bit; {@link
 * Record#NONE} means none. See {@link Record} for the layout.
 */
public final class Event {
    private Event() {}

    // --- system calls ----------------------------------------------------------------------

    /**
     * p: thread, channel, timed, donated priority; w: payload; code: {@link Code#DEAD} or how the
     * caller waits; a: tag, b: receiver, c: queue or waiter length; touches thread, channel,
     * [receiver].
     */
    public static final int CALL = 1;

    /**
     * p: thread, channel; w: payload received; code: MSG, BLOCKED or DEAD; a: tag, b: caller, c:
     * queue length; touches thread, channel.
     */
    public static final int RECEIVE = 2;

    /**
     * p: thread, channel, tag; w: payload; code: OK, DEAD, BADTAG, ORPHANED; a: caller, c: waiter
     * length; touches thread, channel, [caller].
     */
    public static final int REPLY = 3;

    /** p: thread, victim; code: OK or NOCALL; a: channel; touches thread, victim, [channel]. */
    public static final int CANCEL = 4;

    /** p: thread, channel; code: OK or BUSY; a: incarnation; touches thread, channel. */
    public static final int RESTART = 5;

    /**
     * p: thread, slot, priority, channel served; w: program; code: OK or BUSY; a: generation;
     * touches thread, slot, [channel].
     */
    public static final int SPAWN = 6;

    /** p: thread, channel served, space; touches thread, [channel], [space]. */
    public static final int EXIT = 7;

    /** p: thread, channel, space; touches thread, channel, [space]. */
    public static final int DIE = 8;

    /** p: thread; w: deadline; touches thread. */
    public static final int SLEEP = 9;

    /** p: thread; c: ready threads; touches core, thread. */
    public static final int YIELD = 10;

    /** p: thread, system call; touches thread. */
    public static final int REFUSE = 11;

    // --- faults and interrupts -------------------------------------------------------------

    /** p: thread, cause, space; w: program counter; touches thread, and the space that it left. */
    public static final int FAULT = 12;

    /** Touches nothing: a timer interrupt moves only the core itself. */
    public static final int TICK = 13;

    /** Touches the core's IPI word. */
    public static final int IPI = 14;

    /** p: thread, channel; a: tag; touches thread, channel. */
    public static final int TIME_OUT = 15;

    /** p: thread; touches thread. */
    public static final int WAKE = 16;

    // --- kernel duties ---------------------------------------------------------------------

    /**
     * p: channel; w: payload; code: SERVED or QUEUED; a: tag, b: waiter, c: receiver; touches
     * channel, [receiver].
     */
    public static final int GRANT = 17;

    /** p: channel; a: victim, b: tag; touches channel, [victim]. */
    public static final int FAIL_CALL = 18;

    /** p: channel, server thread, new priority, home core; touches channel, thread, home core. */
    public static final int INHERIT = 19;

    /** p: thread, channel, priority; touches thread, channel. */
    public static final int DONATE = 20;

    /**
     * p: thread, core, priority; code: 1 if that core must be kicked; c: ready threads; touches
     * thread, core.
     */
    public static final int ENQUEUE = 21;

    /** p: core; touches that core's IPI word. */
    public static final int KICK = 22;

    // --- leaving the kernel ----------------------------------------------------------------

    /** p: thread, priority; c: ready threads left; touches core, thread. */
    public static final int DISPATCH = 23;

    /**
     * p: victim core, thread, priority; c: ready threads left; touches own core, victim core,
     * thread.
     */
    public static final int STEAL = 24;

    /** p: thread, priority; touches core, thread. */
    public static final int RESUME = 25;

    /** p: thread; c: ready threads; touches core, thread. */
    public static final int PREEMPT = 26;

    /** Touches core. */
    public static final int IDLE = 27;

    // --- locks (own mask bit) --------------------------------------------------------------

    /** p: lock; touches the lock's ticket word, whose version is the ticket. */
    public static final int LOCK_TAKE = 28;

    /** p: lock; touches the lock's owner word. */
    public static final int LOCK_ENTER = 29;

    /** p: lock; touches the lock's owner word. */
    public static final int LOCK_LEAVE = 30;

    // --- checkpoints (spec/Checkpoint.tla; layout: Snapshot) -------------------------------

    /** The core enters an epoch: a snapshot of what it keeps to itself. */
    public static final int MARK = 31;

    /** A snapshot of an object, before the first event of an epoch that changes it. */
    public static final int SNAPSHOT = 32;

    // --- address spaces: system calls ------------------------------------------------------

    /**
     * p: thread, space, protection; w: first page, last page from bit 32; code: OK or BUSY; touches
     * thread, space.
     */
    public static final int MAP = 33;

    /** p: thread, space; w: as of MAP; code: OK or WORKING; touches thread, space. */
    public static final int UNMAP = 34;

    /**
     * p: thread, space, protection; w: as of MAP; code: OK, INVALID or WORKING; touches thread,
     * space.
     */
    public static final int PROTECT = 35;

    /** p: thread, space; c: threads that wait; touches thread, space. */
    public static final int WAIT_TURN = 36;

    // --- address spaces: page faults -------------------------------------------------------

    /** p: thread, space, rights; w: page, frame from bit 32; touches thread, space, memory. */
    public static final int FILL = 37;

    /** p: thread, space, rights; w: page, frame from bit 32; touches thread, space, memory. */
    public static final int ALLOW = 38;

    // --- address spaces: jobs --------------------------------------------------------------

    /** p: thread, space; w: page, frame from bit 32; touches space. */
    public static final int CLEAR = 39;

    /** p: thread, space; w: page, frame from bit 32; touches space. */
    public static final int TIGHTEN = 40;

    /** p: thread, space; w: cores asked, a bit each; touches thread, space. */
    public static final int SHOOT = 41;

    /** p: thread, space; w: frame; a: references left; touches space, memory. */
    public static final int FREE_FRAME = 42;

    /** p: thread, space; touches thread, space. */
    public static final int FINISH = 43;

    // --- address spaces: duties ------------------------------------------------------------

    /** p: space; c: cores that have not flushed yet; touches space. */
    public static final int ACKNOWLEDGE = 44;

    /** p: space, thread; touches space, thread. */
    public static final int RELEASE = 45;

    /** p: space, thread; c: threads that still wait; touches space, thread. */
    public static final int ADMIT = 46;

    /** p: space before, space after; touches those of the two that there are. */
    public static final int LOAD = 47;

    // --- processes -------------------------------------------------------------------------

    /**
     * p: thread, space, slot, copy; w: program; code: BUSY or WORKING; a: generation; touches slot,
     * space, and the copy, or the thread if there is none.
     */
    public static final int FORK = 48;

    /** p: thread, space; code: OK or WORKING; touches thread, space. */
    public static final int LEAVE = 49;

    /** p: thread, space, rights; w: page, frame from bit 32; touches thread, space, memory. */
    public static final int COPY = 50;

    /** p: thread, space, copy; w: page, frame from bit 32; touches space, copy, memory. */
    public static final int SHARE = 51;

    /** p: space, thread; touches space, thread. */
    public static final int BEAR = 52;

    /** p: space; touches space. */
    public static final int FREE_SPACE = 53;

    /** One more than the largest kind. */
    public static final int LIMIT = 54;

    /** Whether a kind is of records of checkpoints, which are no steps. */
    public static boolean isSnapshot(int kind) {
        return kind == MARK || kind == SNAPSHOT;
    }

    /** Whether a kind is of lock events. */
    public static boolean isLock(int kind) {
        return kind >= LOCK_TAKE && kind <= LOCK_LEAVE;
    }

    /** Whether a kind is an action that is always recorded: no lock's, and a step at all. */
    public static boolean isAction(int kind) {
        return kind > 0 && kind < LIMIT && !isLock(kind) && !isSnapshot(kind);
    }
}
