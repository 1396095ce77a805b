// Contract: the epochs of checkpoints, shared by all cores. Lock-free: two words.
// Spec: Checkpoint.tla epoch, request. Invariant: an epoch begins only when the sweep of the one
// before has visited every object, so stamps differ by one at most (spec: StampsClose).
// Progress: an object counts when it has been visited, by whomever; nobody owns it meanwhile, so a
// core that is held up (its host runs another thread) keeps no sweep and no epoch from going on.
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
    private static final VarHandle SWEPT;
    private static final VarHandle OVER;

    static {
        try {
            MethodHandles.Lookup lookup = MethodHandles.lookup();
            STATE = lookup.findVarHandle(Epochs.class, "state", long.class);
            SWEPT = lookup.findVarHandle(Epochs.class, "swept", long.class);
            OVER = lookup.findVarHandle(Epochs.class, "over", int.class);
        } catch (ReflectiveOperationException e) {
            throw new ExceptionInInitializerError(e);
        }
    }

    /** Bit 0: the recorder has been asked for; from bit 1: the epoch. */
    private long state;

    /**
     * Epoch in the upper half; in the lower, objects that its sweep has visited, in their order. It
     * is the epoch before the present one until the first is visited.
     */
    private long swept;

    private int over;
    private int objects;

    /**
     * Sets the number of objects that a sweep visits, before any other core starts: a start is
     * behind all that was done before, so nothing need be ordered here.
     */
    public void configure(int count) {
        objects = count;
        SWEPT.setOpaque(this, count);
    }

    /**
     * Epoch and request in one word: a core that has seen this one has nothing to catch up with.
     * Volatile, because of a core that wakes up: either it finds here that the recorder has been
     * asked for, or who switches it on finds that it no longer waits (Core.readyToRecord).
     */
    public long state() {
        return (long) STATE.getVolatile(this);
    }

    /**
     * The present epoch, or any that is not older than what this core has seen by whatever ordered
     * it: by a lock, or by the word that is in a newer epoch than the core. Opaque is enough for
     * that, since a word never goes back.
     */
    public int epoch() {
        return epoch((long) STATE.getOpaque(this));
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

    /**
     * Begins the epoch after {@code before}, if its sweep is over (spec: BeginCheckpoint): one
     * more, with the same request; true for one core only.
     *
     * <p>An opaque look is enough: the word only grows, so a value that says that the sweep is over
     * says so for ever, and the epoch begins behind the look, which its compare-and-set depends on.
     */
    public boolean begin(long before) {
        return (long) SWEPT.getOpaque(this) == pack(epoch(before), objects)
                && STATE.compareAndSet(this, before, before + 2);
    }

    /**
     * The object that the sweep of {@code epoch} visits next, or {@link #NONE}. An opaque look: who
     * sees an old value visits what has been visited, which changes nothing, and {@link #visited}
     * does not count it.
     */
    public int next(int epoch) {
        long word = (long) SWEPT.getOpaque(this);
        int ahead = (int) (word >>> 32) - epoch;
        int next = ahead < 0 ? 0 : (int) word;
        return ahead > 0 || next == objects ? NONE : next;
    }

    /** That object has been visited: by this core, if the word is still as {@link #next} saw it. */
    public void visited(int epoch, int object) {
        long before = object == 0 ? pack(epoch - 1, objects) : pack(epoch, object);
        SWEPT.compareAndSet(this, before, pack(epoch, object + 1));
    }

    /** True for one core only: that which writes the last snapshots and ends the run. */
    public boolean claimEnd() {
        return OVER.compareAndSet(this, 0, 1);
    }

    private static long pack(int epoch, int count) {
        return (long) epoch << 32 | count;
    }
}
