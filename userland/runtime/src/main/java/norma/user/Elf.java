// Contract: reads and checks a static program of user mode, an ELF file of 64 bits, in the archive
// of
// programs. Owner: userland/runtime. Sources: System V ABI (gABI) chapters 4 and 5; the psABI
// supplements of x86-64 and RISC-V for machine and flags.
// Invariants: reads no byte outside of the file, and keeps nothing: all processes share this code.
// Of a file that is accepted: segments ascend and share no page; none is both writable and
// executable; each lies in user mode's half, and what it has of the file in the file; the entry is
// in an executable one.
package norma.user;

import norma.abi.Addresses;
import norma.abi.Limits;
import norma.quals.NoAlloc;

/** Decoder of programs. */
@NoAlloc
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
    public static final long USER_TO = (1L << 47) - Addresses.PAGE;

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

    private Elf() {}

    /**
     * Reads a program; a code of {@link BadProgram}.
     *
     * @param file where it begins in the archive
     * @param size its bytes
     * @param machine {@link #X86_64} or {@link #RISCV}
     */
    public static int check(long file, long size, int machine) {
        if (size < HEADER) {
            return BadProgram.SIZE;
        }
        int error = identification(file);
        if (error == BadProgram.OK) {
            error = header(file, machine);
        }
        if (error == BadProgram.OK) {
            error = segments(file, size);
        }
        return error == BadProgram.OK ? entryPoint(file) : error;
    }

    /** Number of program headers of a file that has been checked. */
    public static int headers(long file) {
        return half(file + 56);
    }

    /** Does a header name a segment that is loaded? */
    public static boolean loads(long file, int header) {
        return word(at(file, header)) == LOAD;
    }

    /** Address of the first instruction. */
    public static long entry(long file) {
        return pair(file + 24);
    }

    /** First address of a segment. */
    public static long from(long file, int header) {
        return pair(at(file, header) + 16);
    }

    /** Bytes of memory of a segment. */
    public static long bytes(long file, int header) {
        return pair(at(file, header) + 40);
    }

    /** Where a segment begins in the file. */
    public static long offset(long file, int header) {
        return pair(at(file, header) + 8);
    }

    /** Bytes that a segment has of the file; the rest of its memory is zero. */
    public static long inFile(long file, int header) {
        return pair(at(file, header) + 32);
    }

    /** Rights of a segment: {@link #READ} and so on. */
    public static int rights(long file, int header) {
        return (int) word(at(file, header) + 4);
    }

    private static long at(long file, int header) {
        return file + pair(file + 32) + (long) header * PROGRAM_HEADER;
    }

    private static int identification(long file) {
        if (word(file) != MAGIC) {
            return BadProgram.MAGIC;
        }
        if (octet(file + 4) != CLASS_64) {
            return BadProgram.CLASS;
        }
        if (octet(file + 5) != LITTLE_ENDIAN) {
            return BadProgram.DATA;
        }
        if (octet(file + 6) != VERSION || word(file + 20) != VERSION) {
            return BadProgram.VERSION;
        }
        return octet(file + 7) == 0 ? BadProgram.OK : BadProgram.OS_ABI;
    }

    private static int header(long file, int machine) {
        if (half(file + 16) != EXECUTABLE) {
            return BadProgram.TYPE;
        }
        if (half(file + 18) != machine) {
            return BadProgram.MACHINE;
        }
        // No floating point: the kernel keeps no such registers.
        if ((word(file + 48) & ~(machine == RISCV ? RISCV_COMPRESSED : 0)) != 0) {
            return BadProgram.FLAGS;
        }
        if (half(file + 52) != HEADER) {
            return BadProgram.HEADER_SIZE;
        }
        return half(file + 54) == PROGRAM_HEADER ? BadProgram.OK : BadProgram.ENTRY_SIZE;
    }

    private static int segments(long file, long size) {
        long first = pair(file + 32);
        int headers = headers(file);
        if (headers == 0 || headers > Limits.PROGRAM_HEADERS) {
            return BadProgram.HEADERS;
        }
        if (!holds(size, first, (long) headers * PROGRAM_HEADER) || (first & 7) != 0) {
            return BadProgram.HEADERS_PLACE;
        }
        long end = 0;
        for (int i = 0; i < headers; i++) {
            int error = other(file, i);
            if (loads(file, i)) {
                error = segment(file, size, i, end);
                end = from(file, i) + bytes(file, i);
            }
            if (error != BadProgram.OK) {
                return error;
            }
        }
        return end == 0 ? BadProgram.NO_SEGMENT : BadProgram.OK;
    }

    /** What else a header may ask for. */
    private static int other(long file, int header) {
        int type = (int) word(at(file, header));
        if (type == DYNAMIC || type == INTERPRETER) {
            return BadProgram.NOT_STATIC;
        }
        if (type == THREAD_LOCAL) {
            return BadProgram.THREAD_LOCAL;
        }
        boolean executed = type == STACK && (rights(file, header) & EXECUTE) != 0;
        return executed ? BadProgram.STACK : BadProgram.OK;
    }

    /** A segment; {@code end} is where the last one ends, or 0. */
    private static int segment(long file, long size, int header, long end) {
        int flags = rights(file, header);
        long offset = offset(file, header);
        long from = from(file, header);
        long inFile = inFile(file, header);
        long memory = bytes(file, header);
        if ((flags & ~(READ | WRITE | EXECUTE)) != 0 || (flags & READ) == 0) {
            return BadProgram.RIGHTS;
        }
        if ((flags & (WRITE | EXECUTE)) == (WRITE | EXECUTE)) {
            return BadProgram.WRITE_AND_EXECUTE;
        }
        if (!holds(size, offset, inFile)) {
            return BadProgram.FILE_RANGE;
        }
        if (memory <= 0 || memory < inFile) {
            return BadProgram.MEMORY_SIZE;
        }
        if (from < USER_FROM || from >= USER_TO || memory > USER_TO - from) {
            return BadProgram.ADDRESS;
        }
        if (badAlignment(pair(at(file, header) + 48), offset, from)) {
            return BadProgram.ALIGNMENT;
        }
        long mask = -Addresses.PAGE;
        boolean meets = end > 0 && ((end - 1) & mask) >= (from & mask);
        return meets ? BadProgram.OVERLAP : BadProgram.OK;
    }

    /** A power of two, at least a page, by which address and place in the file differ. */
    private static boolean badAlignment(long align, long offset, long from) {
        return align < Addresses.PAGE
                || (align & (align - 1)) != 0
                || ((from - offset) & (align - 1)) != 0;
    }

    private static int entryPoint(long file) {
        long address = entry(file);
        for (int i = 0; i < headers(file); i++) {
            if (loads(file, i)) {
                long from = from(file, i);
                boolean in = address >= from && address - from < inFile(file, i);
                if (in && (rights(file, i) & EXECUTE) != 0) {
                    return BadProgram.OK;
                }
            }
        }
        return BadProgram.ENTRY;
    }

    /** Whether a file of so many bytes has these. */
    private static boolean holds(long size, long place, long bytes) {
        return place >= 0 && bytes >= 0 && place <= size && bytes <= size - place;
    }

    private static int octet(long place) {
        return Gate.octet(place);
    }

    private static int half(long place) {
        return octet(place) | octet(place + 1) << 8;
    }

    private static long word(long place) {
        return half(place) | (long) half(place + 2) << 16;
    }

    private static long pair(long place) {
        return word(place) | word(place + 4) << 32;
    }
}
