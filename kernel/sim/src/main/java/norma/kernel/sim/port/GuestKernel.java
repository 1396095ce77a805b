package norma.kernel.sim.port;

/**
 * One kernel, as entry.S and trap.S see it: three entries that return the slot of the thread to
 * resume, and the frames' registers.
 */
public interface GuestKernel {
    /** Makes kernels; implemented by the one class that the kernel's loader adds. */
    interface Factory {
        /** A kernel before its boot. */
        GuestKernel create();
    }

    /** Boots on core 0. */
    int boot();

    /** A started core enters. */
    int coreMain(int core);

    /** An interrupt, system call or fault in user mode. */
    int trap(int core, int cause, long pc);

    /** Saves the registers of a system call into the frame of {@code slot}. */
    void call(int slot, long number, long a, long b, long c, long d);

    /** First register of a thread that starts. */
    long argument0(int slot);

    /** Second register of a thread that starts. */
    long argument1(int slot);

    /** Result register of a thread that resumes. */
    long result(int slot);

    /** Message register of a thread that resumes. */
    long word(int slot);

    /** Is the thread that resumes to execute its system call again: it has no result yet? */
    boolean again(int slot);

    /** Is the thread that resumes one that ends: its call to end is to be made again? */
    boolean ends(int slot);

    /** The thread that resumes has its result. */
    void returned(int slot);

    /** Incarnation of the thread in a slot. */
    int generation(int slot);

    /** User mode: runs a thread from its start. */
    void user(int slot, int program);
}
