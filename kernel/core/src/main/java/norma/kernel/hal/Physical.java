// Contract: physical memory while the kernel boots. Owner: kernel/core; metal: arch/native.
package norma.kernel.hal;

import norma.quals.Intrinsic;
import norma.quals.NoAlloc;

/** What firmware has left in memory, and the kernel's own map of RAM. */
@NoAlloc
public final class Physical {
    private Physical() {}

    /** First address that {@link #byteAt} does not reach. */
    @Intrinsic("norma_physical_reach")
    public static long reach() {
        return World.current().physicalReach();
    }

    /** The byte at a physical address, 0 to 255; for boot alone. */
    @Intrinsic("norma_physical_byte")
    public static int byteAt(long at) {
        return World.current().physicalByte(at);
    }

    /** Makes RAM, whole pages, readable and writable for the kernel. Each page once. */
    @Intrinsic("norma_map_ram")
    public static void mapRam(long from, long to) {
        World.current().mapRam(from, to);
    }

    /**
     * Makes the archive of programs, whole pages that are not more than {@link
     * norma.abi.Addresses#PROGRAMS_BYTES}, readable for user mode. Once at most.
     */
    @Intrinsic("norma_map_programs")
    public static void mapPrograms(long from, long bytes) {
        World.current().mapPrograms(from, bytes);
    }
}
