package norma.fuzz;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import norma.abi.Event;
import norma.abi.Limits;
import norma.conformance.check.EventNames;
import norma.conformance.check.Finding;
import norma.conformance.check.Reason;
import norma.conformance.check.Verdict;
import norma.conformance.saved.Ending;
import norma.conformance.saved.FailingPrefix;
import norma.conformance.saved.LongList;
import norma.conformance.saved.SavedTrace;
import norma.conformance.saved.SavedTrace.TraceException;
import norma.conformance.saved.TraceWriter;
import norma.conformance.scenario.Outcome;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Traces of the real kernel, altered: the reader rejects every flipped bit, the validator what is
 * altered in the threads' logs. Of altered records: {@link TraceMutantsTest}.
 */
class TamperTest {
    private static final int WORDS = 8;
    private static final int FLIPS = 2_000;

    @TempDir static Path folder;

    @BeforeAll
    static void record() throws Exception {
        long[] counts = new long[Event.LIMIT];
        for (String run : Sampler.RUNS) {
            Outcome outcome = Sampler.record(run, file(run));
            assertEquals(Verdict.CONFORMS, outcome.verdict(), () -> run + outcome.finding());
            for (int kind = 1; kind < Event.LIMIT; kind++) {
                counts[kind] += outcome.counts().of(kind);
            }
        }
        for (int kind = 1; kind < Event.LIMIT; kind++) {
            assertTrue(counts[kind] > 0, "no " + EventNames.action(kind));
        }
    }

    static List<String> runs() {
        return Sampler.RUNS;
    }

    private static Path file(String run) {
        return folder.resolve(run + ".trace");
    }

    private static SavedTrace read(String run) throws IOException, TraceException {
        return SavedTrace.read(file(run));
    }

    @ParameterizedTest
    @MethodSource("runs")
    void theTraceItselfConforms(String run) throws Exception {
        assertNull(Sampler.validate(read(run)));
    }

    /** What the threads logged is evidence too: every altered word of every call's first entry. */
    @ParameterizedTest
    @MethodSource("runs")
    void everyAlteredWitnessWordIsRejected(String run) throws Exception {
        SavedTrace trace = read(run);
        List<String> accepted = new ArrayList<>();
        for (int slot = 0; slot < Limits.THREADS; slot++) {
            LongList entries = trace.entries(slot);
            for (int at = 0; at < Math.min(entries.size(), 2 * WORDS); at++) {
                long old = entries.get(at);
                boolean timeout = entries.get(at / WORDS * WORDS) == 1 && at % WORDS == 3;
                if (timeout) {
                    continue; // A time-out's length is the kernel clock's, not the model's.
                }
                entries.set(at, old ^ 2);
                if (Sampler.validate(trace) == null) {
                    accepted.add("slot " + slot + " word " + at + " was " + old);
                }
                entries.set(at, old);
            }
        }
        assertEquals(List.of(), accepted);
    }

    @ParameterizedTest
    @MethodSource("runs")
    void everyFlippedBitOfTheFileIsNamedWithItsOffset(String run) throws Exception {
        byte[] bytes = Files.readAllBytes(file(run));
        Random random = new Random(3);
        Path flipped = folder.resolve("flipped.trace");
        for (int i = 0; i < FLIPS; i++) {
            int at = random.nextInt(bytes.length);
            byte old = bytes[at];
            bytes[at] ^= (byte) (1 << random.nextInt(8));
            Files.write(flipped, bytes);
            bytes[at] = old;
            TraceException error = null;
            try {
                SavedTrace.read(flipped);
            } catch (TraceException e) {
                error = e;
            }
            assertNotNull(error, "flipped byte " + at);
            assertTrue(error.getMessage().contains("offset"), error.getMessage());
        }
    }

    /**
     * A lie in the middle: the prefix is shorter, has the same finding, and is saved as ITF too.
     */
    @ParameterizedTest
    @MethodSource("runs")
    void theShortestFailingPrefixFailsTheSameWay(String run) throws Exception {
        SavedTrace trace = read(run);
        LongList records = trace.records(0);
        int at = records.size() / WORDS / 8 * WORDS;
        while (((int) records.get(at) & 0xff) != Event.ENQUEUE) {
            at += WORDS;
        }
        records.set(at + 3, records.get(at + 3) ^ 1L << 48);
        Finding whole = Sampler.validate(trace);
        assertEquals(Reason.POST_STATE_MISMATCH, whole.reason());
        trace.rewind();
        Path lie = folder.resolve("lie.trace");
        try (TraceWriter writer = TraceWriter.open(lie, trace.cores(), trace.header(), trace)) {
            writer.complete(trace, Ending.STOPPED);
        }
        FailingPrefix.Written written = FailingPrefix.write(lie);
        SavedTrace prefix = SavedTrace.read(written.trace());
        Finding found = Sampler.validate(prefix);
        assertEquals(whole.reason(), found.reason());
        assertEquals(whole.summary(), found.summary());
        long all = 0;
        for (int core = 0; core < trace.cores(); core++) {
            all += trace.records(core).size() / WORDS;
        }
        assertTrue(written.records() < all / 2, written.records() + " of " + all);
        assertTrue(Files.readString(written.itf()).contains("\"format\":\"ITF\""));
    }

    @ParameterizedTest
    @MethodSource("runs")
    void aTruncatedFileIsInconclusive(String run) throws Exception {
        byte[] bytes = Files.readAllBytes(file(run));
        Path cut = folder.resolve("cut.trace");
        for (int length : new int[] {0, 1, 15, 16, 100, bytes.length / 2, bytes.length - 1}) {
            Files.write(cut, java.util.Arrays.copyOf(bytes, length));
            TraceException error = null;
            try {
                SavedTrace.read(cut);
            } catch (TraceException e) {
                error = e;
            }
            assertNotNull(error, "length " + length);
            assertEquals(length == 0 ? Reason.EMPTY : Reason.TRUNCATED, error.reason());
        }
    }
}
