package norma.conformance.saved;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.HashSet;
import java.util.Set;
import java.util.zip.CRC32C;
import norma.abi.Limits;
import norma.abi.Record;
import norma.conformance.check.Reason;
import norma.conformance.check.Rings;
import norma.conformance.trace.RecordSource;
import norma.conformance.trace.WitnessSource;
import org.jspecify.annotations.Nullable;

/**
 * A saved trace, read and checked whole: a flipped bit anywhere is an error that names its offset.
 * Records and entries can be replaced in memory, for tests of the validator.
 */
public final class SavedTrace implements RecordSource, WitnessSource, Rings {
    private static final int RECORD_WORDS = Record.BYTES / 8;

    private final TraceHeader header;
    private final LongList[] records;
    private final LongList[] entries = new LongList[Limits.THREADS];
    private final long[] halves = new long[Limits.THREADS];
    private final int[] next;
    private final long[] written;
    private final long[] epochs;
    private Ending ending = Ending.STOPPED;

    private SavedTrace(TraceHeader header) {
        this.header = header;
        records = new LongList[header.cpus()];
        next = new int[header.cpus()];
        written = new long[header.cpus()];
        epochs = new long[header.cpus()];
        for (int i = 0; i < records.length; i++) {
            records[i] = new LongList();
        }
        for (int i = 0; i < entries.length; i++) {
            entries[i] = new LongList();
        }
    }

    /** Why a file is not a trace. */
    public static final class TraceException extends Exception {
        private static final long serialVersionUID = 1;
        private final Reason reason;

        TraceException(Reason reason, String message) {
            super(message);
            this.reason = reason;
        }

        /** MALFORMED, TRUNCATED or EMPTY. */
        public Reason reason() {
            return reason;
        }
    }

    /** Reads and checks a file. */
    public static SavedTrace read(Path path) throws IOException, TraceException {
        try (FileChannel file = FileChannel.open(path, StandardOpenOption.READ)) {
            return new Reader(file).read();
        }
    }

    /** What the trace says about its run. */
    public TraceHeader header() {
        return header;
    }

    /** How the run was over. */
    public Ending ending() {
        return ending;
    }

    /** Words of a core's records, eight a record; changes are seen by {@link #peek}. */
    public LongList records(int core) {
        return records[core];
    }

    /** Words of a slot's witness entries, eight an entry. */
    public LongList entries(int slot) {
        return entries[slot];
    }

    @Override
    public int held(int core) {
        return records[core].size() / RECORD_WORDS;
    }

    @Override
    public void record(int core, int place, long[] into) {
        records[core].copy(place * RECORD_WORDS, into);
    }

    @Override
    public int epoch(int core) {
        return (int) epochs[core];
    }

    @Override
    public long written(int core) {
        return written[core];
    }

    /** Drops all but the first {@code kept} records of a core, which was then in that epoch. */
    void keep(int core, int kept, long epoch) {
        written[core] -= held(core) - kept;
        epochs[core] = epoch;
        records[core].truncate(kept * RECORD_WORDS);
    }

    @Override
    public void startAt(int core, int place) {
        next[core] = place;
    }

    /** Starts again from the first record. */
    public void rewind() {
        java.util.Arrays.fill(next, 0);
    }

    @Override
    public int cores() {
        return records.length;
    }

    @Override
    public boolean peek(int core, long[] into) {
        int at = next[core] * RECORD_WORDS;
        if (at >= records[core].size()) {
            return false;
        }
        records[core].copy(at, into);
        return true;
    }

    @Override
    public void take(int core) {
        next[core]++;
    }

    @Override
    public long halves(int slot) {
        return halves[slot];
    }

    @Override
    public long first(int slot) {
        long kept = entries[slot].size() / WitnessSource.WORDS;
        return header.suffix() ? Math.max(0, (halves[slot] + 1) / 2 - kept) : 0;
    }

    @Override
    public void entry(int slot, long number, long[] into) {
        int at = (int) (number - first(slot)) * WitnessSource.WORDS;
        if (at >= 0 && at + WitnessSource.WORDS <= entries[slot].size()) {
            entries[slot].copy(at, into);
        } else {
            java.util.Arrays.fill(into, -1);
        }
    }

    @Override
    public void release(int slot, long number) {}

    /** Reads block after block. */
    private static final class Reader {
        private final FileChannel file;
        private final long length;
        private long at;
        private @Nullable SavedTrace trace;
        private final Set<Integer> once = new HashSet<>(); // Types of which there is one block.

        Reader(FileChannel file) throws IOException {
            this.file = file;
            length = file.size();
        }

