// Contract: which physical memory there is, and which of it is free, as the firmware says.
// Owner: kernel/core. Filled once at boot by a decoder, then finished; whole pages.
// Invariants once finished: free is part of ram; nothing that was taken or hidden is free; nothing
// that was hidden is in ram.
package norma.kernel.boot;

import norma.abi.Addresses;
import norma.abi.Limits;
import norma.quals.NoAlloc;

/** The physical memory map. */
@NoAlloc
public final class MemoryMap {
    /** Bytes of a page. */
    public static final long PAGE = 4096;

    /** First address that is too large for the kernel's tables. */
    public static final long END = 1L << Limits.PHYSICAL_BITS;

    /** Below it some machines keep what their firmware does not mention, and start their cores. */
    static final long LOW = 1L << 20;

    private final Ranges ram;
    private final Ranges hidden;
    private final Ranges taken;
    private final Ranges free;
    private long programsFrom;
    private long programsBytes;

    /** An empty map; boot only. */
    @SuppressWarnings("noallocation") // The kernel's tables are built before boot.
    public MemoryMap() {
        ram = new Ranges(Limits.RAM_RANGES);
        hidden = new Ranges(Limits.RESERVED_RANGES);
        taken = new Ranges(Limits.RESERVED_RANGES);
        free = new Ranges(Limits.FREE_RANGES);
    }

    /** What the kernel may reach. */
    public Ranges ram() {
        return ram;
    }

    /** What nobody uses yet. */
    public Ranges free() {
        return free;
    }

    /** There is RAM. */
    int addRam(long from, long bytes) {
        if (from < 0 || bytes < 0 || from > END || bytes > END - from) {
            return Malformed.RANGE;
        }
        return ram.add(from, from + bytes) ? Malformed.OK : Malformed.RAM_RANGES;
    }

    /** There is something that must not even be mapped. */
    int hide(long from, long bytes) {
        return reserve(hidden, from, bytes);
    }

    /** There is something that is used. */
    int take(long from, long bytes) {
        return reserve(taken, from, bytes);
    }

    /** There is an archive of programs; the first is the one that counts. */
    int programs(long from, long bytes) {
        if (programsBytes == 0 && bytes > 0) {
            programsFrom = from;
            programsBytes = bytes;
        }
        return take(from, bytes);
    }

    /** Where the archive of programs is. */
    long programsFrom() {
        return programsFrom;
    }

    /** Its bytes; 0 if there is none. */
    long programsBytes() {
        return programsBytes;
    }

    /**
     * After {@link #finish}: can user mode be given the archive, in whole pages, if there is one?
     */
    boolean goodPrograms() {
        return programsBytes == 0
                || ((programsFrom & (PAGE - 1)) == 0
                        && programsBytes <= Addresses.PROGRAMS_BYTES
                        && ram.covers(programsFrom, programsFrom + programsBytes));
    }

    /** What is beyond the end concerns nobody. */
    private static int reserve(Ranges ranges, long from, long bytes) {
        if (from < 0 || bytes < 0 || bytes > Long.MAX_VALUE - from) {
            return Malformed.RANGE;
        }
        boolean room = ranges.add(Math.min(from, END), Math.min(from + bytes, END));
        return room ? Malformed.OK : Malformed.RESERVED_RANGES;
    }

    /** All is said: what is left of RAM, and what of that is free. */
    int finish() {
        for (int i = 0; i < hidden.count(); i++) {
            if (!ram.remove(hidden.from(i), hidden.to(i))) {
                return Malformed.RAM_RANGES;
            }
        }
        ram.inPages(PAGE);
        for (int i = 0; i < ram.count(); i++) {
            if (!free.add(ram.from(i), ram.to(i))) {
                return Malformed.FREE_RANGES;
            }
        }
        for (int i = 0; i < taken.count(); i++) {
            if (!free.remove(taken.from(i), taken.to(i))) {
                return Malformed.FREE_RANGES;
            }
        }
        free.inPages(PAGE);
        return free.count() == 0 ? Malformed.NO_RAM : Malformed.OK;
    }

    /**
     * After {@link #finish}: the first so many free pages in a row, which are not free any more; -1
     * if there are none. Nothing below {@link #LOW}.
     */
    long takePages(int pages) {
        long bytes = pages * PAGE;
        for (int i = 0; i < free.count(); i++) {
            long from = Math.max(free.from(i), LOW);
            if (free.to(i) - from >= bytes) {
                return free.remove(from, from + bytes) ? from : -1;
            }
        }
        return -1;
    }
}
