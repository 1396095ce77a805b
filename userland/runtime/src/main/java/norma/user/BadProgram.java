// Contract: why a program is not accepted: one code for each field. Owner: userland/runtime.
// Invariant: every code but OK has its text in text().
package norma.user;

import norma.quals.NoAlloc;

/** What is wrong with a program ({@link Elf}). */
@NoAlloc
public final class BadProgram {
    private BadProgram() {}

    /** Nothing. */
    public static final int OK = 0;

    public static final int SIZE = 1;
    public static final int MAGIC = 2;
    public static final int CLASS = 3;
    public static final int DATA = 4;
    public static final int VERSION = 5;
    public static final int OS_ABI = 6;
    public static final int TYPE = 7;
    public static final int MACHINE = 8;
    public static final int FLAGS = 9;
    public static final int HEADER_SIZE = 10;
    public static final int ENTRY_SIZE = 11;
    public static final int HEADERS = 12;
    public static final int HEADERS_PLACE = 13;
    public static final int NOT_STATIC = 14;
    public static final int THREAD_LOCAL = 15;
    public static final int STACK = 16;
    public static final int NO_SEGMENT = 17;

    /** None of that name is in the archive. */
    public static final int NOT_FOUND = 18;

    public static final int RIGHTS = 19;
    public static final int WRITE_AND_EXECUTE = 20;
    public static final int FILE_RANGE = 21;
    public static final int MEMORY_SIZE = 22;
    public static final int ADDRESS = 23;
    public static final int ALIGNMENT = 24;
    public static final int OVERLAP = 25;
    public static final int ENTRY = 26;

    /** The archive of programs itself. */
    public static final int ARCHIVE = 27;

    /** It needs pages that the process does not have, or those of its stack. */
    public static final int PLACE = 28;

    /** Another thread of the process maps pages. */
    public static final int TAKEN = 29;

    /** One more than the largest code. */
    public static final int LIMIT = 30;

    /** What to tell people. */
    public static String text(int code) {
        return switch (code) {
            case SIZE -> "shorter than an ELF header, or out of reach";
            case MAGIC -> "e_ident: no ELF file";
            case CLASS -> "e_ident: not of 64 bits";
            case DATA -> "e_ident: not little-endian";
            case VERSION -> "e_ident or e_version: version 1 is needed";
            case OS_ABI -> "e_ident: made for another system";
            case TYPE -> "e_type: not an executable at fixed addresses";
            case MACHINE -> "e_machine: of another machine";
            case FLAGS -> "e_flags: needs what the kernel does not keep";
            case HEADER_SIZE -> "e_ehsize is not 64";
            case ENTRY_SIZE -> "e_phentsize is not 56";
            case HEADERS -> "e_phnum is 0 or too large";
            case HEADERS_PLACE -> "e_phoff: program headers are not in the file";
            case NOT_STATIC -> "p_type: needs a dynamic linker";
            case THREAD_LOCAL -> "p_type: has thread-local memory";
            case STACK -> "p_flags: wants its stack executable";
            case NO_SEGMENT -> "p_type: nothing to load";
            case RIGHTS -> "p_flags: not readable, or unknown";
            case WRITE_AND_EXECUTE -> "p_flags: writable and executable";
            case FILE_RANGE -> "p_offset or p_filesz: not in the file";
            case MEMORY_SIZE -> "p_memsz: 0, or less than p_filesz";
            case ADDRESS -> "p_vaddr or p_memsz: not in user mode's addresses";
            case ALIGNMENT -> "p_align: no power of two pages, or not that of p_vaddr and p_offset";
            case OVERLAP -> "p_vaddr: segments share a page, or do not ascend";
            case ENTRY -> "e_entry: not in what is executable";
            case NOT_FOUND -> "no program of that name";
            case ARCHIVE -> "the archive of programs is not one";
            case PLACE -> "p_vaddr or p_memsz: not in the process's own pages below its stack";
            default -> "other threads of the process map pages";
        };
    }
}