        SavedTrace read() throws IOException, TraceException {
            if (length == 0) {
                throw new TraceException(Reason.EMPTY, "the file is empty");
            }
            while (true) {
                if (at == length) {
                    throw new TraceException(
                            Reason.TRUNCATED,
                            "the file ends at offset " + at + " without its totals");
                }
                if (block()) {
                    if (at != length) {
                        throw malformed("bytes after the end");
                    }
                    SavedTrace whole = trace;
                    if (whole == null) {
                        throw malformed("no header");
                    }
                    return whole;
                }
            }
        }

        private TraceException malformed(String what) {
            return new TraceException(Reason.MALFORMED, what + " at offset " + at);
        }

        private ByteBuffer bytes(long from, int count) throws IOException, TraceException {
            if (from + count > length) {
                throw new TraceException(
                        Reason.TRUNCATED,
                        "the block at offset "
                                + at
                                + " goes beyond the file's "
                                + length
                                + " bytes");
            }
            ByteBuffer buffer = ByteBuffer.allocate(count).order(ByteOrder.LITTLE_ENDIAN);
            while (buffer.hasRemaining()) {
                if (file.read(buffer, from + buffer.position()) < 0) {
                    throw new TraceException(Reason.TRUNCATED, "the file shrinks");
                }
            }
            return buffer.flip();
        }

        /** Reads one block; true if it was the last. */
        private boolean block() throws IOException, TraceException {
            ByteBuffer head = bytes(at, TraceFormat.HEAD);
            int magic = head.getInt();
            int type = head.get() & 0xff;
            int zero = head.get();
            int index = head.getShort() & 0xffff;
            int count = head.getInt();
            int crc = head.getInt();
            if (magic != TraceFormat.MAGIC || zero != 0 || count < 0 || count > TraceFormat.MOST) {
                throw malformed("no block");
            }
            ByteBuffer payload = bytes(at + TraceFormat.HEAD, count);
            CRC32C sum = new CRC32C();
            sum.update(head.duplicate().position(0).limit(TraceFormat.HEAD - 4));
            sum.update(payload.duplicate());
            if ((int) sum.getValue() != crc) {
                throw malformed("wrong checksum of the block");
            }
            boolean last = content(type, index, payload);
            at += TraceFormat.HEAD + count;
            return last;
        }

        private boolean content(int type, int index, ByteBuffer payload) throws TraceException {
            SavedTrace t = trace;
            if (type == TraceFormat.HEADER && t == null && index == 0) {
                try {
                    trace =
                            new SavedTrace(
                                    TraceHeader.parse(
                                            StandardCharsets.UTF_8.decode(payload).toString()));
                } catch (IllegalArgumentException e) {
                    throw malformed(String.valueOf(e.getMessage()));
                }
                return false;
            }
            if (t == null) {
                throw malformed("no header");
            }
            boolean owned = type == TraceFormat.RECORDS || type == TraceFormat.WITNESS;
            if (!owned && (index != 0 || !once.add(type))) {
                throw malformed("a block of nobody, or a second one");
            }
            switch (type) {
                case TraceFormat.RECORDS -> append(t.records, index, payload);
                case TraceFormat.WITNESS -> append(t.entries, index, payload);
                case TraceFormat.HALVES -> {
                    if (payload.remaining() != Long.BYTES * t.halves.length) {
                        throw malformed("lengths of other logs");
                    }
                    for (int slot = 0; slot < t.halves.length; slot++) {
                        t.halves[slot] = payload.getLong();
                    }
                }
                case TraceFormat.RINGS -> {
                    if (payload.remaining() != 2 * Long.BYTES * t.written.length) {
                        throw malformed("rings of other cores");
                    }
                    for (int core = 0; core < t.written.length; core++) {
                        t.written[core] = payload.getLong();
                        t.epochs[core] = payload.getLong();
                    }
                }
                case TraceFormat.END -> {
                    totals(t, payload);
                    return true;
                }
                default -> throw malformed("unknown block");
            }
            return false;
        }

        private void append(LongList[] lists, int index, ByteBuffer payload) throws TraceException {
            if (index >= lists.length || payload.remaining() % Record.BYTES != 0) {
                throw malformed("a block of nobody");
            }
            lists[index].append(payload);
        }

        private void totals(SavedTrace t, ByteBuffer payload) throws TraceException {
            if (payload.remaining() != TraceFormat.TOTALS) {
                throw malformed("totals of another size");
            }
            long words = 0;
            for (LongList list : t.records) {
                words += list.size();
            }
            long entryWords = 0;
            for (LongList list : t.entries) {
                entryWords += list.size();
            }
            if (payload.getLong() != words / RECORD_WORDS
                    || payload.getLong() != entryWords / WitnessSource.WORDS) {
                throw malformed("totals that are not the trace's");
            }
            long ending = payload.getLong();
            if (ending < 0 || ending >= Ending.values().length) {
                throw malformed("an ending that is none");
            }
            t.ending = Ending.values()[(int) ending];
        }
    }
}
