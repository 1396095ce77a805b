// Contract: what the lowest layers keep per core: recorder, epoch of checkpoints, held locks.
// Owner: the core. Invariant: held locks have falling order numbers (declared lock order).
package norma.kernel.lang;

import norma.abi.Limits;
import norma.abi.Record;
import norma.quals.NoAlloc;
import org.checkerframework.common.value.qual.ArrayLen;
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

    // The checkers do not see the value of a constant of the ABI.
    @SuppressWarnings({"index", "value"})
    private final int @ArrayLen(Limits.HELD_LOCKS) [] held = new int[Limits.HELD_LOCKS];

    private int heldCount;

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

    /** Notes that a lock of the given order is wanted; the declared order forbids a rise. */
    @SuppressWarnings("index") // heldCount counts the entries of held.
    final void wanting(int order) {
        assert heldCount == 0 || held[heldCount - 1] < order : "lock order";
    }

    /** Notes that a lock has been entered. */
    @SuppressWarnings("index") // Fewer are held: Kernel asserts that held has room.
    final void entered(int order) {
        held[heldCount] = order;
        heldCount++;
    }

    /** Notes that a lock is being left; the locks taken after it move up. */
    @SuppressWarnings("index") // A lock that is left has been entered: the search ends at it.
    final void leaving(int order) {
        int at = heldCount - 1;
        while (held[at] != order) {
            at--;
        }
        for (int i = at; i < heldCount - 1; i++) {
            held[i] = held[i + 1];
        }
        heldCount--;
    }

    /** Locks that this core holds. */
    public final int heldLocks() {
        return heldCount;
    }
}
