// Contract: what assembly calls before the kernel boots: the firmware's description of memory
// becomes
// the kernel's, RAM is mapped, frames for address spaces are taken if a host asks for any, and who
// cannot boot is told why. Owner: kernel/core.
// Invariant: runs once, on one core, on the boot tables.
package norma.kernel.boot;

import norma.abi.Gate;
import norma.abi.Limits;
import norma.abi.Shared;
import norma.kernel.hal.Console;
import norma.kernel.hal.Memory;
import norma.kernel.hal.Physical;
import norma.kernel.lang.Panic;
import norma.quals.Entry;
import norma.quals.NoAlloc;

/** Entries from assembly before the kernel's own tables are loaded. */
@NoAlloc
public final class BootEntry {
    private static final MemoryMap MAP = new MemoryMap();
    private static final DeviceTree TREE = new DeviceTree(MAP);
    private static final StartInfo INFO = new StartInfo(MAP);

    private BootEntry() {}

    /** The machine's memory. */
    public static MemoryMap memory() {
        return MAP;
    }

    /**
     * A device tree says what there is.
     *
     * @param at where it is
     * @param image where the kernel's image is
     * @param imageEnd where it ends
     * @param ram where {@link Shared#BASE} counts from
     */
    @Entry("norma_boot_tree")
    public static void tree(long at, long image, long imageEnd, long ram) {
        finish(MAP, TREE.read(at), image, imageEnd, ram);
    }

    /** The start info of a PVH boot says it; see {@link #tree}. */
    @Entry("norma_boot_info")
    public static void info(long at, long image, long imageEnd, long ram) {
        finish(MAP, INFO.read(at), image, imageEnd, ram);
    }

    /** A decoder has told the map all: maps RAM, or ends the machine. */
    static void finish(MemoryMap map, int read, long image, long imageEnd, long ram) {
        int error = read;
        if (error == Malformed.OK) {
            error = map.take(image, imageEnd - image);
        }
        long block = ram + Gate.BASE;
        long blockEnd = ram + Shared.BASE + blockBytes();
        if (error == Malformed.OK) {
            error = map.take(block, blockEnd - block);
        }
        if (error == Malformed.OK) {
            error = map.finish();
        }
        if (error == Malformed.OK
                && !(map.ram().covers(image, imageEnd) && map.ram().covers(block, blockEnd))) {
            error = Malformed.BLOCK;
        }
        if (error == Malformed.OK && !map.goodPrograms()) {
            error = Malformed.PROGRAMS;
        }
        long frames = 0;
        if (error == Malformed.OK && asksForPages()) {
            frames = map.takePages(Limits.FRAMES);
            error = frames < 0 ? Malformed.FRAMES : Malformed.OK;
        }
        if (error != Malformed.OK) {
            Console.print("\nPANIC boot: ");
            Console.print(Malformed.text(error));
            Console.put('\n');
            Panic.stop(Shared.PANICKED);
        }
        Ranges all = map.ram();
        for (int i = 0; i < all.count(); i++) {
            Physical.mapRam(all.from(i), all.to(i));
        }
        Memory.store(Shared.OFF_RAM, all.bytes());
        Memory.store(Shared.OFF_FREE, map.free().bytes());
        Memory.store(Shared.OFF_FRAMES_AT, frames);
        if (map.programsBytes() > 0) {
            Physical.mapPrograms(map.programsFrom(), map.programsBytes());
        }
        Memory.store(Shared.OFF_PROGRAMS, map.programsBytes());
    }

    /** Whether a host has filled the block, and wants address spaces. */
    private static boolean asksForPages() {
        return Memory.load(Shared.OFF_MAGIC) == Shared.MAGIC && Memory.load(Shared.OFF_PAGES) > 0;
    }

    /** Bytes of the shared block, rings included; a page if no host has filled it. */
    private static long blockBytes() {
        if (Memory.load(Shared.OFF_MAGIC) != Shared.MAGIC) {
            return MemoryMap.PAGE;
        }
        long rings = Memory.load(Shared.OFF_RINGS);
        long cores = Memory.load(Shared.OFF_CORES);
        long records = Memory.load(Shared.OFF_RING_RECORDS);
        assert rings >= 0 && rings < MemoryMap.END && cores >= 0 && cores <= Limits.CORES;
        assert records >= 0 && records < MemoryMap.END;
        return rings + cores * Shared.ringStride(records);
    }
}
