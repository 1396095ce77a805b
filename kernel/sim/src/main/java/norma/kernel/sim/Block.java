package norma.kernel.sim;

import java.util.Arrays;
import java.util.List;
import norma.abi.Limits;
import norma.abi.Shared;
import norma.conformance.scenario.Script;
import norma.conformance.trace.RecordSource;
import norma.conformance.trace.Recording;
import norma.conformance.trace.SharedLayout;
import norma.conformance.trace.WitnessSource;
import org.jspecify.annotations.Nullable;

/**
 * The shared block as an array, seen from both sides: by offset for the machine, as records and
 * witness logs for the validator, which hands every place back as soon as it has taken the record.
 */
public final class Block implements RecordSource, WitnessSource {
    private static final int RING_RECORDS = 256;
    private static final int WITNESS_ENTRIES = 128;
    private static final long SEED_STEP = 0x9E3779B97F4A7C15L;

    /** Records of rings that fill up. */
    public static final int FEW_RECORDS = 16;

    private final SharedLayout layout;
    private final long[] memory;
    private byte[] archive = new byte[0];

    /** Who is told what the host reads and hands back, on weak memory. */
    private @Nullable SharedWords shared;

    /** A block for {@code cores} cores, filled by {@link #boot}. */
    public Block(int cores) {
        this(cores, RING_RECORDS);
    }

    /** A block whose host is slow: rings are small, and read only when a core waits. */
    static Block ofSlowHost(int cores) {
        return new Block(cores, FEW_RECORDS);
    }

    /** Is the host slow? */
    boolean slowHost() {
        return layout.ringRecords() == FEW_RECORDS;
    }

    /** The same, with rings of {@code records} records, a power of two. */
    public Block(int cores, int records) {
        layout = new SharedLayout(cores, records, WITNESS_ENTRIES);
        memory = new long[(int) (layout.bytes() >> 3)];
    }

    /**
     * Clears what a run has left, and writes what the kernel reads at boot; {@code locks}: lock
     * events are recorded, too.
     */
    public void boot(Script script, long slice, long seed, boolean locks) {
        long scripts = layout.scripts();
        Arrays.fill(memory, 0);
        store(Shared.OFF_VERSION, Shared.VERSION);
        store(Shared.OFF_CORES, layout.cores());
        store(Shared.OFF_FLAGS, flags(script.recording()) | (locks ? Shared.RECORD_LOCKS : 0));
        store(Shared.OFF_CHECKPOINT, script.recording().checkpoint());
        store(Shared.OFF_SLICE, slice);
        store(Shared.OFF_RING_RECORDS, layout.ringRecords());
        store(Shared.OFF_RINGS, layout.ring(0));
        store(Shared.OFF_SCRIPTS, scripts);
        store(Shared.OFF_WITNESS, layout.witness(0));
        store(Shared.OFF_WITNESS_ENTRIES, layout.witnessEntries());
        store(Shared.OFF_FIRST_PROGRAM, 0);
        store(Shared.OFF_FIRST_PRIORITY, script.firstPriority());
        store(Shared.OFF_PAGES, script.pages());
        store(Shared.OFF_FRAMES, script.frames());
        store(Shared.OFF_PROGRAMS, archive.length);
        List<long[][]> programs = script.programs();
        for (int p = 0; p < programs.size(); p++) {
            long at = scripts + (long) p * Shared.PROGRAM_BYTES;
            for (long[] op : programs.get(p)) {
                for (int word = 0; word < op.length; word++) {
                    store(at + 8L * word, op[word]);
                }
                at += Shared.OP_BYTES;
            }
        }
        for (int slot = 0; slot < Limits.THREADS; slot++) {
            store(layout.witness(slot) + Shared.WITNESS_SEED, (seed + slot + 1) * SEED_STEP);
        }
        store(Shared.OFF_MAGIC, Shared.MAGIC);
    }

    /** Puts an archive of programs into the machine, for its next boots. */
    public void insert(byte[] programs) {
        archive = programs.clone();
    }

    /** A byte of the archive of programs, 0 to 255. */
    int octet(long offset) {
        return archive[Math.toIntExact(offset)] & 0xff;
    }

    private static int flags(Recording recording) {
        return switch (recording.mode()) {
            case LIVE -> Shared.RECORD | (recording.checkpoint() > 0 ? Shared.CHECKPOINTS : 0);
            case OVERWRITE -> Shared.RECORD | Shared.OVERWRITE;
            case LATER -> Shared.OVERWRITE;
        };
    }

    /** Tells {@code words}, or nobody, what the host does from now on. */
    void tell(@Nullable SharedWords words) {
        shared = words;
    }

    /** Where the ring of a core begins. */
    long ring(int core) {
        return layout.ring(core);
    }

