// Contract: one core's flight recorder: a ring of 64-byte records in shared memory.
// Owner: the core; only it writes. The host moves the tail (stall mode).
// Invariants: a record is complete before head is released past it; sequence = records written.
// Format: norma.abi.Record, norma.abi.Shared. Protocol: design "Trace protocol".
package norma.kernel.lang;

import norma.abi.Record;
import norma.abi.Shared;
import norma.kernel.hal.Clock;
import norma.kernel.hal.Cpu;
import norma.kernel.hal.Memory;
import norma.quals.NoAlloc;

/**
 * Records events at their linearisation points.
 *
 * <p>The caller holds the locks of every object it passes, has finished its stores, and passes each
 * object's packed word with its new version. Nothing is allocated and no lock is taken here. A full
 * ring waits for the host, but not for ever: after {@link #STALL_LIMIT} the machine ends with
 * {@link Shared#OVERFLOW}.
 */
@NoAlloc
public final class Recorder {
    /** Longest wait for a host to drain, in nanoseconds. */
    public static final long STALL_LIMIT = 20_000_000_000L;

    /** The recording core. */
    public final int core;

    private boolean recording;
    private boolean recordingLocks;
    private boolean wholeRun;
    private boolean overwrite;
    private long ring;
    private long records;
    private long head;
    private long tail;

    /** A recorder that is off until {@link #open}. */
    public Recorder(int core) {
        this.core = core;
    }

    /** Reads the boot block's flags and takes this core's ring. */
    public void open() {
        long flags = Memory.load(Shared.OFF_FLAGS);
        records = Memory.load(Shared.OFF_RING_RECORDS);
        ring = Memory.load(Shared.OFF_RINGS) + core * Shared.ringStride(records);
        recording = (flags & Shared.RECORD) != 0;
        recordingLocks = (flags & Shared.RECORD_LOCKS) != 0;
        overwrite = (flags & Shared.OVERWRITE) != 0;
        wholeRun = (flags & Shared.WHOLE_RUN) != 0;
    }

    /** Are events recorded? Versions advance only then. */
    public boolean on() {
        return recording;
    }

    /** Are lock events recorded? */
    public boolean locksOn() {
        return recordingLocks;
    }

    /** Records an event that touches up to four objects (0: none); {@code touched} counts them. */
    public void record(
            int kind,
            int touched,
            long params,
            long word,
            long result,
            long first,
            long second,
            long third) {
        if (head - tail >= records && !overwrite) {
            waitForRoom();
        }
        long at = ring + Shared.RING_RECORDS + ((head & (records - 1)) << Record.SHIFT);
        Memory.store(at, Record.head(kind, core, touched, head));
        Memory.store(at + 8, params);
        Memory.store(at + 16, word);
        Memory.store(at + 24, result);
        Memory.store(at + 32, first);
        Memory.store(at + 40, second);
        Memory.store(at + 48, third);
        Memory.store(at + 56, 0);
        head++;
        Memory.storeRelease(ring + Shared.RING_HEAD, head);
    }

    private void waitForRoom() {
        if (!wholeRun) {
            long limit = Clock.now() + STALL_LIMIT;
            Memory.store(ring + Shared.RING_STALLS, Memory.load(ring + Shared.RING_STALLS) + 1);
            tail = Memory.loadAcquire(ring + Shared.RING_TAIL);
            while (head - tail >= records && Clock.now() < limit) {
                Cpu.relax();
                tail = Memory.loadAcquire(ring + Shared.RING_TAIL);
            }
        }
        if (head - tail >= records) {
            Panic.stop(Shared.OVERFLOW);
        }
    }
}
