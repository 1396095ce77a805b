// Contract: reads and checks a static program of user mode, an ELF file of 64 bits, in memory.
// Owner: kernel/core. Sources: System V ABI (gABI) chapters 4 and 5; the psABI supplements of
// x86-64 and RISC-V for machine and flags.
// Invariants: reads no byte outside of the file. Of a file that is accepted: segments ascend and
// share no page; none is both writable and executable; each lies in user mode's half, and what it
// has of the file in the file; the entry is in an executable one.
package norma.kernel.boot;

import norma.abi.Limits;
import norma.kernel.hal.Physical;
import norma.quals.NoAlloc;

/** Decoder of programs; one program at a time. */
@NoAlloc
// Positions are below the count, which segment() keeps within the arrays: no type says so.
@SuppressWarnings("index")
public final class Elf {
    /** The machine of an x86_64 program. */
    public static final int X86_64 = 62;

    /** The machine of a riscv64 program. */
    public static final int RISCV = 243;

    /** A segment's right: its memory is executed. */
    public static final int EXECUTE = 1;

    /** A segment's right: its memory is written. */
    public static final int WRITE = 2;

    /** A segment's right: its memory is read. All are. */
    public static final int READ = 4;

    /** First address that a segment may have: a null pointer and what is near it stays a fault. */
    public static final long USER_FROM = 1L << 16;

    /** First address behind what segments may have: a page below the end of the lower half. */
    public static final long USER_TO = (1L << 47) - MemoryMap.PAGE;

    private static final long MAGIC = 0x464c457fL;
    private static final int HEADER = 64;
    private static final int PROGRAM_HEADER = 56;
    private static final int CLASS_64 = 2;
    private static final int LITTLE_ENDIAN = 1;
    private static final int VERSION = 1;
    private static final int EXECUTABLE = 2;
    private static final int RISCV_COMPRESSED = 1;

    private static final int LOAD = 1;
    private static final int DYNAMIC = 2;
    private static final int INTERPRETER = 3;
    private static final int THREAD_LOCAL = 7;
    private static final int STACK = 0x6474e551;

    private final long[] froms = new long[Limits.SEGMENTS];
    private final long[] bytes = new long[Limits.SEGMENTS];
    private final long[] offsets = new long[Limits.SEGMENTS];
    private final long[] inFile = new long[Limits.SEGMENTS];
    private final int[] rights = new int[Limits.SEGMENTS];
    private int count;
    private long entry;

    private long file;
    private long length;

    /** A decoder; boot only. */
    public Elf() {}

    /** Number of segments. */
    public int count() {
        return count;
    }

    /** Address of the first instruction. */
    public long entry() {
        return entry;
    }

    /** First address of a segment. */
    public long from(int i) {
        return froms[i];
    }

    /** Bytes of memory of a segment. */
    public long bytes(int i) {
        return bytes[i];
    }

    /** Where a segment begins in the file. */
    public long offset(int i) {
        return offsets[i];
    }

    /** Bytes that a segment has of the file; the rest of its memory is zero. */
    public long inFile(int i) {
        return inFile[i];
    }

    /** Rights of a segment: {@link #READ} and so on. */
    public int rights(int i) {
        return rights[i];
    }

    /**
     * Reads a program; a code of {@link BadProgram}.
     *
     * @param at where the file is in physical memory
     * @param size its bytes
     * @param machine {@link #X86_64} or {@link #RISCV}
     */
    public int read(long at, long size, int machine) {
        count = 0;
        entry = 0;
        file = at;
        length = size;
        if (at < 0 || size < HEADER || size > Physical.reach() - at) {
            return BadProgram.SIZE;
        }
        int error = identification();
        if (error == BadProgram.OK) {
            error = header(machine);
        }
        if (error == BadProgram.OK) {
            error = segments(pair(32), half(56));
        }
        return error == BadProgram.OK ? entryPoint(pair(24)) : error;
    }

    private int identification() {
        if (word(0) != MAGIC) {
            return BadProgram.MAGIC;
        }
        if (octet(4) != CLASS_64) {
            return BadProgram.CLASS;
        }
        if (octet(5) != LITTLE_ENDIAN) {
            return BadProgram.DATA;
        }
        if (octet(6) != VERSION || word(20) != VERSION) {
            return BadProgram.VERSION;
        }
        return octet(7) == 0 ? BadProgram.OK : BadProgram.OS_ABI;
    }

