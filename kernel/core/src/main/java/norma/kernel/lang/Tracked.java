// Contract: what the flight recorder must know of a kernel object: its name, its version, and the
// last epoch of checkpoints that has a snapshot of it.
// Lock: all of it is guarded by the object's own lock. Spec: Checkpoint.tla ver, stamp.
package norma.kernel.lang;

import norma.quals.NoAlloc;

/** An object that events touch. */
@NoAlloc
public abstract class Tracked {
    private final long object;
    private long version;
    private int stamp;

    /** An object of that type and index ({@code norma.abi.Record.object}). */
    protected Tracked(long object) {
        this.object = object;
    }

    /** This object as a touched object, with its next version. Caller holds its lock. */
    public final long touch() {
        version++;
        return object | version;
    }

    /** This object as a touched object, with the version of its last event. */
    protected final long touched() {
        return object | version;
    }

    /** Epoch of the last snapshot. Caller holds the lock. */
    final int stamp() {
        return stamp;
    }

    final void stamp(int epoch) {
        stamp = epoch;
    }

    /** Writes the object's state to a recorder (norma.abi.Snapshot). Caller holds its lock. */
    public abstract void snapshot(Recorder recorder);
}
