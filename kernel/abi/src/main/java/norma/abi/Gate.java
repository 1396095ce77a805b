// Contract: layout of the memory by which a host chooses an exploration image's interleaving.
// Owner: kernel/abi; guest side: arch/native/gates. The shipped image knows nothing of it.
package norma.abi;

import norma.quals.AsmLayout;

/**
 * The schedule of an exploration image, at RAM base + {@link #BASE}.
 *
 * <p>Before each schedule point (an access in a VarHandle mode, an operation of the machine or on
 * page tables, an entry from user mode, an access of user mode to a page of its space) a core waits
 * at a gate for its turn. A step is what a core does from its turn to its next gate. The host
 * writes all steps before boot, or while every core waits.
 *
 * <pre>
 *  +0x000  count, position, status, time, reason, core, place
 *  +0x080  per core: place where it waits +0, timer +8, IPI pending +16, holds the turn +24
 *  +0x1000 steps of {@link #STEP_BYTES}: core | kind &lt;&lt; 8 | place &lt;&lt; 32, operand
 * </pre>
 */
@AsmLayout("GATE")
public final class Gate {
    private Gate() {}

    /** Offset from the start of RAM: the megabyte below {@link Shared#BASE}. */
    public static final long BASE = Shared.BASE - (1L << 20);

    /** Steps (host). */
    public static final int OFF_COUNT = 0x00;

    /** Steps that are over (guest). */
    public static final int OFF_POSITION = 0x08;

    /** {@link #RUNNING} and so on (guest). */
    public static final int OFF_STATUS = 0x10;

    /** Nanoseconds since boot, as the kernel is told. */
    public static final int OFF_TIME = 0x18;

    /** Of {@link #STRAYED}: what is wrong, {@link #OTHER_PLACE} and so on. */
    public static final int OFF_REASON = 0x20;

    /** Of {@link #STRAYED}: the core, and the place that it is at. */
    public static final int OFF_CORE = 0x28;

    public static final int OFF_PLACE = 0x30;

    // --- per core ---------------------------------------------------------------------------
    public static final int OFF_CORES = 0x80;
    public static final int CORE_BYTES = 32;

    /** Place where the core waits, or 0. */
    public static final int CORE_PLACE = 0;

    /** Time of the core's timer. */
    public static final int CORE_TIMER = 8;

    /** 1 while an IPI is pending. */
    public static final int CORE_IPI = 16;

    /** 1 while the core makes a step. */
    public static final int CORE_HOLDS = 24;

    // --- steps ------------------------------------------------------------------------------
    public static final int OFF_STEPS = 0x1000;
    public static final int STEP_BYTES = 16;

    /** Bits of a step's first word. */
    public static final int KIND_SHIFT = 8;

    public static final int PLACE_SHIFT = 32;

    /** Steps that there is room for. */
    public static final int STEPS = ((1 << 20) - OFF_STEPS) / STEP_BYTES;

    /** The core goes on. */
    public static final int STEP = 0;

    /** The core takes its IPI. */
    public static final int IPI = 1;

    /** The core takes its timer interrupt. */
    public static final int TIMER = 2;

    /** Nobody's: time becomes the step's operand. */
    public static final int LEAP = 3;

    // --- places: below 16 those of the machine, others are hashes of CLASS.FIELD -----------------
    public static final int NOW = 1;
    public static final int ARM = 2;
    public static final int SEND_IPI = 3;
    public static final int START_CORE = 4;
    public static final int WAIT = 5;
    public static final int POWER_OFF = 6;

    /** In user mode: about to enter the kernel. */
    public static final int USER = 7;

    /** A started core is about to begin. */
    public static final int BEGIN = 8;

    /** About to load tables. */
    public static final int LOAD = 9;

    /** About to drop the translations that the core has kept. */
    public static final int FLUSH = 10;

    /** About to write an entry of a page table. */
    public static final int ENTER = 11;

    /** About to clear a frame. */
    public static final int CLEAR = 12;

    /**
     * In user mode: about to reach a page of the thread's space. The step's operand may be {@link
     * #DROP}.
     */
    public static final int REACH = 13;

    /** About to copy a frame. */
    public static final int COPY = 14;

    /** Places of fields from here on. */
    public static final int FIELDS = 16;

    /** The core first drops what it has kept of the page that it is about to reach. */
    public static final int DROP = 1;

    /** Number of the call by which user mode comes to its gate; its first argument is the page. */
    public static final int CALL = 0x47415445;

    // --- status -----------------------------------------------------------------------------
    public static final int RUNNING = 0;

    /** Every step is over, and every core waits. */
    public static final int DONE = 1;

    /** The binary cannot do what the schedule says. */
    public static final int STRAYED = 2;

    // --- reasons ----------------------------------------------------------------------------
    /** The core is at another place. */
    public static final int OTHER_PLACE = 1;

    /** The core takes an IPI that nobody has sent. */
    public static final int NO_IPI = 2;

    /** The core takes a timer interrupt that is not due. */
    public static final int NO_TIMER = 3;

    /** An interrupt where interrupts are off, or a halted core that goes on without one. */
    public static final int CLOSED = 4;
}
