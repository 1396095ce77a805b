// Contract: takes the locks of up to two address spaces in the declared order (by index).
package norma.kernel.mem;

import norma.kernel.thread.Core;
import norma.quals.Acquires;
import norma.quals.NoAlloc;
import norma.quals.Releases;
import org.checkerframework.checker.nullness.qual.Nullable;

/** Locks of a space and perhaps another. */
@NoAlloc
final class SpaceLocks {
    private SpaceLocks() {}

    /** Takes the locks of {@code one} and {@code two}, as far as there are such. */
    @Acquires("Space.lock")
    @SuppressWarnings("guard") // Takes no lock, one, or two: callers touch what is there.
    static void acquire(Core core, @Nullable Space one, @Nullable Space two) {
        boolean ordered = one == null || two == null || one.index < two.index;
        Space low = ordered ? one : two;
        Space high = ordered ? two : one;
        if (low != null) {
            low.lock.acquire(core);
        }
        if (high != null) {
            high.lock.acquire(core);
        }
    }

    /** Releases what {@link #acquire} took. */
    @Releases("Space.lock")
    @SuppressWarnings("guard") // The other half of acquire.
    static void release(Core core, @Nullable Space one, @Nullable Space two) {
        if (two != null) {
            two.lock.release(core);
        }
        if (one != null) {
            one.lock.release(core);
        }
    }
}
