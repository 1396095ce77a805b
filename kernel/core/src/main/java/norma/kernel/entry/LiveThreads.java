// Contract: number of threads that have begun and not ended. Lock-free; not part of the model: it
// only tells when a run is over.
package norma.kernel.entry;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import norma.quals.NoAlloc;

/** Counts live threads. */
@NoAlloc
public final class LiveThreads {
    private static final VarHandle COUNT;

    static {
        try {
            COUNT = MethodHandles.lookup().findVarHandle(LiveThreads.class, "count", int.class);
        } catch (ReflectiveOperationException e) {
            throw new ExceptionInInitializerError(e);
        }
    }

    private int count;

    /** A thread begins; called before it can run. */
    void begin() {
        COUNT.getAndAdd(this, 1);
    }

    /** A thread has ended. */
    void end() {
        COUNT.getAndAdd(this, -1);
    }

    /** Live threads; 0 is final. */
    int count() {
        return (int) COUNT.getVolatile(this);
    }
}
