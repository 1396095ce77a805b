// Contract: the block of memory shared with the host (norma.abi.Shared). Owner: kernel/core.
package norma.kernel.hal;

import norma.quals.Intrinsic;
import norma.quals.NoAlloc;

/** Words of the shared block; offsets are bytes from its start, multiples of 8. */
@NoAlloc
public final class Memory {
    private Memory() {}

    /** Plain (volatile in C) load. */
    @Intrinsic("norma_load")
    public static long load(long offset) {
        return World.current().load(offset);
    }

    /** Load that later accesses do not pass. */
    @Intrinsic("norma_load_acquire")
    public static long loadAcquire(long offset) {
        return World.current().loadAcquire(offset);
    }

    /** Plain (volatile in C) store. */
    @Intrinsic("norma_store")
    public static void store(long offset, long value) {
        World.current().store(offset, value);
    }

    /** Store that earlier accesses do not pass. */
    @Intrinsic("norma_store_release")
    public static void storeRelease(long offset, long value) {
        World.current().storeRelease(offset, value);
    }
}