    private int header(int machine) {
        if (half(16) != EXECUTABLE) {
            return BadProgram.TYPE;
        }
        if (half(18) != machine) {
            return BadProgram.MACHINE;
        }
        // No floating point: the kernel keeps no such registers.
        if ((word(48) & ~(machine == RISCV ? RISCV_COMPRESSED : 0)) != 0) {
            return BadProgram.FLAGS;
        }
        if (half(52) != HEADER) {
            return BadProgram.HEADER_SIZE;
        }
        return half(54) == PROGRAM_HEADER ? BadProgram.OK : BadProgram.ENTRY_SIZE;
    }

    private int segments(long first, int headers) {
        if (headers == 0 || headers > Limits.PROGRAM_HEADERS) {
            return BadProgram.HEADERS;
        }
        if (!holds(first, (long) headers * PROGRAM_HEADER) || (first & 7) != 0) {
            return BadProgram.HEADERS_PLACE;
        }
        for (int i = 0; i < headers; i++) {
            int at = (int) first + i * PROGRAM_HEADER;
            int type = (int) word(at);
            int error = BadProgram.OK;
            if (type == LOAD) {
                error = segment(at);
            } else if (type == DYNAMIC || type == INTERPRETER) {
                error = BadProgram.NOT_STATIC;
            } else if (type == THREAD_LOCAL) {
                error = BadProgram.THREAD_LOCAL;
            } else if (type == STACK && (word(at + 4) & EXECUTE) != 0) {
                error = BadProgram.STACK;
            }
            if (error != BadProgram.OK) {
                return error;
            }
        }
        return count == 0 ? BadProgram.NO_SEGMENT : BadProgram.OK;
    }

    private int segment(int at) {
        if (count == Limits.SEGMENTS) {
            return BadProgram.SEGMENTS;
        }
        long flags = word(at + 4);
        long offset = pair(at + 8);
        long from = pair(at + 16);
        long fileBytes = pair(at + 32);
        long memory = pair(at + 40);
        if ((flags & ~(READ | WRITE | EXECUTE)) != 0 || (flags & READ) == 0) {
            return BadProgram.RIGHTS;
        }
        if ((flags & (WRITE | EXECUTE)) == (WRITE | EXECUTE)) {
            return BadProgram.WRITE_AND_EXECUTE;
        }
        if (!holds(offset, fileBytes)) {
            return BadProgram.FILE_RANGE;
        }
        if (memory <= 0 || memory < fileBytes) {
            return BadProgram.MEMORY_SIZE;
        }
        if (from < USER_FROM || from >= USER_TO || memory > USER_TO - from) {
            return BadProgram.ADDRESS;
        }
        if (badAlignment(pair(at + 48), offset, from)) {
            return BadProgram.ALIGNMENT;
        }
        long mask = -MemoryMap.PAGE;
        if (count > 0 && ((froms[count - 1] + bytes[count - 1] - 1) & mask) >= (from & mask)) {
            return BadProgram.OVERLAP;
        }
        froms[count] = from;
        bytes[count] = memory;
        offsets[count] = offset;
        inFile[count] = fileBytes;
        rights[count] = (int) flags;
        count++;
        return BadProgram.OK;
    }

    /** A power of two, at least a page, by which address and place in the file differ. */
    private static boolean badAlignment(long align, long offset, long from) {
        return align < MemoryMap.PAGE
                || (align & (align - 1)) != 0
                || ((from - offset) & (align - 1)) != 0;
    }

    private int entryPoint(long address) {
        entry = address;
        for (int i = 0; i < count; i++) {
            boolean in = address >= froms[i] && address - froms[i] < inFile[i];
            if (in && (rights[i] & EXECUTE) != 0) {
                return BadProgram.OK;
            }
        }
        return BadProgram.ENTRY;
    }

    /** Whether the file has these bytes. */
    private boolean holds(long place, long size) {
        return place >= 0 && size >= 0 && place <= length && size <= length - place;
    }

    private int octet(long place) {
        return Physical.byteAt(file + place);
    }

    private int half(long place) {
        return octet(place) | octet(place + 1) << 8;
    }

    private long word(long place) {
        return half(place) | (long) half(place + 2) << 16;
    }

    private long pair(long place) {
        return word(place) | word(place + 4) << 32;
    }
}
