package norma.fuzz;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import norma.conformance.machine.Arch;
import norma.conformance.machine.GuestMemory;

/**
 * The page tables that a machine has in memory, as the processor's manual reads them (Sv48; Intel
 * SDM vol. 3, 4-level paging), independently of the kernel.
 */
final class PageTables {
    private static final int ENTRIES = 512;
    private static final int TOP = 3;
    private static final long PAGE = 4096;

    private final Arch arch;
    private final GuestMemory memory;
    private final List<Leaf> leaves = new ArrayList<>();

    /** Some bytes that are mapped, with what may be done there. */
    record Leaf(long from, long at, long bytes, boolean write, boolean execute, boolean user) {
        /** Whether it maps some of these bytes of memory. */
        boolean maps(long begin, long end) {
            return at < end && begin < at + bytes;
        }

        /** Whether it is at some of these addresses, which are of one half. */
        boolean covers(long begin, long end) {
            return (from < 0) == (begin < 0) && from < end && begin < from + bytes;
        }
    }

    PageTables(Arch arch, GuestMemory memory, long root) {
        this.arch = arch;
        this.memory = memory;
        walk(root, TOP, 0, true, true, true);
    }

    List<Leaf> leaves() {
        return leaves;
    }

    private void walk(
            long table, int level, long from, boolean write, boolean execute, boolean user) {
        long bytes = PAGE << (9 * level);
        for (int i = 0; i < ENTRIES; i++) {
            long entry = memory.getLong(table + 8L * i);
            long address = canonical(from + i * bytes);
            if ((entry & 1) == 0) {
                continue;
            }
            if (arch == Arch.RISCV64) {
                riscv(entry, level, address, bytes);
            } else {
                x86(entry, level, address, bytes, new boolean[] {write, execute, user});
            }
        }
    }

    /** Bits above the highest are its copies. */
    private static long canonical(long address) {
        return address << 16 >> 16;
    }

    private void riscv(long entry, int level, long address, long bytes) {
        long at = entry >> 10 << 12;
        if ((entry & 0xe) == 0) {
            walk(at, level - 1, address, true, true, true);
        } else {
            leaves.add(
                    new Leaf(
                            address,
                            at,
                            bytes,
                            (entry & 4) != 0,
                            (entry & 8) != 0,
                            (entry & 16) != 0));
        }
    }

    /** Rights of the entries on the way there apply, too. */
    private void x86(long entry, int level, long address, long bytes, boolean[] above) {
        long at = entry & 0x000ffffffffff000L;
        boolean write = above[0] && (entry & 2) != 0;
        boolean execute = above[1] && entry >= 0;
        boolean user = above[2] && (entry & 4) != 0;
        if (level > 0 && (entry & 128) == 0) {
            walk(at, level - 1, address, write, execute, user);
        } else {
            leaves.add(new Leaf(address, at, bytes, write, execute, user));
        }
    }

    /**
     * A symbol of an image.
     *
     * @param address where it is linked
     * @param at where it is in RAM, if it is in a section of the image
     */
    record Symbol(long address, long at) {
        long distance() {
            return address - at;
        }
    }

    /** An image's symbols, from the linker's map. */
    static Map<String, Symbol> symbols(Path elf, Arch arch) throws IOException {
        Map<String, Symbol> symbols = new HashMap<>();
        for (String line : Files.readAllLines(elf.resolveSibling("norma-" + arch + ".map"))) {
            String[] words = line.strip().split("\\s+");
            boolean section = words.length == 5 && words[4].matches("\\w+");
            if (section || words.length == 7 && words[5].equals("=")) {
                long address = Long.parseUnsignedLong(words[0], 16);
                symbols.put(words[4], new Symbol(address, Long.parseUnsignedLong(words[1], 16)));
            }
        }
        return symbols;
    }
}
