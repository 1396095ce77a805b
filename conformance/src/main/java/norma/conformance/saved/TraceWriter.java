package norma.conformance.saved;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.zip.CRC32C;
import norma.abi.Limits;
import norma.conformance.check.EventView;
import norma.conformance.check.Rings;
import norma.conformance.check.Validator;
import norma.conformance.trace.LiveTrace;
import norma.conformance.trace.RecordSource;
import norma.conformance.trace.WitnessSource;
import org.jspecify.annotations.Nullable;

/**
 * Saves a trace while it is validated: records as they are accepted, witness entries as they are
 * released. Format: {@link TraceFormat}.
 *
 * <p>The file appears under its name, whole, when {@link #complete} has been called and the writer
 * is closed; before that, and after a failure, there is only a partial file beside it, or none.
 */
public final class TraceWriter implements Validator.EventSink, WitnessSource, AutoCloseable {
    private static final int RECORD_BUFFER = 1 << 16;
    private static final int ENTRY_BUFFER = 1 << 12;

    private final WitnessSource witnesses;
    private final @Nullable Path target;
    private final @Nullable Path partial;
    private final @Nullable FileChannel file;
    private final ByteBuffer[] records;
    private final ByteBuffer[] entries = new ByteBuffer[Limits.THREADS];
    private final long[] savedEntries = new long[Limits.THREADS];
    private final long[] entry = new long[WitnessSource.WORDS];
    private long recordCount;
    private long entryCount;
    private boolean complete;

    private TraceWriter(WitnessSource witnesses, @Nullable Path target, int cores)
            throws IOException {
        this.witnesses = witnesses;
        this.target = target;
        records = new ByteBuffer[target == null ? 0 : cores];
        if (target == null) {
            partial = null;
            file = null;
            return;
        }
        partial = Unfinished.part(target);
        Unfinished.add(partial);
        Unfinished.sweepPartsOf(target);
        file =
                FileChannel.open(
                        partial,
                        StandardOpenOption.CREATE,
                        StandardOpenOption.TRUNCATE_EXISTING,
                        StandardOpenOption.WRITE);
        lock(file);
        for (int core = 0; core < cores; core++) {
            records[core] = ByteBuffer.allocate(RECORD_BUFFER).order(ByteOrder.LITTLE_ENDIAN);
        }
        for (int slot = 0; slot < entries.length; slot++) {
            entries[slot] = ByteBuffer.allocate(ENTRY_BUFFER).order(ByteOrder.LITTLE_ENDIAN);
            savedEntries[slot] = witnesses.first(slot);
        }
    }

    /** Until the file is closed nobody sweeps it ({@link Unfinished}). */
    private static void lock(FileChannel file) {
        try {
            file.tryLock();
        } catch (IOException e) {
            // A file system without locks: this process's number has to do.
            return;
        }
    }

    /**
     * A writer to {@code target}, or one that writes nothing if there is none; the validator takes
     * its witness entries through it.
     */
    public static TraceWriter open(
            @Nullable Path target, int cores, TraceHeader header, WitnessSource witnesses)
            throws IOException {
        TraceWriter writer = new TraceWriter(witnesses, target, cores);
        byte[] text = header.text().getBytes(StandardCharsets.UTF_8);
        writer.block(TraceFormat.HEADER, 0, ByteBuffer.wrap(text));
        return writer;
    }

    @Override
    public void accepted(EventView event) {
        if (file != null) {
            record(event.core(), event.words);
        }
    }

    private void record(int core, long[] words) {
        ByteBuffer buffer = records[core];
        for (long word : words) {
            buffer.putLong(word);
        }
        recordCount++;
        if (!buffer.hasRemaining()) {
            flush(TraceFormat.RECORDS, core, buffer);
        }
    }

    @Override
    public long halves(int slot) {
        return witnesses.halves(slot);
    }

    @Override
    public long first(int slot) {
        return witnesses.first(slot);
    }

    @Override
    public void entry(int slot, long number, long[] into) {
        witnesses.entry(slot, number, into);
    }

    @Override
    public void release(int slot, long number) {
        save(slot, number);
        witnesses.release(slot, number);
    }

