package norma.kernel.sim;

import norma.abi.Shared;
import norma.conformance.trace.RecordSource;
import norma.kernel.sim.race.Probe;
import norma.kernel.sim.race.RaceDetector;
import norma.kernel.sim.race.WeakMemory;
import org.jspecify.annotations.Nullable;

/**
 * The shared block on weak memory: the host is one more core that the kernel's stores must reach in
 * order.
 *
 * <p>Contract of the block: who reads a ring's head, acquire, may read the records before it; who
 * reads its tail, acquire, may write over what lies before that; who reads that the state is
 * running, acquire, finds the time of the first event, and who reads that it is finished, also
 * every core's last records. Tails, heads and the state are atomic words; all others are plain.
 */
final class SharedWords {
    private static final int ACQUIRE = Probe.READ | Probe.ACQUIRE;
    private static final int RELEASE = Probe.WRITE | Probe.RELEASE;
    private static final int PLAIN_OF_RING = 0;
    private static final int RECORD_BYTES = 8 * RecordSource.WORDS;

    private final Block block;
    private final WeakMemory memory;
    private final RaceDetector races;
    private final int kernelSite;
    private final int hostSite;
    private final Object state = new Object();
    private final Object[] heads;
    private final Object[] tails;

    /** Per ring: what is not a record, then a location a record. */
    private final Object[] rings;

    /** Accesses are reported as the sites with these numbers. */
    SharedWords(Block block, WeakMemory memory, RaceDetector races, int kernelSite, int hostSite) {
        this.block = block;
        this.memory = memory;
        this.races = races;
        this.kernelSite = kernelSite;
        this.hostSite = hostSite;
        heads = objects();
        tails = objects();
        rings = objects();
    }

    private Object[] objects() {
        Object[] objects = new Object[block.cores()];
        for (int i = 0; i < objects.length; i++) {
            objects[i] = new Object();
        }
        return objects;
    }

    /** The atomic word at {@code offset}, or null: a plain one. */
    private @Nullable Object atomic(long offset) {
        if (offset == Shared.OFF_STATE) {
            return state;
        }
        int ring = block.ringOf(offset);
        if (ring < 0) {
            return null;
        }
        long at = offset - block.ring(ring);
        return at == Shared.RING_HEAD ? heads[ring] : at == Shared.RING_TAIL ? tails[ring] : null;
    }

    /** The kernel reads a word; what it finds. */
    long read(long offset, boolean acquire) {
        long value = block.load(offset);
        Object word = atomic(offset);
        if (word == null) {
            return value; // A constant of boot, or the core's own.
        }
        memory.holds(word, 0, value);
        int mode = acquire ? ACQUIRE : Probe.READ;
        WeakMemory.Found found = memory.read(word, 0, mode);
        races.atomic(word, 0, mode, kernelSite, found.clock());
        return found.value();
    }

    /** The kernel writes a word. */
    void write(long offset, long value, boolean release) {
        Object word = atomic(offset);
        if (word != null) {
            memory.holds(word, 0, block.load(offset));
            int mode = release ? RELEASE : Probe.WRITE;
            int[] clock = races.atomic(word, 0, mode, kernelSite, null);
            block.store(offset, memory.write(word, 0, mode, value, clock));
            return;
        }
        int ring = block.ringOf(offset);
        if (ring >= 0) {
            races.write(rings[ring], place(offset, ring), kernelSite);
        } else if (offset == Shared.OFF_FIRST_EVENT_TIME) {
            races.write(state, 1, kernelSite);
        }
        block.store(offset, value);
    }

    private int place(long offset, int ring) {
        long at = offset - block.ring(ring) - Shared.RING_RECORDS;
        return at < 0 ? PLAIN_OF_RING : 1 + (int) (at / RECORD_BYTES);
    }

    /** The host looks at the head of a ring, and reads the record at its tail. */
    void hostReads(int ring) {
        acquire(heads[ring], block.load(block.ring(ring) + Shared.RING_HEAD));
        races.read(rings[ring], 1 + (int) block.tailPlace(ring), hostSite);
    }

    /** The host hands records back: the tail is {@code tail}. */
    void hostTakes(int ring, long tail) {
        memory.holds(tails[ring], 0, block.load(block.ring(ring) + Shared.RING_TAIL));
        int[] clock = races.atomic(tails[ring], 0, RELEASE, hostSite, null);
        memory.write(tails[ring], 0, RELEASE, tail, clock);
    }

    private void acquire(Object word, long value) {
        memory.holds(word, 0, value);
        WeakMemory.Found found = memory.readNewest(word, 0, ACQUIRE);
        races.atomic(word, 0, ACQUIRE, hostSite, found.clock());
    }

    /** The host finds the state changed; why what it reads then may be wrong, or null. */
    @Nullable String hostLooks() {
        long value = block.load(Shared.OFF_STATE);
        acquire(state, value);
        races.read(state, 1, hostSite);
        for (int ring = 0; ring < heads.length && value == Shared.FINISHED; ring++) {
            memory.holds(heads[ring], 0, block.load(block.ring(ring) + Shared.RING_HEAD));
            if (!memory.sees(heads[ring], 0)) {
                return "the host may miss the last records of core " + ring;
            }
            races.read(rings[ring], PLAIN_OF_RING, hostSite);
        }
        return null;
    }
}
