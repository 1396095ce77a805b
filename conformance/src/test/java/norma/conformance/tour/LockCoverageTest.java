package norma.conformance.tour;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;

import norma.abi.Event;
import norma.abi.Record;
import norma.conformance.check.EventView;
import norma.conformance.check.Validator.EventSink;
import norma.model.lock.LockModel;
import org.junit.jupiter.api.Test;

/** Lock events as steps of a ticket lock. */
class LockCoverageTest {
    private static final int SOME = Record.LOCK_CORE << Record.LOCK_RANK_SHIFT;

    private final LockCoverage coverage = new LockCoverage(new LockModel(1, 2));
    private final EventSink run = coverage.run();

    private void event(int kind, int lock) {
        EventView event = new EventView();
        event.words[0] = Record.head(kind, 0, 0, 0);
        event.words[1] = Record.params(lock, 0, 0, 0);
        run.accepted(event);
    }

    private void section(int lock) {
        event(Event.LOCK_TAKE, lock);
        event(Event.LOCK_ENTER, lock);
        event(Event.LOCK_LEAVE, lock);
    }

    @Test
    void callsAndInterruptsWithBothTicketsAreAllThereIs() {
        section(SOME);
        assertEquals(4, coverage.edges().cardinality(), "mask, take, enter, release");
        section(SOME + 1);
        assertEquals(4, coverage.edges().cardinality(), "another lock has its own tickets");
        section(SOME);
        assertEquals(8, coverage.edges().cardinality(), "the second ticket");
        event(Event.TICK, 0);
        section(SOME);
        section(SOME);
        assertEquals(16, coverage.edges().cardinality(), "in the handler");
        assertEquals(16, coverage.graph().edges());
        event(Event.RESUME, 0);
        section(SOME);
        assertNull(coverage.contradiction());
    }

    @Test
    void aLockThatIsEnteredTwiceContradicts() {
        event(Event.LOCK_TAKE, SOME);
        event(Event.LOCK_ENTER, SOME);
        event(Event.LOCK_ENTER, SOME);
        assertNotNull(coverage.contradiction());
    }
}