    /** Place in its ring of the record that the host reads next. */
    long tailPlace(int core) {
        return load(layout.ring(core) + Shared.RING_TAIL) & (layout.ringRecords() - 1);
    }

    /** Epoch of checkpoints that a core is in. */
    int epoch(int core) {
        return (int) load(layout.ring(core) + Shared.RING_EPOCH);
    }

    /** Reads a word. */
    public long load(long offset) {
        return memory[word(offset)];
    }

    /** Writes a word. */
    public void store(long offset, long value) {
        memory[word(offset)] = value;
    }

    private static int word(long offset) {
        if ((offset & (Long.BYTES - 1)) != 0) {
            throw new IllegalStateException("no word begins at " + offset);
        }
        return (int) (offset >> 3);
    }

    /**
     * What is wrong with the epochs at the end of a run, or null: there are some if and only if
     * checkpoints were asked for, and whoever began one had written so many records for it.
     */
    @Nullable String wrongEpochs(Recording recording) {
        long epochs = 0;
        long records = 0;
        for (int core = 0; core < layout.cores(); core++) {
            epochs = Math.max(epochs, epoch(core));
            records += load(layout.ring(core) + Shared.RING_HEAD);
        }
        long period = recording.checkpoint();
        boolean fits = period == 0 ? epochs == 0 : epochs > 0 && epochs * period <= records;
        return fits ? null : epochs + " checkpoints of every " + period + " in " + records;
    }

    /** The time slice. */
    long slice() {
        return load(Shared.OFF_SLICE);
    }

    /** Core whose ring contains {@code offset}, or -1. */
    int ringOf(long offset) {
        long at = offset - layout.ring(0);
        return at < 0 || offset >= layout.ring(layout.cores())
                ? -1
                : (int) (at / Shared.ringStride(layout.ringRecords()));
    }

    /** Has a core written over records that the host has not read? */
    boolean overrun() {
        for (int core = 0; core < layout.cores(); core++) {
            long ring = layout.ring(core);
            if (load(ring + Shared.RING_HEAD) - load(ring + Shared.RING_TAIL)
                    > layout.ringRecords()) {
                return true;
            }
        }
        return false;
    }

    /** Is {@code offset} the head of a ring? */
    public boolean ringHead(long offset) {
        int ring = ringOf(offset);
        return ring >= 0 && offset == layout.ring(ring) + Shared.RING_HEAD;
    }

    /** Is {@code offset} the first word of a place in a ring? */
    public boolean recordAt(long offset) {
        int ring = ringOf(offset);
        long at = ring < 0 ? -1 : offset - layout.ring(ring) - Shared.RING_RECORDS;
        return at >= 0 && at % (8L * RecordSource.WORDS) == 0;
    }

    /** The record in the place that begins at {@code offset}. */
    public long[] record(long offset) {
        int from = (int) (offset >> 3);
        return Arrays.copyOfRange(memory, from, from + RecordSource.WORDS);
    }

    /** Slot whose witness area contains {@code offset}, or -1. */
    int witnessOf(long offset) {
        long at = offset - layout.witness(0);
        long slot = at / Shared.witnessStride(WITNESS_ENTRIES);
        return at < 0 || slot >= Limits.THREADS ? -1 : (int) slot;
    }

    @Override
    public int cores() {
        return layout.cores();
    }

    @Override
    public boolean peek(int core, long[] into) {
        long ring = layout.ring(core);
        long tail = load(ring + Shared.RING_TAIL);
        if (tail == load(ring + Shared.RING_HEAD)) {
            return false;
        }
        if (shared != null) {
            shared.hostReads(core);
        }
        long at =
                ring
                        + Shared.RING_RECORDS
                        + (tail & (layout.ringRecords() - 1)) * 8L * RecordSource.WORDS;
        System.arraycopy(memory, (int) (at >> 3), into, 0, RecordSource.WORDS);
        return true;
    }

    @Override
    public void take(int core) {
        long tail = layout.ring(core) + Shared.RING_TAIL;
        if (shared != null) {
            shared.hostTakes(core, load(tail) + 1);
        }
        store(tail, load(tail) + 1);
    }

    @Override
    public long halves(int slot) {
        return load(layout.witness(slot) + Shared.WITNESS_HEAD);
    }

    @Override
    public void entry(int slot, long number, long[] into) {
        long at =
                layout.witness(slot)
                        + Shared.WITNESS_ENTRIES
                        + (number & (WITNESS_ENTRIES - 1)) * Shared.WITNESS_BYTES;
        System.arraycopy(memory, (int) (at >> 3), into, 0, WitnessSource.WORDS);
    }

    @Override
    public void release(int slot, long number) {
        store(layout.witness(slot) + Shared.WITNESS_TAIL, number);
    }
}
