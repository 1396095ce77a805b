package norma.fuzz;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import java.util.function.LongPredicate;
import norma.abi.Code;
import norma.abi.Event;
import norma.abi.Limits;
import norma.abi.Record;
import norma.abi.SystemCall;
import norma.conformance.check.EventView;
import norma.conformance.check.Finding;
import norma.conformance.check.Reason;
import norma.conformance.saved.LongList;
import norma.conformance.saved.SavedTrace;
import norma.conformance.saved.StateDifference;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * One lie in a trace of the real kernel: the report must show where model and record part. What it
 * must say is taken from the records themselves, which were true before the lie.
 */
class StateDifferenceTest {
    private static final int WORDS = 8;
    private static final int EDITS = 150;

    /** Five objects of a few lines each, or one list, and their headings. */
    private static final int MOST_LINES = 160;

    private static Path file;

    private SavedTrace trace;
    private Finding finding;
    private List<String> lines;

    @BeforeAll
    static void record() throws Exception {
        file = Sampler.kept("sampler");
    }

    /** Reads the trace anew; the offset of a core's record of a kind, well after the beginning. */
    private int find(int core, int kind, LongPredicate result) throws Exception {
        trace = SavedTrace.read(file);
        LongList records = trace.records(core);
        int at = records.size() / WORDS / 3 * WORDS;
        while (((int) records.get(at) & 0xff) != kind || !result.test(records.get(at + 3))) {
            at += WORDS;
        }
        return at;
    }

    private EventView record(int core, int at) {
        EventView event = new EventView();
        trace.records(core).copy(at, event.words);
        return event;
    }

    private void explain() {
        finding = Sampler.validate(trace);
        lines = StateDifference.lines(trace, finding);
    }

    private void assertLine(String expected) {
        assertTrue(lines.contains(expected), () -> expected + " in\n" + String.join("\n", lines));
    }

    private void assertDetail(String expected) {
        assertTrue(finding.details().contains(expected), () -> expected + " in " + finding);
    }

    @Test
    void aWrongFactShowsTheModelsStep() throws Exception {
        int at = find(1, Event.ENQUEUE, r -> r >>> 48 == 1);
        EventView enqueue = record(1, at);
        trace.records(1).set(at + 3, enqueue.words[3] ^ 1L << 48);
        explain();
        assertEquals(Reason.POST_STATE_MISMATCH, finding.reason());
        assertDetail("  ready threads: recorded 0, the model says 1");
        int thread = enqueue.p(0);
        assertLine("the model's step changes:");
        assertLine("  st[" + thread + "]: woken -> ready");
        assertLine("  rq[" + enqueue.p(1) + "]: <> -> <" + thread + ">");
        assertTrue(lines.getLast().startsWith("action Enqueue: spec/Kernel.tla:"), lines::toString);
    }

    @Test
    void aWrongResultIsNamed() throws Exception {
        int at = find(0, Event.REPLY, r -> (r & 0xff) == Code.OK);
        EventView reply = record(0, at);
        trace.records(0).set(at + 3, reply.words[3] ^ Code.DEAD);
        explain();
        assertEquals(Reason.RESULT_MISMATCH, finding.reason());
        assertDetail("  result code: recorded DEAD, the model says OK");
        int caller = (int) (reply.words[3] >>> 16) & 0xffff;
        assertLine("  own[" + reply.p(1) + "][" + reply.p(2) + "]: " + caller + " -> None");
        assertLine("  ipc[" + caller + "]: served -> done");
        assertLine("  res[" + caller + "]: None -> {code:ok,word:" + reply.word() + "}");
    }

    @Test
    void anActionThatIsNotEnabledShowsWhatItTouches() throws Exception {
        int at = find(0, Event.DISPATCH, r -> true);
        EventView dispatch = record(0, at);
        while (dispatch.kind() != Event.DISPATCH
                || maker(dispatch.words[5] - 1).kind() != Event.ENQUEUE) {
            at += WORDS;
            dispatch = record(0, at);
        }
        int right = dispatch.p(0);
        // The kernel claims to have dispatched another thread, right in everything else.
        trace.records(0).set(at + 1, dispatch.words[1] ^ 1);
        explain();
        assertEquals(Reason.ACTION_NOT_ENABLED, finding.reason());
        String heading = "the model before event " + finding.event() + ", at what it touches:";
        assertLine(heading);
        String core = lines.get(lines.indexOf(heading) + 1);
        assertTrue(core.startsWith("  core0: cur=None "), core);
        assertTrue(core.contains(" mode=kernel rq=<" + right), core);
        String thread = lines.get(lines.indexOf(heading) + 2);
        assertTrue(thread.startsWith("  thread" + right + ": asleep=false "), thread);
        assertTrue(thread.contains(" st=ready "), thread);
        // The thread became ready in an Enqueue, whose record made the version before.
        EventView before = maker(dispatch.words[5] - 1);
        assertEquals(Event.ENQUEUE, before.kind());
        int last = indexOfLineWith("thread" + right, before.describe());
        assertTrue(last > 0, () -> String.join("\n", lines));
        assertTrue(
                lines.subList(last, lines.size()).contains("    st[" + right + "]: woken -> ready"),
                () -> String.join("\n", lines));
    }

