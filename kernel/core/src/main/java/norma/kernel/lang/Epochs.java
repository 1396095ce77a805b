// Contract: the epochs of checkpoints, shared by all cores. Lock-free: three words.
// Spec: Checkpoint.tla epoch, request. Invariant: an epoch begins only when the sweep of the one
// before has visited every object, so stamps differ by one at most (spec: StampsClose).
package norma.kernel.lang;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import norma.quals.NoAlloc;

/** Which checkpoint is being written, and how far its sweep has come. */
@NoAlloc
public final class Epochs {
    /** Nothing is left to sweep. */
    public static final int NONE = -1;

    private static final VarHandle STATE;
    private static final VarHandle CLAIMS;
    private static final VarHandle SWEPT;
    private static final VarHandle OVER;

    static {
        try {
            MethodHandles.Lookup lookup = MethodHandles.lookup();
            STATE = lookup.findVarHandle(Epochs.class, "state", long.class);
            CLAIMS = lookup.findVarHandle(Epochs.class, "claims", long.class);
            SWEPT = lookup.findVarHandle(Epochs.class, "swept", long.class);
            OVER = lookup.findVarHandle(Epochs.class, "over", int.class);
        } catch (ReflectiveOperationException e) {
            throw new ExceptionInInitializerError(e);
        }
    }

    /** Bit 0: the recorder has been asked for; from bit 1: the epoch. */
    private long state;

    /** Epoch in the upper half, next object to sweep in the lower. */
    private long claims;

    /** Epoch in the upper half, objects swept in the lower. */
    private long swept;

    private int over;
    private int objects;

    /** Sets the number of objects that a sweep visits, before any other core starts. */
    public void configure(int count) {
        objects = count;
        CLAIMS.setVolatile(this, count);
        SWEPT.setVolatile(this, count);
    }

    /**
     * Epoch and request in one word: a core that has seen this one has nothing to catch up with.
     */
    public long state() {
        return (long) STATE.getVolatile(this);
    }

    /** The present epoch. */
    public int epoch() {
        return epoch(state());
    }

    /** The epoch of a state. */
    public static int epoch(long state) {
        return (int) (state >>> 1);
    }

    /** Has the recorder been asked for, in that state? */
    public static boolean requested(long state) {
        return (state & 1) != 0;
    }

    /** Asks for the recorder (spec: RequestRecording). */
    public void request() {
        long before = state();
        while (!STATE.compareAndSet(this, before, before | 1)) {
            before = state();
        }
    }

    /** Begins the epoch after {@code before}, if its sweep is over (spec: BeginCheckpoint). */
    public boolean begin(long before) {
        int epoch = epoch(before);
        if ((long) SWEPT.getVolatile(this) != pack(epoch, objects)
                || !STATE.compareAndSet(this, before, before + 2)) {
            return false;
        }
        // Claims last: whoever claims then counts into the new sweep.
        SWEPT.setVolatile(this, pack(epoch + 1, 0));
        CLAIMS.setVolatile(this, pack(epoch + 1, 0));
        return true;
    }

    /** Takes the next object to sweep in {@code epoch}, or {@link #NONE}. */
    public int claim(int epoch) {
        for (; ; ) {
            long before = (long) CLAIMS.getVolatile(this);
            if ((int) (before >>> 32) != epoch || (int) before >= objects) {
                return NONE;
            }
            if (CLAIMS.compareAndSet(this, before, before + 1)) {
                return (int) before;
            }
        }
    }

    /** A claimed object has been visited. */
    public void visited() {
        SWEPT.getAndAdd(this, 1L);
    }

    /** True for one core only: that which writes the last snapshots and ends the run. */
    public boolean claimEnd() {
        return OVER.compareAndSet(this, 0, 1);
    }

    private static long pack(int epoch, int count) {
        return (long) epoch << 32 | count;
    }
}
