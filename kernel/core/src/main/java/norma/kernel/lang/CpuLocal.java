// Contract: what the lowest layers keep per core: recorder, epoch of checkpoints, held locks.
// Owner: the core. Invariant: held locks, from `top` down, have falling order numbers (declared
// lock
// order).
package norma.kernel.lang;

import norma.abi.Limits;
import norma.abi.Record;
import norma.quals.Cold;
import norma.quals.NoAlloc;
import org.checkerframework.checker.nullness.qual.Nullable;
import org.checkerframework.common.value.qual.IntRange;

/** Per-core state that locks and the recorder need; {@code thread.Core} extends it. */
@NoAlloc
public abstract class CpuLocal extends Tracked {
    /** This core's index. */
    public final @IntRange(from = 0, to = Limits.CORES - 1) int index;

    /** This core's flight recorder. */
    public final Recorder recorder;

    /** The epochs of checkpoints. */
    public final Epochs epochs;

    /** Does this core look at stamps before it changes an object? */
    private boolean armed;

    /** Epoch that this core is in. */
    private int epoch;

    /** Has an event happened since this core entered the kernel? Kept while armed. */
    private boolean inside;

    /** Are lock events recorded? */
    private boolean tracesLocks;

    /** The lock that this core has entered last and still holds; the others are below it. */
    private @Nullable TicketLock top;

    /** State of core {@code index}. */
    protected CpuLocal(@IntRange(from = 0, to = Limits.CORES - 1) int index, Epochs epochs) {
        super(Record.object(Record.CORE, index));
        this.index = index;
        this.epochs = epochs;
        this.recorder = new Recorder(index);
    }

    /** See {@link Checkpoint}. */
    public final boolean armed() {
        return armed;
    }

    /** From now on every change of an object looks at its stamp (spec: Arm). */
    public void arm() {
        armed = true;
    }

    /** Epoch of checkpoints that this core is in. */
    public final int epoch() {
        return epoch;
    }

    /** This core is in {@code next} from now on. */
    protected final void enter(int next) {
        epoch = next;
    }

    /** Enters an epoch (spec: Mark): the core's own state goes to its ring. */
    public abstract void mark(int next);

    /** Has an event happened since this core entered the kernel? */
    protected final boolean inside() {
        return inside;
    }

    final void insideEvent() {
        inside = true;
    }

    /** The core leaves the kernel, or waits for an interrupt. */
    public final void left() {
        inside = false;
    }

    /** Reads what the boot block asks of this core's recorder. */
    public final void openRecorder() {
        recorder.open();
        tracesLocks = recorder.locksOn();
    }

    /** Are lock events recorded? */
    final boolean tracesLocks() {
        return tracesLocks;
    }

    /** May the core take a lock of that order? The declared order forbids a rise. */
    final boolean mayTake(int order) {
        TicketLock last = top;
        return last == null || last.order < order;
    }

    /** Notes that a lock has been entered. */
    final void entered(TicketLock lock) {
        lock.below = top;
        top = lock;
    }

    /** Notes that a lock is being left. */
    final void leaving(TicketLock lock) {
        if (top == lock) {
            top = lock.below;
        } else {
            unlink(lock);
        }
    }

    /** A lock is left before one that was taken after it. */
    @Cold
    private void unlink(TicketLock lock) {
        TicketLock above = top;
        while (above != null && above.below != lock) {
            above = above.below;
        }
        assert above != null : "a lock that is left has been entered";
        above.below = lock.below;
    }
}
