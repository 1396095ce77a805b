// Contract: what the lowest layers keep per core: recorder and held locks.
// Owner: the core. Invariant: held locks have falling order numbers (declared lock order).
package norma.kernel.lang;

import norma.abi.Limits;
import norma.quals.NoAlloc;
import org.checkerframework.common.value.qual.ArrayLen;
import org.checkerframework.common.value.qual.IntRange;

/** Per-core state that locks and the recorder need; {@code thread.Core} extends it. */
@NoAlloc
public class CpuLocal {
    /** This core's index. */
    public final @IntRange(from = 0, to = Limits.CORES - 1) int index;

    /** This core's flight recorder. */
    public final Recorder recorder;

    // The checkers do not see the value of a constant of the ABI.
    @SuppressWarnings({"index", "value"})
    private final int @ArrayLen(Limits.HELD_LOCKS) [] held = new int[Limits.HELD_LOCKS];

    private int heldCount;

    /** State of core {@code index}. */
    public CpuLocal(@IntRange(from = 0, to = Limits.CORES - 1) int index) {
        this.index = index;
        this.recorder = new Recorder(index);
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
