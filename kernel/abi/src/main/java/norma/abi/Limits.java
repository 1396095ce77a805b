// Contract: sizes of the kernel's tables (default build profile) and their relations.
// Owner: kernel/abi. Invariants: asserted once, in the kernel root's constructor.
package norma.abi;

import norma.quals.AsmLayout;

/** Sizes of the kernel's tables. Every limit reached is an error to the caller, never lost work. */
@AsmLayout("LIMITS")
public final class Limits {
    private Limits() {}

    /** Processor cores. */
    public static final int CORES = 4;

    /** Thread slots. */
    public static final int THREADS = 64;

    /** Channel slots. */
    public static final int CHANNELS = 16;

    /** Tags per channel: calls that a server can have outstanding; numbered from 0. */
    public static final int TAGS = 8;

    /** Priorities 0 .. PRIORITIES-1; larger is more urgent. */
    public static final int PRIORITIES = 8;

    /** Address spaces. */
    public static final int SPACES = 4;

    /** Pages of an address space that its threads can map. */
    public static final int PAGES = 32;

    /** Frames of memory for them, all spaces together. */
    public static final int FRAMES = 24;

    /** Physical addresses have so many bits. */
    public static final int PHYSICAL_BITS = 40;

    /** Ranges of RAM. */
    public static final int RAM_RANGES = 16;

    /** Ranges that firmware or boot loader have reserved. */
    public static final int RESERVED_RANGES = 64;

    /** Ranges of free memory at boot. */
    public static final int FREE_RANGES = 64;

    /** Program headers of a program. */
    public static final int PROGRAM_HEADERS = 32;

    /** Generations of a thread slot and incarnations of a channel count modulo this. */
    public static final int GENERATIONS = 1 << 16;
}
