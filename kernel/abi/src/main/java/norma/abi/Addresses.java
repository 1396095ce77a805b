// Contract: addresses of user mode that programs are linked for or that their runtime knows; all of
// them, and why, in arch/native/paging/memory_map.h. Owner: kernel/abi.
package norma.abi;

import norma.quals.AsmLayout;

/** Addresses of user mode. */
@AsmLayout("ADDRESSES")
public final class Addresses {
    private Addresses() {}

    /** Bytes of a page. */
    public static final long PAGE = 4096;

    /**
     * The archive of programs, readable for all: what firmware was given as an initial RAM disk.
     */
    public static final long PROGRAMS = 6L << 30;

    /** Its largest size. */
    public static final long PROGRAMS_BYTES = 1L << 30;

    /** A process's own pages: page p is at p * {@link #PAGE} from here. */
    public static final long WINDOW = 1L << 39;
}
