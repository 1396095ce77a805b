// Contract: what user mode may not do, so that the script runner can try. Owner: kernel/abi.
package norma.abi;

import norma.quals.AsmLayout;

/** Attempts of user mode at what is not its own; each is a fault of the thread. */
@AsmLayout("FORBIDDEN")
public final class Forbidden {
    private Forbidden() {}

    /** A privileged instruction. */
    public static final int INSTRUCTION = 0;

    /** A load from the kernel's code. */
    public static final int READ_KERNEL = 1;

    /** A store to the kernel's code. */
    public static final int WRITE_KERNEL = 2;

    /** A jump into the kernel. */
    public static final int ENTER_KERNEL = 3;

    /** A load from a device. */
    public static final int READ_DEVICE = 4;

    /** A load from a ring of the flight recorder. */
    public static final int READ_RING = 5;

    /** A store to the words of the block that the host has written. */
    public static final int WRITE_BLOCK = 6;

    /** A store to the thread's own code. */
    public static final int WRITE_CODE = 7;

    /** A jump to the thread's own stack. */
    public static final int EXECUTE_STACK = 8;

    /** A store below the thread's own stack. */
    public static final int LEAVE_STACK = 9;

    /** A load from address 0. */
    public static final int READ_NULL = 10;

    /** A load from the kernel's view of RAM. */
    public static final int READ_DIRECT = 11;

    /** One more than the largest number. */
    public static final int LIMIT = 12;
}
