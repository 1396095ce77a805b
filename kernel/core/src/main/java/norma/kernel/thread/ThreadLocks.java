// Contract: takes the locks of one or two threads in the declared order (by index).
package norma.kernel.thread;

import norma.quals.Acquires;
import norma.quals.NoAlloc;
import norma.quals.Releases;
import org.checkerframework.checker.nullness.qual.Nullable;

/** Locks of a thread and perhaps another. */
@NoAlloc
public final class ThreadLocks {
    private ThreadLocks() {}

    /** Takes the lock of {@code one} and, if there is another, of {@code two}. */
    @Acquires("Thread.lock")
    @SuppressWarnings("guard") // Takes one lock or two: one is what callers may count on.
    public static void acquire(Core core, Thread one, @Nullable Thread two) {
        if (two == null) {
            one.lock.acquire(core);
        } else if (one.index < two.index) {
            one.lock.acquire(core);
            two.lock.acquire(core);
        } else {
            two.lock.acquire(core);
            one.lock.acquire(core);
        }
    }

    /** Releases what {@link #acquire} took. */
    @Releases("Thread.lock")
    @SuppressWarnings("guard") // The other half of acquire.
    public static void release(Core core, Thread one, @Nullable Thread two) {
        if (two != null) {
            two.lock.release(core);
        }
        one.lock.release(core);
    }
}
