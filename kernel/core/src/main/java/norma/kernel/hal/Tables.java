// Contract: page tables of address spaces, and the translations that this core keeps of them.
// A core may keep any translation that its tables have had since it last flushed, also that there
// was
// none, or with fewer rights, but for those that it has entered itself: who faults at what the
// tables
// allow flushes, and tries again.
// Owner: kernel/core; metal: arch/native/paging.
package norma.kernel.hal;

import norma.quals.Intrinsic;
import norma.quals.NoAlloc;

/**
 * Page tables of address spaces. The kernel's own part is in all of them; pages are those of the
 * window that is an address space's own.
 */
@NoAlloc
public final class Tables {
    private Tables() {}

    /** Instead of a space: the kernel's tables, which have nobody's pages. */
    public static final int KERNEL = -1;

    /** Bytes of a frame. */
    public static final long FRAME = 4096;

    /** Makes the tables of a space, without a page in its window. Once, at boot, on core 0. */
    @Intrinsic("norma_tables_make")
    public static void make(int space) {
        World.current().makeTables(space);
    }

    /** This core uses the tables of a space, or {@link #KERNEL}, and keeps no translation. */
    @Intrinsic("norma_tables_load")
    public static void load(int space) {
        World.current().loadTables(space);
    }

    /** This core keeps no translation. */
    @Intrinsic("norma_tables_flush")
    public static void flush() {
        World.current().flush();
    }

    /**
     * What the tables of a space say of a page from now on: the physical address of a frame, and
     * rights ({@code norma.abi.Rights}); NONE: the page is not there.
     */
    @Intrinsic("norma_tables_enter")
    public static void enter(int space, int page, long frame, int rights) {
        World.current().enterPage(space, page, frame, rights);
    }

    /** The frame at a physical address is all zeros from now on. */
    @Intrinsic("norma_frame_clear")
    public static void clear(long frame) {
        World.current().clearFrame(frame);
    }

    /** The frame at the physical address {@code to} has the contents of another from now on. */
    @Intrinsic("norma_frame_copy")
    public static void copy(long from, long to) {
        World.current().copyFrame(from, to);
    }

    /**
     * The page of an address space's window that this core's user mode has just faulted at, or -1.
     */
    @Intrinsic("norma_fault_page")
    public static int faultPage() {
        return World.current().faultPage();
    }

    /** How it tried to reach that page ({@code norma.abi.Rights}); NONE: the cause is another. */
    @Intrinsic("norma_fault_access")
    public static int faultAccess(int cause) {
        return World.current().faultAccess(cause);
    }
}
