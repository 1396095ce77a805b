// Contract: what may be done with a page. Owner: kernel/abi. Numbers: also the reference model's.
package norma.abi;

import norma.quals.AsmLayout;

/**
 * Rights to a page, and protections that a process asks for: a page is readable, and writable or
 * executable or neither.
 */
@AsmLayout("RIGHTS")
public final class Rights {
    private Rights() {}

    /** Not even to be read. */
    public static final int NONE = 0;

    /** To be read. */
    public static final int READ = 1;

    /** To be read and written. */
    public static final int WRITE = 2;

    /** To be read and executed. */
    public static final int EXECUTE = 3;

    /** One more than the largest number. */
    public static final int LIMIT = 4;

    /** Whether {@code rights} allow an access of the kind {@code access}. */
    public static boolean allow(int rights, int access) {
        return access == rights || (access == READ && rights != NONE);
    }
}
