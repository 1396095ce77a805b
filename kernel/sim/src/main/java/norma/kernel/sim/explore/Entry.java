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
    /** The first core boots. */
    static final int BOOT = -1;

    /** Another core begins. */
    static final int BEGIN = -2;

    /** Runs the kernel's code; the slot of the thread to resume. */
    int run(GuestKernel kernel) {
        return switch (cause) {
            case BOOT -> kernel.boot();
            case BEGIN -> kernel.coreMain(core);
            default -> kernel.trap(core, cause, pc);
        };
    }
}
