package norma.conformance.machine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import norma.abi.Limits;
import norma.abi.Shared;
import norma.conformance.trace.LiveTrace;
import norma.conformance.trace.RecordSource;
import norma.conformance.trace.SharedLayout;
import norma.conformance.trace.WitnessSource;
import org.junit.jupiter.api.Test;

/** Rings and logs as the guest leaves them in memory. */
class LiveTraceTest {
    private static final int RECORDS = 512;
    private static final int ENTRIES = 8;
    private static final long BASE = 0x8000_0000L;
    private static final long BLOCK = BASE + (1 << 16);
    private static final int LAST = Limits.THREADS - 1;

    private final SharedLayout layout = new SharedLayout(2, RECORDS, ENTRIES);
    private final GuestMemory memory = new GuestMemory(memory(layout.bytes() + (1 << 16)), BASE);
    private final LiveTrace drained = new LiveTrace(memory, BLOCK, layout, true);
    private final LiveTrace whole = new LiveTrace(memory, BLOCK, layout, false);

    private static MemorySegment memory(long bytes) {
        return Arena.ofAuto().allocate(bytes, 4096);
    }

    private long ring(int core, int offset) {
        return BLOCK + layout.ring(core) + offset;
    }

    /** Core 1 records: each word says which. */
    private void write(long first, long end) {
        for (long n = first; n < end; n++) {
            for (int i = 0; i < RecordSource.WORDS; i++) {
                memory.putLong(
                        ring(1, Shared.RING_RECORDS) + (n % RECORDS) * 64 + 8L * i, 100 * n + i);
            }
        }
        memory.putLong(ring(1, Shared.RING_HEAD), end);
    }

    private long tail() {
        return memory.getLong(ring(1, Shared.RING_TAIL));
    }

    private static void expect(LiveTrace trace, long n) {
        long[] words = new long[RecordSource.WORDS];
        assertTrue(trace.peek(1, words));
        for (int i = 0; i < words.length; i++) {
            assertEquals(100 * n + i, words[i]);
        }
    }

    @Test
    void recordsComeInOrderAndTheirPlacesAreHandedBackInBatches() {
        assertEquals(2, drained.cores());
        assertFalse(drained.peek(1, new long[RecordSource.WORDS]));
        write(0, 500);
        for (int n = 0; n < 255; n++) {
            expect(drained, n);
            drained.take(1);
        }
        assertEquals(0, tail());
        drained.take(1);
        assertEquals(256, tail());
        expect(drained, 256);
        drained.take(1);
        assertEquals(256, tail());
        write(500, 768);
        for (int n = 257; n < 500; n++) {
            drained.take(1);
        }
        expect(drained, 500); // Read again: the head has moved.
        assertEquals(500, tail());
        drained.take(1);
        for (int n = 501; n < 768; n++) {
            drained.take(1);
        }
        assertFalse(drained.peek(1, new long[RecordSource.WORDS]));
        assertEquals(768, tail());
        assertFalse(drained.peek(0, new long[RecordSource.WORDS]));
    }

    /** What comes while nobody has seen it is not looked for before all seen is taken. */
    @Test
    void aWholeRunNeverHandsBack() {
        memory.putLong(BLOCK + layout.scripts(), 1 << 20); // Behind the last ring: a program.
        write(0, 500);
        for (int n = 0; n < 500; n++) {
            expect(whole, n);
            whole.take(1);
        }
        assertFalse(whole.peek(1, new long[RecordSource.WORDS]));
        assertEquals(0, tail());
        assertNull(whole.overflow());
        write(500, 512);
        assertNull(whole.overflow());
        write(512, 513);
        assertEquals(
                "core 1 recorded more events than its ring keeps of a whole run, 512: say 'events"
                        + " N' in the script, or run it with another --accel",
                whole.overflow());
        assertNull(drained.overflow());
    }

    @Test
    void overwrittenRingsBeginWithTheOldest() {
        write(0, 700);
        whole.skipOverwritten();
        expect(whole, 188);
        whole.take(1);
        expect(whole, 189);
        assertFalse(whole.peek(0, new long[RecordSource.WORDS]));
        assertEquals(700, whole.written(1));
        memory.putLong(ring(1, Shared.RING_EPOCH), 5);
        memory.putLong(ring(1, Shared.RING_STALLS), 6);
        assertEquals(5, whole.epoch(1));
        assertEquals(6, whole.stalls(1));
        assertEquals(0, whole.epoch(0));
        drained.skipOverwritten();
        for (int n = 188; n < 188 + 255; n++) {
            drained.take(1);
        }
        assertEquals(0, tail());
        drained.take(1);
        assertEquals(444, tail());
    }

    private long log(int offset) {
        return BLOCK + layout.witness(LAST) + offset;
    }

    @Test
    void entriesOfALog() {
        for (int i = 0; i < WitnessSource.WORDS; i++) {
            memory.putLong(log(Shared.WITNESS_ENTRIES) + 64 * 3 + 8L * i, 30 + i);
        }
        memory.putLong(log(Shared.WITNESS_HEAD), 23);
        long[] entry = new long[WitnessSource.WORDS];
        drained.entry(LAST, 11, entry);
        for (int i = 0; i < entry.length; i++) {
            assertEquals(30 + i, entry[i]);
        }
        assertEquals(23, drained.halves(LAST));
        assertEquals(0, drained.halves(0));
        drained.release(LAST, 9);
        assertEquals(9, memory.getLong(log(Shared.WITNESS_TAIL)));
        whole.release(LAST, 7);
        assertEquals(9, memory.getLong(log(Shared.WITNESS_TAIL)));
    }

    /** Of a log that does not wait for the host, what is overwritten is known by its length. */
    @Test
    void logsThatAreNotDrainedLoseTheirBeginnings() {
        memory.putLong(log(Shared.WITNESS_HEAD), 15);
        assertEquals(0, whole.first(LAST));
        assertNull(whole.overflow());
        memory.putLong(log(Shared.WITNESS_HEAD), 17);
        assertEquals(1, whole.first(LAST));
        assertEquals(0, drained.first(LAST));
        drained.skipOverwritten();
        assertEquals(1, drained.first(LAST));
        assertEquals(
                "the log of thread "
                        + LAST
                        + " lost calls that were not yet compared; it keeps 8: say 'calls N' in the"
                        + " script, or run it with another --accel",
                whole.overflow());
        whole.release(LAST, 1);
        assertNull(whole.overflow());
    }
}
