// Contract: layout of the memory that host and guest share. Owner: kernel/abi.
// Host-written words are read once at boot; guest-written words are marked.
package norma.abi;

import norma.quals.AsmLayout;

/**
 * Layout of the shared block, at RAM base + {@link #BASE}, and of what it points to. All offsets in
 * words of the block are relative to the block.
 *
 * <pre>
 *  +0x000  magic, version, cores, flags, slice, ring records, rings, scripts, witness, ...
 *  +0x100  guest: state, panic, time of the first event, RAM and free memory
 *  scripts per program: {@link #PROGRAM_BYTES}, operations of {@link #OP_BYTES}
 *  tour    leg under way (guest) +0, next leg +8 (host, then guest), legs from +64
 *  witness per thread: head +0, tail (host) +64, registers +128, entries from +512
 *  rings   per core: head +0, tail (host) +64, stalls +128, epoch +192, records from +4096
 * </pre>
 */
@AsmLayout("SHARED")
public final class Shared {
    private Shared() {}

    /** Offset of the block from the start of RAM: firmware leaves it alone. */
    public static final long BASE = 64L << 20;

    /** First word of a block that a host has filled. */
    public static final long MAGIC = 0x314B_4341_4D52_4F4EL; // "NORMACK1"

    /** Layout version. */
    public static final long VERSION = 1;

    // --- written by the host before boot ----------------------------------------------------
    public static final int OFF_MAGIC = 0x00;
    public static final int OFF_VERSION = 0x08;

    /** Cores to use, 1..{@link Limits#CORES}. */
    public static final int OFF_CORES = 0x10;

    /** Bits {@link #RECORD} and so on. */
    public static final int OFF_FLAGS = 0x18;

    /** Time slice in nanoseconds. */
    public static final int OFF_SLICE = 0x20;

    /** Records per ring, a power of two. */
    public static final int OFF_RING_RECORDS = 0x28;

    /** Offset of the first ring, whole pages; user mode reaches only what is before it. */
    public static final int OFF_RINGS = 0x30;

    /** Offset of the programs. */
    public static final int OFF_SCRIPTS = 0x38;

    /** Offset of the witness areas. */
    public static final int OFF_WITNESS = 0x40;

    /** Entries per witness ring, a power of two. */
    public static final int OFF_WITNESS_ENTRIES = 0x48;

    /** Program of the first thread, slot 0. */
    public static final int OFF_FIRST_PROGRAM = 0x50;

    /** Priority of the first thread. */
    public static final int OFF_FIRST_PRIORITY = 0x58;

    /** Records of a core after which it begins the next checkpoint; 0: a quarter of its ring. */
    public static final int OFF_CHECKPOINT = 0x60;

    /** Offset of the tour. */
    public static final int OFF_TOUR = 0x68;

    /** Pages of the first thread's address space; 0: threads live in none, on the boot tables. */
    public static final int OFF_PAGES = 0x70;

    /** Frames of memory for those pages. */
    public static final int OFF_FRAMES = 0x78;

    // --- flags ------------------------------------------------------------------------------
    /** Record events from boot. */
    public static final int RECORD = 1;

    /** Record lock events too. */
    public static final int RECORD_LOCKS = 2;

    /** Overwrite the oldest records; otherwise stall until the host has drained. */
    public static final int OVERWRITE = 4;

    /** Rings hold the whole run: the host's tails are never read (deterministic runs). */
    public static final int WHOLE_RUN = 8;

    /** Write checkpoints whenever a core has filled a part of its ring; OVERWRITE implies it. */
    public static final int CHECKPOINTS = 16;

    // --- written by the guest ---------------------------------------------------------------
    public static final int OFF_STATE = 0x100;
    public static final int OFF_PANIC = 0x110;
    public static final int OFF_FIRST_EVENT_TIME = 0x118;

    /** Bytes of RAM that the kernel has mapped. */
    public static final int OFF_RAM = 0x120;

    /** Of these, bytes that nobody used at boot. */
    public static final int OFF_FREE = 0x128;

    /** Physical address of the first frame, of as many as {@link Limits#FRAMES}. */
    public static final int OFF_FRAMES_AT = 0x130;

    /** Bytes of the archive of programs ({@link Addresses#PROGRAMS}); 0: there is none. */
    public static final int OFF_PROGRAMS = 0x138;

    /** First byte after the words of the block. */
    public static final int BLOCK_END = 0x140;

    /** Values of the state word. */
    public static final int BOOTING = 1;

    public static final int RUNNING = 2;

    /** Every thread ended and every core went idle. */
    public static final int FINISHED = 3;

    public static final int PANICKED = 4;

    /** A recorder or witness ring was full and nobody drained it. */
    public static final int OVERFLOW = 5;

    // --- rings ------------------------------------------------------------------------------
    public static final int RING_HEAD = 0;
    public static final int RING_TAIL = 64;
    public static final int RING_STALLS = 128;

    /** Epoch of the core's last mark (guest). */
    public static final int RING_EPOCH = 192;

    public static final int RING_RECORDS = 4096;

    // --- programs ---------------------------------------------------------------------------
    public static final int OP_BYTES = 32;
    public static final int PROGRAM_OPS = 256;
    public static final int PROGRAM_BYTES = OP_BYTES * PROGRAM_OPS;
    public static final int PROGRAMS = 64;

    // --- tour -------------------------------------------------------------------------------
    /** Offset of the leg that is followed, or 0 (guest). */
    public static final int TOUR_LEG = 0;

    /** Offset of the leg after it. */
    public static final int TOUR_NEXT = 8;

    /** 1 if channels have been restarted an odd number of times (guest). */
    public static final int TOUR_RESTARTED = 16;

    /**
     * First leg. A leg is a header of {@link #OP_BYTES} and its operations; behind the last one is
     * a header of zeros.
     */
    public static final int TOUR_LEGS = 64;

    /** Of a leg: number of its operations. */
    public static final int LEG_OPS = 0;

    /** Of a leg: a word for the program that begins it, then the operation that is next (guest). */
    public static final int LEG_AT = 8;

    /** Of a leg: its time in ns, not 0. */
    public static final int LEG_TIME = 16;

    /** Of a leg: another word for the program that begins it. */
    public static final int LEG_WORD = 24;

    // --- witness ----------------------------------------------------------------------------
    public static final int WITNESS_HEAD = 0;
    public static final int WITNESS_TAIL = 64;
    public static final int WITNESS_REGISTERS = 128;

    /** State of the thread's pseudo-random numbers; the host stores a seed before boot. */
    public static final int WITNESS_SEED = 256;

    public static final int WITNESS_ENTRIES = 512;

    /** Leg of the tour that the thread follows, or 0. */
    public static final int WITNESS_LEG = 264;

    /**
     * Bytes of an entry: call | arguments 0..3 | packed result or -1 | word | number of the entry.
     * The head counts halves: odd while the last entry's request has no answer yet.
     */
    public static final int WITNESS_BYTES = 64;

    /** Bytes from one ring to the next. */
    public static long ringStride(long records) {
        return RING_RECORDS + records * Record.BYTES;
    }

    /** Bytes from one witness area to the next. */
    public static long witnessStride(long entries) {
        return WITNESS_ENTRIES + entries * WITNESS_BYTES;
    }
}
