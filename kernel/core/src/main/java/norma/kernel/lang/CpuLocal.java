// Contract: what the lowest layers keep per core: recorder and held locks.
// Owner: the core. Invariant: held locks have falling order numbers (declared lock order).
// Index checker: positions in the kernel's tables are object indices (fixed at construction) or
// were
// checked by SystemCalls; the compiled kernel checks every access again and panics with file:line.
package norma.kernel.lang;

import norma.abi.Limits;
import norma.quals.NoAlloc;

/** Per-core state that locks and the recorder need; {@code thread.Core} extends it. */
@SuppressWarnings("index")
@NoAlloc
public class CpuLocal {
    /** This core's index. */
    public final int index;

    /** This core's flight recorder. */
    public final Recorder recorder;

    private final int[] held = new int[Limits.HELD_LOCKS];
    private int heldCount;

    /** State of core {@code index}. */
    public CpuLocal(int index) {
        this.index = index;
        this.recorder = new Recorder(index);
    }

    /** Notes that a lock of the given order is wanted; the declared order forbids a rise. */
    final void wanting(int order) {
        assert heldCount == 0 || held[heldCount - 1] < order : "lock order";
    }

    /** Notes that a lock has been entered. */
    final void entered(int order) {
        held[heldCount] = order;
        heldCount++;
    }

    /** Notes that a lock is being left; the locks taken after it move up. */
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
