package norma.conformance.saved;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.LongStream;
import java.util.zip.CRC32C;
import norma.abi.Limits;
import norma.abi.Record;
import norma.conformance.check.Reason;
import norma.conformance.saved.SavedTrace.TraceException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The blocks of a trace's file, made by hand: what is read of them, and what is refused. */
class SavedTraceTest {
    private static final int WORDS = Record.BYTES / Long.BYTES;

    @TempDir Path dir;

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();

    private void block(int type, int index, byte[] payload) {
        ByteBuffer head = ByteBuffer.allocate(TraceFormat.HEAD).order(ByteOrder.LITTLE_ENDIAN);
        head.putInt(TraceFormat.MAGIC).put((byte) type).put((byte) 0);
        head.putShort((short) index).putInt(payload.length);
        CRC32C crc = new CRC32C();
        crc.update(head.duplicate().flip());
        crc.update(payload);
        head.putInt((int) crc.getValue());
        out.writeBytes(head.array());
        out.writeBytes(payload);
    }

    private void block(int type, int index, long... words) {
        ByteBuffer payload =
                ByteBuffer.allocate(words.length * Long.BYTES).order(ByteOrder.LITTLE_ENDIAN);
        payload.asLongBuffer().put(words);
        block(type, index, payload.array());
    }

    private void header(boolean suffix) {
        TraceHeader header = new TraceHeader("riscv64", 2, "single", 1, 4, false, suffix);
        block(TraceFormat.HEADER, 0, header.text().getBytes(StandardCharsets.UTF_8));
    }

    private SavedTrace read() throws IOException, TraceException {
        return SavedTrace.read(Files.write(dir.resolve("x.trace"), out.toByteArray()));
    }

    private String refused(Reason reason) {
        TraceException e = assertThrows(TraceException.class, this::read);
        assertEquals(reason, e.reason());
        return String.valueOf(e.getMessage());
    }

    private static long[] counted(long from, int count) {
        return LongStream.range(from, from + count).toArray();
    }

    private static long[] record(SavedTrace trace, int core, int place) {
        long[] words = new long[WORDS];
        trace.record(core, place, words);
        return words;
    }

    @Test
    void everythingIsReadBack() throws Exception {
        header(true);
        block(TraceFormat.RECORDS, 1, counted(100, 2 * WORDS));
        block(TraceFormat.RECORDS, 0); // A block may be empty.
        block(TraceFormat.RECORDS, 1, counted(200, WORDS));
        block(TraceFormat.WITNESS, 3, counted(300, 2 * WORDS));
        long[] halves = new long[Limits.THREADS];
        halves[3] = 13; // Seven entries, of which two are kept.
        block(TraceFormat.HALVES, 0, halves);
        block(TraceFormat.RINGS, 0, 0, 7, 40, 8);
        block(TraceFormat.END, 0, 3, 2, Ending.STOPPED.ordinal());
        SavedTrace trace = read();
        assertEquals(Ending.STOPPED, trace.ending());
        assertEquals(0, trace.held(0));
        assertEquals(3, trace.held(1));
        assertArrayEquals(counted(200, WORDS), record(trace, 1, 2));
        assertEquals(7, trace.epoch(0));
        assertEquals(8, trace.epoch(1));
        assertEquals(40, trace.written(1));
        assertEquals(5, trace.first(3));
        long[] entry = new long[WORDS];
        trace.entry(3, 6, entry);
        assertArrayEquals(counted(300 + WORDS, WORDS), entry);
        long[] none = LongStream.generate(() -> -1).limit(WORDS).toArray();
        for (long number : new long[] {4, 7}) {
            trace.entry(3, number, entry);
            assertArrayEquals(none, entry, "entry " + number);
        }
        trace.keep(1, 2, 6);
        assertEquals(2, trace.held(1));
        assertEquals(39, trace.written(1));
        assertEquals(6, trace.epoch(1));
        assertEquals(2 * WORDS, trace.records(1).size());
    }

    @Test
    void recordsAreTakenInTheirOrder() throws Exception {
        header(false);
        block(TraceFormat.RECORDS, 1, counted(0, 2 * WORDS));
        block(TraceFormat.END, 0, 2, 0, Ending.values().length - 1);
        SavedTrace trace = read();
        assertEquals(Ending.values()[Ending.values().length - 1], trace.ending());
        long[] words = new long[WORDS];
        assertFalse(trace.peek(0, words));
        for (int i = 0; i < 2; i++) {
            assertTrue(trace.peek(1, words));
            assertArrayEquals(counted((long) i * WORDS, WORDS), words);
            trace.take(1);
        }
        assertFalse(trace.peek(1, words));
        trace.rewind();
        assertTrue(trace.peek(1, words));
        assertEquals(0, trace.first(1), "all of a log is there");
    }

    /** A block of the largest size is one, and the next larger is none. */
    @Test
    void blocksHaveALargestSize() throws Exception {
        header(false);
        block(TraceFormat.RECORDS, 0, new byte[TraceFormat.MOST]);
        block(TraceFormat.END, 0, TraceFormat.MOST / Record.BYTES, 0, 0);
        assertEquals(TraceFormat.MOST / Record.BYTES, read().held(0));
        out.reset();
        header(false);
        block(TraceFormat.RECORDS, 0, new byte[TraceFormat.MOST + Record.BYTES]);
        assertTrue(refused(Reason.MALFORMED).startsWith("no block at offset "));
    }

    @Test
    void blocksOfNobody() {
        header(false);
        int offset = out.size();
        block(TraceFormat.RECORDS, 2, counted(0, WORDS));
        assertEquals("a block of nobody at offset " + offset, refused(Reason.MALFORMED));
        out.reset();
        header(false);
        block(TraceFormat.WITNESS, Limits.THREADS, counted(0, WORDS));
        assertEquals("a block of nobody at offset " + offset, refused(Reason.MALFORMED));
    }

    @Test
    void endingsThatAreNone() {
        for (long ending : new long[] {-1, Ending.values().length}) {
            out.reset();
            header(false);
            int offset = out.size();
            block(TraceFormat.END, 0, 0, 0, ending);
            assertEquals("an ending that is none at offset " + offset, refused(Reason.MALFORMED));
        }
    }

    @Test
    void aFileThatEndsInABlock() throws Exception {
        header(false);
        int offset = out.size();
        block(TraceFormat.RECORDS, 0, counted(0, WORDS));
        byte[] whole = out.toByteArray();
        out.reset();
        out.write(whole, 0, whole.length - 1);
        assertEquals(
                "the block at offset "
                        + offset
                        + " goes beyond the file's "
                        + (whole.length - 1)
                        + " bytes",
                refused(Reason.TRUNCATED));
    }
}
