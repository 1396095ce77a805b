package norma.conformance.trace;

import norma.abi.Limits;
import norma.abi.Record;
import norma.abi.Shared;
import norma.conformance.machine.GuestMemory;
import org.jspecify.annotations.Nullable;

/**
 * Rings and witness logs of a running machine.
 *
 * <p>Contract: one reader. Heads are read acquire; tails are written release, in batches, unless
 * the run keeps whole rings (deterministic runs must not see the host). A record is copied before
 * its place is handed back.
 */
public final class LiveTrace implements RecordSource, WitnessSource {
    /** Records taken from a ring before its tail is published. */
    private static final int BATCH = 256;

    private final GuestMemory memory;
    private final SharedLayout layout;
    private final long block;
    private final boolean publishTails;
    private final long[] heads;
    private final long[] tails;
    private final long[] published;

    /** The machine has stopped, and the oldest of what it wrote is gone. */
    private boolean stopped;

    /** Entries of each thread's log below this number are not needed any more. */
    private final long[] released = new long[Limits.THREADS];

    /** Reads the block of {@code layout} at guest address {@code block}. */
    public LiveTrace(GuestMemory memory, long block, SharedLayout layout, boolean publishTails) {
        this.memory = memory;
        this.block = block;
        this.layout = layout;
        this.publishTails = publishTails;
        heads = new long[layout.cores()];
        tails = new long[layout.cores()];
        published = new long[layout.cores()];
    }

    @Override
    public int cores() {
        return layout.cores();
    }

    @Override
    public boolean peek(int core, long[] into) {
        if (tails[core] == heads[core]) {
            publish(core);
            heads[core] = memory.getLongAcquire(block + layout.ring(core) + Shared.RING_HEAD);
            if (tails[core] == heads[core]) {
                return false;
            }
        }
        long at =
                block
                        + layout.ring(core)
                        + Shared.RING_RECORDS
                        + (tails[core] & (layout.ringRecords() - 1)) * Record.BYTES;
        for (int i = 0; i < RecordSource.WORDS; i++) {
            into[i] = memory.getLong(at + 8L * i);
        }
        return true;
    }

    @Override
    public void take(int core) {
        tails[core]++;
        if (tails[core] - published[core] >= BATCH) {
            publish(core);
        }
    }

    private void publish(int core) {
        if (publishTails && published[core] != tails[core]) {
            published[core] = tails[core];
            memory.putLongRelease(block + layout.ring(core) + Shared.RING_TAIL, tails[core]);
        }
    }

    /** The machine has stopped: begins each stream with the oldest record not overwritten. */
    public void skipOverwritten() {
        stopped = true;
        for (int core = 0; core < cores(); core++) {
            heads[core] = written(core);
            tails[core] = Math.max(0, heads[core] - layout.ringRecords());
            published[core] = tails[core];
        }
    }

    /** Epoch of checkpoints that a core is in. */
    public long epoch(int core) {
        return memory.getLong(block + layout.ring(core) + Shared.RING_EPOCH);
    }

    /** Records that a core has written so far. */
    public long written(int core) {
        return memory.getLongAcquire(block + layout.ring(core) + Shared.RING_HEAD);
    }

    /** Times that a core found its ring full. */
    public long stalls(int core) {
        return memory.getLong(block + layout.ring(core) + Shared.RING_STALLS);
    }

    /**
     * Which ring or log that does not wait for the host has lost entries that were still needed,
     * and what a script can say against it; or null.
     */
    public @Nullable String overflow() {
        if (publishTails) {
            return null;
        }
        for (int core = 0; core < cores(); core++) {
            if (written(core) > layout.ringRecords()) {
                return "core "
                        + core
                        + " recorded more events than its ring keeps of a whole run, "
                        + layout.ringRecords()
                        + ": say 'events N' in the script, or run it with another --accel";
            }
        }
        for (int slot = 0; slot < Limits.THREADS; slot++) {
            if (first(slot) > released[slot]) {
                return "the log of thread "
                        + slot
                        + " lost calls that were not yet compared; it keeps "
                        + layout.witnessEntries()
                        + ": say 'calls N' in the script, or run it with another --accel";
            }
        }
        return null;
    }

    @Override
    public long halves(int slot) {
        return memory.getLongAcquire(block + layout.witness(slot) + Shared.WITNESS_HEAD);
    }

    @Override
    public long first(int slot) {
        // A thread waits for a host that drains its log, and for no other.
        return stopped || !publishTails
                ? Math.max(0, (halves(slot) + 1) / 2 - layout.witnessEntries())
                : 0;
    }

    @Override
    public void entry(int slot, long number, long[] into) {
        long at =
                block
                        + layout.witness(slot)
                        + Shared.WITNESS_ENTRIES
                        + (number & (layout.witnessEntries() - 1)) * Shared.WITNESS_BYTES;
        for (int i = 0; i < WitnessSource.WORDS; i++) {
            into[i] = memory.getLong(at + 8L * i);
        }
    }

    @Override
    public void release(int slot, long number) {
        released[slot] = number;
        if (publishTails) {
            memory.putLongRelease(block + layout.witness(slot) + Shared.WITNESS_TAIL, number);
        }
    }
}
