// Contract: takes the locks of one or two threads in the declared order (by index).
package norma.kernel.thread;

import norma.quals.Acquires;
import norma.quals.Inline;
import norma.quals.NoAlloc;
import norma.quals.Releases;
import org.checkerframework.checker.nullness.qual.Nullable;

/** Locks of a thread and perhaps another. */
@NoAlloc
public final class ThreadLocks {
    private ThreadLocks() {}

    /** Takes the lock of {@code one} and, if there is another, of {@code two}. */
    @Acquires("Thread.lock")
    @Inline
    @SuppressWarnings("guard") // Takes one lock or two: one is what callers may count on.
    public static void acquire(Core core, Thread one, @Nullable Thread two) {
        Thread first = one;
        Thread second = two;
        if (two != null && two.index < one.index) {
            first = two;
            second = one;
        }
        first.lock.acquire(core);
        if (second != null) {
            second.lock.acquire(core);
        }
    }

    /** Releases what {@link #acquire} took. */
    @Releases("Thread.lock")
    @Inline
    @SuppressWarnings("guard") // The other half of acquire.
    public static void release(Core core, Thread one, @Nullable Thread two) {
        if (two != null) {
            two.lock.release(core);
        }
        one.lock.release(core);
    }
}
