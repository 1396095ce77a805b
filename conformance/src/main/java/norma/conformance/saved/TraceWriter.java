package norma.conformance.saved;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.CRC32C;
import norma.abi.Limits;
import norma.abi.Record;
import norma.conformance.check.EventView;
import norma.conformance.check.Validator;
import norma.conformance.trace.LiveTrace;
import org.jspecify.annotations.Nullable;

/**
 * Saves a trace as it is validated. The file appears under its name only when it is complete; its
 * format is {@link TraceFormat}.
 */
public final class TraceWriter implements Validator.EventSink, AutoCloseable {
    private static final int BUFFER = 1 << 16;

    private final @Nullable Path target;
    private final @Nullable Path partial;
    private final @Nullable FileChannel file;
    private final List<ByteBuffer> buffers = new ArrayList<>();
    private long records;
    private long entries;
    private boolean complete;

    private TraceWriter(@Nullable Path target, int cores) throws IOException {
        this.target = target;
        if (target == null) {
            partial = null;
            file = null;
            return;
        }
        partial = target.resolveSibling(target.getFileName() + ".part-" + ProcessHandle.current().pid());
        file = FileChannel.open(
                partial, StandardOpenOption.CREATE, StandardOpenOption.TRUNCATE_EXISTING,
                StandardOpenOption.WRITE);
        for (int core = 0; core < cores; core++) {
            buffers.add(ByteBuffer.allocate(BUFFER).order(ByteOrder.LITTLE_ENDIAN));
        }
    }

    /** A writer to {@code target}; one that writes nothing if there is none. */
    public static TraceWriter open(@Nullable Path target, int cores, TraceHeader header)
            throws IOException {
        TraceWriter writer = new TraceWriter(target, cores);
        writer.header(header.text());
        return writer;
    }

    private void header(String text) throws IOException {
        block(TraceFormat.HEADER, 0, ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8)));
    }

    @Override
    public void accepted(EventView event) {
        if (file == null) {
            return;
        }
        ByteBuffer buffer = buffers.get(event.core());
        for (long word : event.words) {
            buffer.putLong(word);
        }
        records++;
        if (buffer.remaining() < Record.BYTES) {
            try {
                flush(event.core());
            } catch (IOException e) {
                throw new UncheckedIOException("cannot write " + target, e);
            }
        }
    }

    private void flush(int core) throws IOException {
        ByteBuffer buffer = buffers.get(core);
        if (buffer.position() > 0) {
            block(TraceFormat.RECORDS, core, buffer.flip());
            buffer.clear();
        }
    }

    /**
     * Copies the witness logs. A log that is drained while the guest runs keeps only its last
     * entries: then nothing is saved of it but its length.
     */
    public void witnesses(LiveTrace trace) throws IOException {
        if (file == null) {
            return;
        }
        for (int slot = 0; slot < Limits.THREADS; slot++) {
            ByteBuffer buffer = ByteBuffer.allocate(8).order(ByteOrder.LITTLE_ENDIAN);
            buffer.putLong(trace.halves(slot));
            block(TraceFormat.WITNESS, slot, buffer.flip());
            entries += trace.halves(slot);
        }
        for (int core = 0; core < buffers.size(); core++) {
            flush(core);
        }
        ByteBuffer end = ByteBuffer.allocate(16).order(ByteOrder.LITTLE_ENDIAN);
        end.putLong(records).putLong(entries);
        block(TraceFormat.END, 0, end.flip());
        complete = true;
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
            Files.move(partial, target, StandardCopyOption.REPLACE_EXISTING);
        } else {
            Files.deleteIfExists(partial);
        }
    }
}