    @Test
    void everyTouchedObjectHasItsLastEvent() throws Exception {
        int at = find(0, Event.RECEIVE, r -> true);
        EventView receive = record(0, at);
        // Another channel, which the thread does not serve.
        trace.records(0).set(at + 1, receive.words[1] ^ 1L << 16);
        explain();
        assertEquals(Reason.ACTION_NOT_ENABLED, finding.reason());
        for (int i = 0; i < receive.touched(); i++) {
            String name = EventView.objectName(receive.object(i));
            String last = maker(receive.words[4 + i] - 1).describe();
            assertTrue(
                    indexOfLineWith(name, last) > 0,
                    () -> name + ": " + last + " in\n" + String.join("\n", lines));
        }
    }

    private int indexOfLineWith(String name, String event) {
        for (int i = 0; i < lines.size(); i++) {
            if (lines.get(i).matches("  .*\\b" + name + "\\b.*: event \\d+: .*")
                    && lines.get(i).endsWith(event)) {
                return i;
            }
        }
        return -1;
    }

    /** The record that made a version of an object. */
    private EventView maker(long version) {
        for (int core = 0; core < trace.cores(); core++) {
            for (int at = 0; at < trace.records(core).size(); at += WORDS) {
                EventView event = record(core, at);
                for (int i = 0; i < event.touched(); i++) {
                    if (event.words[4 + i] == version) {
                        return event;
                    }
                }
            }
        }
        throw new AssertionError("nobody made it");
    }

    @Test
    void aWrongLockIsCalledByWhatItLocks() throws Exception {
        int at = find(0, Event.LOCK_LEAVE, r -> true);
        // Another channel's lock, which nobody uses; the touched object stays the right one.
        int lock = Record.LOCK_CHANNEL << Record.LOCK_RANK_SHIFT | (Limits.CHANNELS - 1);
        trace.records(0).set(at + 1, Record.params(lock, 0, 0, 0));
        explain();
        assertEquals(Reason.ACTION_NOT_ENABLED, finding.reason());
        String own = lines.get(1);
        assertTrue(own.matches("  lock of (channel|core|thread)\\d+: next=\\d+ owner=\\d+"), own);
        assertTrue(lines.get(2).contains(" held={"), lines.get(2));
        assertTrue(lines.get(2).contains(" ticket={"), lines.get(2));
    }

    @Test
    void aWrongAnswerShowsTheEventThatGaveIt() throws Exception {
        trace = SavedTrace.read(file);
        for (int slot = 0; slot < Limits.THREADS; slot++) {
            LongList entries = trace.entries(slot);
            for (int at = 0; at < entries.size(); at += WORDS) {
                if (entries.get(at) == SystemCall.CALL && entries.get(at + 5) == Code.OK) {
                    long word = entries.get(at + 6);
                    entries.set(at + 6, word ^ 2);
                    explain();
                    assertEquals(Reason.WITNESS_MISMATCH, finding.reason());
                    assertTrue(lines.get(0).matches("answered at event \\d+: .*"), lines::toString);
                    assertLine("  res[" + slot + "]: {code:ok,word:" + word + "} -> None");
                    return;
                }
            }
        }
        throw new AssertionError("no call was answered");
    }

    @Test
    void aWrongRequestShowsTheModelsStep() throws Exception {
        int at = find(0, Event.CALL, r -> (r & 0xff) == Code.QUEUED);
        EventView call = record(0, at);
        trace.records(0).set(at + 2, call.word() ^ 1);
        explain();
        assertEquals(Reason.WITNESS_MISMATCH, finding.reason());
        assertLine("  ipc[" + call.p(0) + "]: idle -> queued");
        assertLine("  msg[" + call.p(0) + "]: None -> " + (call.word() ^ 1));
    }

    @Test
    void aGapIsNoStep() throws Exception {
        int at = find(0, Event.CALL, r -> true);
        trace.records(0).set(at + 4, trace.records(0).get(at + 4) + 1);
        explain();
        assertEquals(Reason.VERSION_GAP, finding.reason());
        assertEquals(List.of(), lines);
    }

    /** Whatever the lie: the report comes, is of bounded length, and finds what was found. */
    @Test
    void anyLieIsExplained() throws Exception {
        Random random = new Random(11);
        int explained = 0;
        for (int i = 0; i < EDITS; i++) {
            trace = SavedTrace.read(file);
            LongList records = trace.records(random.nextInt(trace.cores()));
            int at = random.nextInt(records.size());
            records.set(at, records.get(at) ^ 1L << random.nextInt(64));
            explain();
            assertTrue(lines.size() < MOST_LINES, () -> String.join("\n", lines));
            if (finding != null && finding.reason() == Reason.POST_STATE_MISMATCH) {
                boolean step = finding.details().size() > 2 && !ofSnapshot();
                assertTrue(
                        lines.get(0).startsWith(step ? "the model's step changes" : "the model"),
                        lines::toString);
            }
            explained += lines.isEmpty() ? 0 : 1;
        }
        assertTrue(explained > EDITS / 4, explained + " of " + EDITS);
    }

    private boolean ofSnapshot() {
        return finding.details().stream().anyMatch(line -> line.startsWith("written by "));
    }
}
