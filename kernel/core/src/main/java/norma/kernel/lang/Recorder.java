// Contract: one core's flight recorder: a ring of 64-byte records in shared memory.
// Owner: the core; only it writes. The host moves the tail (stall mode).
// Invariants: a record is complete before head is released past it; sequence = records written.
// Format: norma.abi.Record, norma.abi.Shared. Protocol: design "Trace protocol".
package norma.kernel.lang;

import norma.abi.Record;
import norma.abi.Shared;
import norma.abi.Snapshot;
import norma.kernel.hal.Clock;
import norma.kernel.hal.Cpu;
import norma.kernel.hal.Memory;
import norma.quals.Cold;
import norma.quals.Inline;
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

    /** Longest time between two looks that counts: more is not the host's slowness. */
    private static final long STALL_STEP = 1_000_000_000L;

    /** A quarter of a ring: a ring then holds a whole checkpoint and what came after it. */
    private static final int PERIODS = 4;

    private static final long NEVER = Long.MAX_VALUE;

    /** The recording core. */
    public final int core;

    private boolean recording;
    private boolean recordingLocks;
    private boolean wholeRun;
    private long ring;
    private long slots;
    private long records;
    private long head;

    /** The ring has room while {@code head} is below. */
    private long limit;

    /** Records after which the next checkpoint is due. */
    private long period;

    private long marked;

    // The snapshot that is being written (norma.abi.Snapshot):
    private int kind;
    private long object;
    private int part;
    private int parts;
    private int epoch;

    @SuppressWarnings("index") // A constant of another module.
    private final long[] list = new long[Snapshot.PART_WORDS];

    private int listed;

    /** A recorder that is off until {@link #open}. */
    public Recorder(int core) {
        this.core = core;
    }

    /** Reads the boot block's flags and takes this core's ring. */
    public void open() {
        long flags = Memory.load(Shared.OFF_FLAGS);
        records = Memory.load(Shared.OFF_RING_RECORDS);
        ring = Memory.load(Shared.OFF_RINGS) + core * Shared.ringStride(records);
        slots = ring + Shared.RING_RECORDS;
        recording = (flags & Shared.RECORD) != 0;
        recordingLocks = (flags & Shared.RECORD_LOCKS) != 0;

        limit = (flags & Shared.OVERWRITE) != 0 ? NEVER : records;
        wholeRun = (flags & Shared.WHOLE_RUN) != 0;
        long asked = Memory.load(Shared.OFF_CHECKPOINT);
        period = !checkpoints(flags) ? NEVER : asked > 0 ? asked : records / PERIODS;
    }

    /** Do these flags ask for checkpoints from boot? */
    public static boolean checkpoints(long flags) {
        return (flags & (Shared.OVERWRITE | Shared.CHECKPOINTS)) != 0;
    }

    /** Switched on, or in another epoch. */
    public void mark(int next) {
        recording = true;
        marked = head;
        epoch = next;
        Memory.store(ring + Shared.RING_EPOCH, next);
    }

    /**
     * Has this core written enough for the next checkpoint: a period since its last mark, no less?
     */
    public boolean due() {
        return head - marked >= period;
    }

    /** Records written. */
    public long head() {
        return head;
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
    @Cold
    public void record(
            int kind,
            int touched,
            long params,
            long word,
            long result,
            long first,
            long second,
            long third) {
        if (head >= limit) {
            recordWithRoom(kind, touched, params, word, result, first, second, third);
        } else {
            write(kind, touched, params, word, result, first, second, third);
        }
    }

    @Cold
    private void recordWithRoom(
            int kind,
            int touched,
            long params,
            long word,
            long result,
            long first,
            long second,
            long third) {
        waitForRoom();
        write(kind, touched, params, word, result, first, second, third);
    }

    @Inline
    private void write(
            int kind,
            int touched,
            long params,
            long word,
            long result,
            long first,
            long second,
            long third) {
        long at = slots + ((head & (records - 1)) << Record.SHIFT);
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

    /** Begins the snapshot of an object, given with its version, in the present epoch. */
    public void begin(int snapshotKind, long touched, int count) {
        kind = snapshotKind;
        object = touched;
        part = 0;
        parts = count;
    }

    /** The snapshots to come are those of the end of the run. */
    public void beginFinal() {
        epoch = Snapshot.FINAL_EPOCH;
    }

    /** Writes the next part: words 2, 3, 5, 6, 7. */
    public void part(long second, long third, long fifth, long sixth, long seventh) {
        assert part < parts : "as many parts as announced";
        if (head >= limit) {
            waitForRoom();
        }
        long at = slots + ((head & (records - 1)) << Record.SHIFT);
        Memory.store(at, Record.head(kind, core, 1, head));
        Memory.store(at + 8, Snapshot.place(part, parts, epoch));
        Memory.store(at + 16, second);
        Memory.store(at + 24, third);
        Memory.store(at + 32, object);
        Memory.store(at + 40, fifth);
        Memory.store(at + 48, sixth);
        Memory.store(at + 56, seventh);
        head++;
        Memory.storeRelease(ring + Shared.RING_HEAD, head);
        part++;
    }

    /** Adds a thread to the list in the parts that follow. */
    @SuppressWarnings("index") // listed < PART_ENTRIES: flushed when it is reached.
    public void list(int index) {
        list[listed / Snapshot.WORD_ENTRIES] |=
                (index & 0xffffL) << 16 * (listed % Snapshot.WORD_ENTRIES);
        listed++;
        if (listed == Snapshot.PART_ENTRIES) {
            flush();
        }
    }

    /** The snapshot is complete. */
    public void end() {
        if (listed > 0) {
            flush();
        }
        assert part == parts : "as many parts as announced";
    }

    @SuppressWarnings("index") // The list has five words.
    private void flush() {
        part(list[0], list[1], list[2], list[3], list[4]);
        for (int i = 0; i < list.length; i++) {
            list[i] = 0;
        }
        listed = 0;
    }

    /**
     * Waits for the host, counted as one stall, until it has made room; gives up when it has waited
     * {@link #STALL_LIMIT}, of which each wait until the next look counts for {@link #STALL_STEP}
     * at most.
     */
    private void waitForRoom() {
        if (!wholeRun) {
            long waited = 0;
            long before = Clock.now();
            Memory.store(ring + Shared.RING_STALLS, Memory.load(ring + Shared.RING_STALLS) + 1);
            limit = Memory.loadAcquire(ring + Shared.RING_TAIL) + records;
            while (head >= limit && waited < STALL_LIMIT) {
                Cpu.relax();
                long now = Clock.now();
                // Machine and host may have been stopped together while the clock ran on.
                waited += now - before < STALL_STEP ? now - before : STALL_STEP;
                before = now;
                limit = Memory.loadAcquire(ring + Shared.RING_TAIL) + records;
            }
        }
        if (head >= limit) {
            Panic.stop(Shared.OVERFLOW);
        }
    }
}
