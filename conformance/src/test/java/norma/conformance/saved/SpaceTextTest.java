package norma.conformance.saved;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import norma.abi.Record;
import norma.conformance.check.Memory;
import norma.conformance.check.Validator;
import norma.conformance.trace.WitnessSource;
import norma.model.Guard;
import norma.model.kernel.KernelState;
import org.junit.jupiter.api.Test;

/** How a report names and shows address spaces and memory. */
class SpaceTextTest {
    private static final int SPACE = Record.SPACE << 12;
    private static final int MEMORY = Record.MEMORY << 12;

    private final Validator validator =
            new Validator(
                    new NoRecords(),
                    WitnessSource.NONE,
                    new Validator.Setup(4, 0, true, false, new Memory(2, 3)));

    private final StateText text = new StateText(validator.model());

    /** Nothing was recorded. */
    private record NoRecords() implements norma.conformance.trace.RecordSource {
        @Override
        public int cores() {
            return 2;
        }

        @Override
        public boolean peek(int core, long[] into) {
            return false;
        }

        @Override
        public void take(int core) {}
    }

    @Test
    void objectsHaveNames() {
        int owner = Record.LOCK_OWNER << 12;
        assertEquals("space0", text.name(SPACE));
        assertEquals("memory", text.name(MEMORY));
        assertEquals(
                "lock of space0", text.name(owner | Record.LOCK_SPACE << Record.LOCK_RANK_SHIFT));
        assertEquals(
                "lock of memory", text.name(owner | Record.LOCK_MEMORY << Record.LOCK_RANK_SHIFT));
    }

    @Test
    void valuesAreThoseOfTheModel() {
        KernelState state = validator.state();
        String before = text.values(state, SPACE);
        assertTrue(before.contains("area={} "), before);
        assertTrue(before.contains("changer=None"), before);
        assertEquals("refs={0:0,1:0,2:0}", text.values(state, MEMORY));
        KernelState old = state.copy();
        Guard guard = new Guard();
        takeLocks(state, guard);
        assertTrue(validator.model().spaces().map(state, 0, 0, 1, 2, guard));
        assertTrue(text.values(state, SPACE).contains("area={0:write,1:write}"));
        List<String> changes = text.changes(old, state);
        assertTrue(changes.contains("area[0][1]: None -> write"), changes.toString());
    }

    private void takeLocks(KernelState state, Guard guard) {
        int[] locks = {
            validator.model().layout().spaceLock(0), validator.model().layout().threadLock(0)
        };
        for (int lock : locks) {
            assertTrue(validator.model().duties().lockTake(state, 0, lock, guard));
            assertTrue(validator.model().duties().lockEnter(state, 0, lock, guard));
        }
    }
}
