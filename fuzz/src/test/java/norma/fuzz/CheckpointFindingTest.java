package norma.fuzz;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.LongPredicate;
import norma.abi.Event;
import norma.abi.Record;
import norma.conformance.check.EventView;
import norma.conformance.check.Finding;
import norma.conformance.check.Reason;
import norma.conformance.check.Validator;
import norma.conformance.conform.Scenarios;
import norma.conformance.job.Images;
import norma.conformance.machine.Accel;
import norma.conformance.machine.Arch;
import norma.conformance.saved.FailingPrefix;
import norma.conformance.saved.LongList;
import norma.conformance.saved.SavedCheck;
import norma.conformance.saved.SavedTrace;
import norma.conformance.saved.StateDifference;
import norma.conformance.saved.TraceWriter;
import norma.conformance.scenario.Outcome;
import norma.conformance.scenario.Plan;
import norma.conformance.scenario.Session;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A lie in a snapshot of the real kernel: the report names its records and shows in which field it
 * differs, where the kernel writes it and the specification declares it; and the prefix fails in
 * the same way.
 */
class CheckpointFindingTest {
    private static final int WORDS = 8;

    /** State of norma.kernel.thread.Thread, part of the trace format. */
    private static final int BLOCKED = 3;

    @TempDir static Path folder;

    private static Path live;
    private static Path suffix;

    /** One record of a trace. */
    private record Place(int core, int at) {}

    @BeforeAll
    static void record() throws Exception {
        live = kept("checkpoints");
        suffix = kept("overwrite");
    }

    private static Path kept(String scenario) throws Exception {
        Path kept = Sampler.kept("two-" + scenario, file -> run(scenario, file));
        return Files.copy(kept, folder.resolve(scenario + ".trace"));
    }

    private static Outcome run(String scenario, Path file) throws Exception {
        Plan plan =
                new Plan(
                        Arch.RISCV64,
                        2,
                        Accel.ICOUNT,
                        Images.kernel(Arch.RISCV64),
                        Scenarios.named(scenario).script(),
                        2,
                        Duration.ofSeconds(60),
                        Optional.of(file));
        return new Session(plan, (validator, seconds) -> {}).run();
    }

    /** The first snapshot of an object of that type, of an epoch from {@code least} on. */
    private static Place snapshot(SavedTrace trace, int type, int least) {
        for (int core = 0; core < trace.cores(); core++) {
            LongList records = trace.records(core);
            for (int at = 0; at < records.size(); at += WORDS) {
                if (isSnapshot(records, at, type, least)) {
                    return new Place(core, at);
                }
            }
        }
        throw new AssertionError("no snapshot of type " + type);
    }

    /** Flips bits of a record; the file that the trace is then saved in. */
    private static Path lie(Path file, SavedTrace trace, Place place, int word, long bits)
            throws Exception {
        LongList records = trace.records(place.core);
        records.set(place.at + word, records.get(place.at + word) ^ bits);
        trace.rewind();
        Path lie = file.resolveSibling("lie-" + file.getFileName());
        try (TraceWriter writer = TraceWriter.open(lie, trace.cores(), trace.header(), trace)) {
            if (trace.header().suffix()) {
                writer.rings(trace);
            }
            writer.complete(trace, trace.ending());
        }
        return lie;
    }

    private static String object(SavedTrace trace, Place place) {
        EventView event = new EventView();
        trace.records(place.core).copy(place.at, event.words);
        return EventView.objectName(event.object(0)) + "@" + event.version(0);
    }

    private static void assertLine(List<String> lines, String pattern) {
        assertTrue(
                lines.stream().anyMatch(line -> line.matches(pattern)),
                () -> pattern + " in\n" + String.join("\n", lines));
    }

    /** The prefix has the same finding, and no record behind what that needs. */
    private static long assertPrefix(Path lie, Finding finding) throws Exception {
        FailingPrefix.Written written = FailingPrefix.write(lie);
        assertNotNull(written);
        SavedTrace prefix = SavedTrace.read(written.trace());
        Finding found = SavedCheck.of(prefix).finding();
        assertNotNull(found);
        assertEquals(finding.reason(), found.reason());
        assertEquals(finding.summary(), found.summary());
        assertTrue(Files.readString(written.itf()).contains("\"action\":"), "no state as ITF");
        return written.records();
    }

    private static long records(SavedTrace trace) {
        long all = 0;
        for (int core = 0; core < trace.cores(); core++) {
            all += trace.held(core);
        }
        return all;
    }

    /** Own priority of a thread, in a snapshot that the model's state is compared with. */
    @Test
    void aSnapshotThatTheModelContradicts() throws Exception {
        SavedTrace trace = SavedTrace.read(live);
        Place place = snapshot(trace, Record.THREAD, 3);
        String name = object(trace, place);
        Path lie = lie(live, trace, place, 2, 1L << 16);
        Finding finding = SavedCheck.of(SavedTrace.read(lie)).finding();
        assertNotNull(finding);
        assertEquals(Reason.POST_STATE_MISMATCH, finding.reason());
        assertTrue(finding.summary().startsWith(name + " is not what the model says"));
        List<String> lines = finding.details();
        long record = place.at / WORDS;
        assertLine(
                lines, name + " of checkpoint \\d+: record " + record + " of core " + place.core);
        assertLine(lines, "  base\\[\\d+\\]: recorded \\d+, the model says \\d+");
        assertLine(lines, "written by kernel .*/thread/Thread.java:\\d+");
        assertLine(lines, "variable base: spec/Scheduler.tla:\\d+");
        assertTrue(assertPrefix(lie, finding) < records(trace) / 2, "not shorter");
    }

