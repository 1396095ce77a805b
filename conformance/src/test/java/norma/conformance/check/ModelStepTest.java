package norma.conformance.check;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;

import java.util.ArrayList;
import java.util.List;
import norma.abi.Event;
import norma.abi.Record;
import norma.abi.Snapshot;
import norma.model.State;
import norma.model.sched.SchedState;
import org.junit.jupiter.api.Test;

/** Steps of a machine of which only the first objects are used, and of a whole one. */
class ModelStepTest {
    private static final int THREADS = 2;
    private static final int CHANNELS = 1;

    private static ModelStep steps(boolean all) {
        return new ModelStep(
                1, THREADS, CHANNELS, 4, 0, false, all, new Memory(SpaceTape.PAGES, 1));
    }

    /** A snapshot that nothing in the first state is like. */
    private static List<long[]> strange(int type, int index) {
        int parts = type == Record.CHANNEL ? 2 : 1;
        List<long[]> records = new ArrayList<>();
        for (int part = 0; part < parts; part++) {
            long[] words = new long[Record.BYTES / Long.BYTES];
            words[0] = Record.head(Event.SNAPSHOT, 0, 1, part);
            words[1] = Snapshot.place(part, parts, 1);
            words[2] = part == 0 ? SchedState.READY : 0;
            words[4] = Record.object(type, index);
            records.add(words);
        }
        return records;
    }

    @Test
    void onlyObjectsInUseAreLookedAt() {
        for (boolean all : new boolean[] {false, true}) {
            ModelStep step = steps(all);
            assertFalse(step.differences(strange(Record.THREAD, THREADS - 1)).isEmpty());
            assertFalse(step.differences(strange(Record.CHANNEL, CHANNELS - 1)).isEmpty());
            assertEquals(all, !step.differences(strange(Record.THREAD, THREADS)).isEmpty());
            assertEquals(all, !step.differences(strange(Record.CHANNEL, CHANNELS)).isEmpty());
        }
    }

    @Test
    void nobodyElseIsResumed() {
        ModelStep step = steps(false);
        EventView event = new EventView();
        event.words[0] = Record.head(Event.RESUME, 0, 2, 0);
        event.words[1] = Record.params(THREADS, 4, 0, 0);
        assertNotNull(step.take(event, 0));
        assertEquals(State.NONE, step.resumed());
        event.words[1] = Record.params(THREADS - 1, 4, 0, 0);
        assertNotNull(step.take(event, 0));
        assertEquals(THREADS - 1, step.resumed());
    }

    @Test
    void rightsAreThoseOfTheState() {
        assertEquals(0, steps(false).coreRights().loaded(0), "the first thread's tables");
    }

    /**
     * The first part that is wrong is said, whichever it is; a snapshot without one says nothing.
     */
    @Test
    void whatIsWrongWithASnapshotIsSaid() {
        List<long[]> first = strange(Record.CHANNEL, CHANNELS);
        assertNull(steps(false).snapshot(List.of()));
        assertNull(steps(true).snapshot(first.subList(0, 1)), "half of it");
        Finding wrong = steps(true).snapshot(first);
        assertNotNull(wrong);
        assertEquals(Reason.POST_STATE_MISMATCH, wrong.reason());
    }
}
