package norma.kernel.sim.explore;

import norma.kernel.sim.port.GuestKernel;

/**
 * A way into the kernel: which core, and why.
 *
 * @param core the core
 * @param cause cause of a trap, or one of the constants here
 * @param pc program counter of the trap
 */
record Entry(int core, int cause, long pc) {
    /** Where page and access of a page fault are in its program counter. */
    private static final int PAGE_SHIFT = 20;

    private static final int ACCESS_SHIFT = 16;
    private static final int ACCESS_MASK = 15;

    /** The first core boots. */
    static final int BOOT = -1;

    /** Another core begins. */
    static final int BEGIN = -2;

    /** A page fault; the program counter says of what. */
    static Entry pageFault(int core, int cause, int page, int access) {
        long where = (long) (page + 1) << PAGE_SHIFT | access << ACCESS_SHIFT;
        return new Entry(core, cause, where);
    }

    /** Page that user mode faulted at, or -1. */
    int faultPage() {
        return (int) (pc >> PAGE_SHIFT) - 1;
    }

    /** How it tried to reach it. */
    int faultAccess() {
        return (int) (pc >> ACCESS_SHIFT) & ACCESS_MASK;
    }

    /** Runs the kernel's code; the slot of the thread to resume. */
    int run(GuestKernel kernel) {
        return switch (cause) {
            case BOOT -> kernel.boot();
            case BEGIN -> kernel.coreMain(core);
            default -> kernel.trap(core, cause, pc);
        };
    }
}