    /**
     * The same in the checkpoint that validation begins with: the other snapshots contradict it.
     */
    @Test
    void aCheckpointThatContradictsItself() throws Exception {
        SavedTrace trace = SavedTrace.read(suffix);
        SavedCheck check = SavedCheck.of(SavedTrace.read(suffix));
        assertEquals(null, check.finding());
        Place place = begun(trace, Record.CORE, word -> true);
        String name = object(trace, place);
        // The length of its queue, as thieves see it.
        Path lie = lie(suffix, trace, place, 2, 1L << 32);
        Finding finding = SavedCheck.of(SavedTrace.read(lie)).finding();
        assertNotNull(finding);
        assertEquals(Reason.POST_STATE_MISMATCH, finding.reason());
        assertTrue(
                finding.summary().startsWith(name + " is not what the rest of checkpoint "),
                finding.summary());
        long overwritten = trace.written(place.core) - trace.held(place.core);
        assertLine(
                finding.details(),
                name
                        + " of checkpoint \\d+: record "
                        + (overwritten + place.at / WORDS)
                        + "(\\.\\.\\d+)? of core "
                        + place.core);
        assertLine(finding.details(), "  readyHint\\[\\d\\]: recorded \\d+, the model says \\d+");
        assertLine(finding.details(), "written by kernel .*/thread/Core.java:\\d+");
        assertLine(finding.details(), "readyHint: no variable of the specification.*");
        assertLine(StateDifference.lines(SavedTrace.read(lie), finding), "  core\\d: .*rq=.*");
        assertTrue(assertPrefix(lie, finding) < records(trace), "not shorter");
    }

    /** A blocked thread with another effective priority, in the checkpoint that is begun with. */
    @Test
    void aCheckpointThatBreaksAnInvariant() throws Exception {
        SavedTrace trace = SavedTrace.read(suffix);
        Place place = begun(trace, Record.THREAD, word -> (word & 0xff) == BLOCKED);
        String name = object(trace, place);
        // Another effective priority: of a blocked thread no queue depends on it.
        long bits = 1L << 24;
        Path lie = lie(suffix, trace, place, 2, bits);
        Finding finding = SavedCheck.of(SavedTrace.read(lie)).finding();
        assertNotNull(finding);
        assertEquals(Reason.INVARIANT_VIOLATED, finding.reason(), finding.summary());
        assertTrue(finding.summary().contains(" is false at " + name), finding.summary());
        assertFalse(finding.event() >= 0, "before all events");
        assertLine(
                finding.details(), name + " of checkpoint \\d+: record \\d+ of core " + place.core);
        assertLine(finding.details(), "invariant \\w+: spec/\\w+.tla:\\d+");
        assertPrefix(lie, finding);
    }

    /** An event behind the checkpoint that validation begins with has a prefix, too. */
    @Test
    void anEventBehindTheCheckpoint() throws Exception {
        SavedTrace trace = SavedTrace.read(suffix);
        LongList records = trace.records(0);
        int at = records.size() * 3 / 4 / WORDS * WORDS;
        while (((int) records.get(at) & 0xff) != Event.ENQUEUE) {
            at += WORDS;
        }
        Path lie = lie(suffix, trace, new Place(0, at), 3, 1L << 48);
        Finding finding = SavedCheck.of(SavedTrace.read(lie)).finding();
        assertNotNull(finding);
        assertEquals(Reason.POST_STATE_MISMATCH, finding.reason());
        assertTrue(assertPrefix(lie, finding) < records(trace), "not shorter");
    }

    /** First snapshot of a type in the checkpoint that a suffix begins with. */
    private static Place begun(SavedTrace trace, int type, LongPredicate word) {
        Validator validator = new Validator(trace, trace, trace.header().setup());
        validator.beginAtCheckpoint(trace);
        for (int core = 0; core < trace.cores(); core++) {
            long overwritten = trace.written(core) - trace.held(core);
            int end = (int) (validator.needed(core) - overwritten) * WORDS;
            int first = (int) (validator.accepted(core) - overwritten) * WORDS;
            for (int at = first; at < end; at += WORDS) {
                LongList records = trace.records(core);
                if (isSnapshot(records, at, type, 1) && word.test(records.get(at + 2))) {
                    return new Place(core, at);
                }
            }
        }
        throw new AssertionError("no snapshot of type " + type);
    }

    private static boolean isSnapshot(LongList records, int at, int type, int least) {
        return ((int) records.get(at) & 0xff) == Event.SNAPSHOT
                && (int) (records.get(at + 1) >>> 32) >= least
                && (int) (records.get(at + 4) >>> Record.VERSION_BITS) >>> 12 == type;
    }
}
