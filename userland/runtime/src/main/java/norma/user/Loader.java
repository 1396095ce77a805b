// Contract: puts a program of the archive into the caller's own pages and begins it; user mode does
// so itself, with the calls that every program has. Owner: userland/runtime.
// Invariants: nothing of the process changes before the program has been found good; no page is
// both writable and executable at any time. This code, and its stack, are outside of the pages that
// it replaces.
package norma.user;

import norma.abi.Addresses;
import norma.abi.Code;
import norma.abi.Rights;
import norma.abi.Shared;
import norma.abi.SystemCall;
import norma.quals.NoAlloc;

/** Loader of programs. */
@NoAlloc
public final class Loader {
    /**
     * Pages of a program's stack, the last that the process has. Below is one that is not mapped.
     */
    public static final int STACK_PAGES = 2;

    private static final int GUARD_PAGES = 1;

    private Loader() {}

    /**
     * Begins a program; comes back if it cannot be, with {@link Code#INVALID} in register 0 and a
     * code of {@link BadProgram} in register 1. The caller should be its process's only thread.
     *
     * @param area the thread's witness area
     * @param low the program's name, see {@link Archive#find}
     * @param high the rest of it
     * @param argument what the program is given, with its thread's slot
     */
    static void exec(long area, long low, long high, long argument) {
        long pages = Gate.load(Shared.OFF_PAGES);
        long header = Gate.load(Shared.OFF_PROGRAMS) == 0 ? -1 : Archive.find(low, high);
        int why = check(header, pages);
        if (why == BadProgram.OK) {
            Witness.systemCall(area, SystemCall.UNMAP, 0, pages - 1, 0, 0);
            why = install(area, Archive.content(header), pages);
        }
        if (why == BadProgram.OK) {
            long entry = Elf.entry(Archive.content(header));
            long stack = Addresses.WINDOW + pages * Addresses.PAGE;
            Gate.begin(entry, stack, Witness.slot(area), argument);
            Witness.systemCall(area, SystemCall.EXIT, 0, 0, 0, 0);
        }
        Witness.set(area, 0, Code.INVALID);
        Witness.set(area, 1, why);
    }

    /** Is it a program that has its place in so many pages? */
    private static int check(long header, long pages) {
        if (header < 0) {
            return header == Archive.MALFORMED ? BadProgram.ARCHIVE : BadProgram.NOT_FOUND;
        }
        long file = Archive.content(header);
        int why = Elf.check(file, Archive.size(header), Gate.machine());
        long room = (pages - STACK_PAGES - GUARD_PAGES) * Addresses.PAGE;
        for (int i = 0; why == BadProgram.OK && i < Elf.headers(file); i++) {
            if (Elf.loads(file, i)) {
                long from = Elf.from(file, i) - Addresses.WINDOW;
                boolean fits = from >= 0 && from < room && Elf.bytes(file, i) <= room - from;
                why = fits ? BadProgram.OK : BadProgram.PLACE;
            }
        }
        return why;
    }

    private static int install(long area, long file, long pages) {
        int code = Code.OK;
        for (int i = 0; code == Code.OK && i < Elf.headers(file); i++) {
            if (Elf.loads(file, i)) {
                code = segment(area, file, i);
            }
        }
        if (code == Code.OK) {
            code = map(area, pages - STACK_PAGES, pages - 1);
        }
        return code == Code.OK ? BadProgram.OK : BadProgram.TAKEN;
    }

    private static int segment(long area, long file, int i) {
        long from = Elf.from(file, i) - Addresses.WINDOW;
        long first = from / Addresses.PAGE;
        long last = (from + Elf.bytes(file, i) - 1) / Addresses.PAGE;
        int code = map(area, first, last);
        if (code == Code.OK) {
            Gate.install(from + Addresses.WINDOW, file + Elf.offset(file, i), Elf.inFile(file, i));
            int rights = Elf.rights(file, i);
            if ((rights & Elf.WRITE) == 0) {
                int kept = (rights & Elf.EXECUTE) == 0 ? Rights.READ : Rights.EXECUTE;
                code = Witness.systemCall(area, SystemCall.PROTECT, first, last, kept, 0);
            }
        }
        return code;
    }

    private static int map(long area, long first, long last) {
        return Witness.systemCall(area, SystemCall.MAP, first, last, Rights.WRITE, 0);
    }
}