    private void save(int slot, long end) {
        if (file == null) {
            return;
        }
        ByteBuffer buffer = entries[slot];
        for (; savedEntries[slot] < end; savedEntries[slot]++) {
            witnesses.entry(slot, savedEntries[slot], entry);
            for (long word : entry) {
                buffer.putLong(word);
            }
            entryCount++;
            if (!buffer.hasRemaining()) {
                flush(TraceFormat.WITNESS, slot, buffer);
            }
        }
    }

    /**
     * The run is over: adds what has been recorded and not accepted (after a finding), the rest of
     * the witness logs, and the totals. {@code ending}: how the run was over.
     */
    public void complete(RecordSource source, Ending ending) throws IOException {
        if (file == null) {
            return;
        }
        long[] words = new long[RecordSource.WORDS];
        for (int core = 0; core < records.length; core++) {
            while (source.peek(core, words)) {
                record(core, words);
                source.take(core);
            }
            flush(TraceFormat.RECORDS, core, records[core]);
        }
        ByteBuffer halves = ByteBuffer.allocate(8 * Limits.THREADS).order(ByteOrder.LITTLE_ENDIAN);
        for (int slot = 0; slot < Limits.THREADS; slot++) {
            save(slot, (witnesses.halves(slot) + 1) / 2);
            flush(TraceFormat.WITNESS, slot, entries[slot]);
            halves.putLong(witnesses.halves(slot));
        }
        block(TraceFormat.HALVES, 0, halves.flip());
        ByteBuffer end = ByteBuffer.allocate(TraceFormat.TOTALS).order(ByteOrder.LITTLE_ENDIAN);
        end.putLong(recordCount).putLong(entryCount).putLong(ending.ordinal());
        block(TraceFormat.END, 0, end.flip());
        complete = true;
    }

    /** Also saves how far overwritten rings had come; before {@link #complete}. */
    public void rings(LiveTrace trace) throws IOException {
        long[] written = new long[trace.cores()];
        long[] epochs = new long[trace.cores()];
        for (int core = 0; core < written.length; core++) {
            written[core] = trace.written(core);
            epochs[core] = trace.epoch(core);
        }
        rings(written, epochs);
    }

    /** The same, of rings that have been saved before. */
    public void rings(Rings saved) throws IOException {
        long[] written = new long[saved.cores()];
        long[] epochs = new long[saved.cores()];
        for (int core = 0; core < written.length; core++) {
            written[core] = saved.written(core);
            epochs[core] = saved.epoch(core);
        }
        rings(written, epochs);
    }

    private void rings(long[] written, long[] epochs) throws IOException {
        ByteBuffer rings = ByteBuffer.allocate(16 * written.length).order(ByteOrder.LITTLE_ENDIAN);
        for (int core = 0; core < written.length; core++) {
            rings.putLong(written[core]).putLong(epochs[core]);
        }
        block(TraceFormat.RINGS, 0, rings.flip());
    }

    private void flush(int type, int index, ByteBuffer buffer) {
        if (buffer.position() == 0) {
            return;
        }
        try {
            block(type, index, buffer.flip());
        } catch (IOException e) {
            throw new UncheckedIOException("cannot write the trace " + target, e);
        }
        buffer.clear();
    }

    private void block(int type, int index, ByteBuffer payload) throws IOException {
        if (file == null) {
            return;
        }
        ByteBuffer head = ByteBuffer.allocate(TraceFormat.HEAD).order(ByteOrder.LITTLE_ENDIAN);
        head.putInt(TraceFormat.MAGIC).put((byte) type).put((byte) 0).putShort((short) index);
        head.putInt(payload.remaining());
        CRC32C crc = new CRC32C();
        crc.update(head.duplicate().flip());
        crc.update(payload.duplicate());
        head.putInt((int) crc.getValue()).flip();
        while (head.hasRemaining()) {
            file.write(head);
        }
        while (payload.hasRemaining()) {
            file.write(payload);
        }
    }

    @Override
    public void close() throws IOException {
        if (file == null || partial == null || target == null) {
            return;
        }
        file.close();
        if (complete) {
            Unfinished.publish(partial, target);
        } else {
            Files.deleteIfExists(partial);
            Unfinished.keep(partial);
        }
    }
}
