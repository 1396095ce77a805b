package norma.conformance.check;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;

import norma.abi.Event;
import norma.abi.Limits;
import norma.abi.Record;
import norma.abi.Rights;
import norma.model.Observation;
import norma.model.kernel.KernelModel;
import norma.model.kernel.KernelState;
import norma.model.space.SpaceObserver;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What an event of a space can break is looked at after it; spaces and memory have locks. */
class SpaceInvariantsTest {
    private static final Memory MEMORY = new Memory(2, 2);
    private static final int CORES = 2;

    private final KernelModel model =
            new KernelModel(
                    Machines.constants(CORES, new Validator.Setup(4, 0, false, false, MEMORY)));
    private final KernelState state = model.initial();
    private final int threads = model.names().size("thread");
    private final SpaceObserver observer =
            new SpaceObserver(state.spaces(), MEMORY.constants(CORES, threads), new Observation());

    private static EventView event(int kind, int type, int id) {
        EventView event = new EventView();
        event.words[0] = Record.head(kind, 0, 1, 0);
        event.words[1] = Event.isLock(kind) ? id : 0;
        event.words[4] = Record.object(type, id) | 1;
        return event;
    }

    private @Nullable String violated(int type) {
        Finding finding =
                new TouchedInvariants(model).violated(state, event(Event.FINISH, type, 0), 5);
        if (finding == null) {
            return null;
        }
        assertEquals(Reason.INVARIANT_VIOLATED, finding.reason());
        return finding.summary().replaceFirst(" after .*", "");
    }

    private void expect(String summary) {
        assertEquals(summary, violated(Record.SPACE));
    }

    @Test
    void thatOfTheSpace() {
        assertNull(violated(Record.SPACE));
        observer.page(0, 1, 0, 0, Rights.READ);
        expect("TablesExact is false at space0");
        assertNull(violated(Record.THREAD));
    }

    @Test
    void thoseOfCoresThatHaveItsTables() {
        observer.page(0, 1, Rights.WRITE, 0, Rights.WRITE);
        expect("FreeUnreachable is false at core0");
        assertNull(violated(Record.CORE));
        observer.refs(0, 1);
        assertNull(violated(Record.SPACE));
        observer.cores(0, 2, 0);
        expect("TablesLoaded is false at core0");
        assertEquals("TablesLoaded is false at core0", violated(Record.CORE));
    }

    @Test
    void thoseOfFrames() {
        observer.refs(1, 1);
        expect("RefsExact is false at frame1");
    }

    @Test
    void locksOfSpacesAndMemory() {
        for (int rank : new int[] {Record.LOCK_SPACE, Record.LOCK_MEMORY}) {
            ModelStep step = new ModelStep(CORES, 1, 1, 4, 0, true, false, MEMORY);
            int id = rank << Record.LOCK_RANK_SHIFT;
            int count = rank == Record.LOCK_SPACE ? Limits.SPACES : 1;
            int kind = Event.LOCK_TAKE;
            assertNull(step.take(event(kind, Record.LOCK_NEXT, id), 0));
            assertNull(step.take(event(Event.LOCK_ENTER, Record.LOCK_OWNER, id), 1));
            assertNull(step.take(event(Event.LOCK_LEAVE, Record.LOCK_OWNER, id), 2));
            assertNotNull(step.take(event(kind, Record.LOCK_NEXT, id + count), 3));
            ModelStep without = new ModelStep(CORES, 1, 1, 4, 0, true, false);
            Finding finding = without.take(event(kind, Record.LOCK_NEXT, id), 0);
            assertNotNull(finding);
            assertEquals(Reason.ACTION_NOT_ENABLED, finding.reason());
        }
    }
}
