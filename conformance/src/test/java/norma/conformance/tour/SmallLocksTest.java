package norma.conformance.tour;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.Arrays;
import norma.abi.Event;
import norma.abi.Record;
import norma.conformance.check.EventView;
import norma.model.Guard;
import norma.model.kernel.KernelAction;
import norma.model.kernel.KernelConstants;
import norma.model.kernel.KernelModel;
import norma.model.kernel.KernelState;
import org.junit.jupiter.api.Test;

/** Lock events as actions of the smallest composed machine that has locks. */
class SmallLocksTest {
    private final KernelConstants constants =
            new SmallMachines(Path.of("..")).kernel(SmallMachines.LOCKED);
    private final KernelModel model = new KernelModel(constants);
    private final SmallLocks locks = new SmallLocks(constants);

    private static EventView event(int kind, int rank, int index) {
        EventView event = new EventView();
        event.words[0] = Record.head(kind, 0, 0, 0);
        event.words[1] = Record.params(rank << Record.LOCK_RANK_SHIFT | index, 0, 0, 0);
        return event;
    }

    private byte[] state() {
        KernelState state = model.initial();
        locks.into(state);
        return packed(state);
    }

    private static byte[] packed(KernelState state) {
        byte[] bytes = new byte[state.size()];
        state.pack(bytes, 0);
        return bytes;
    }

    @Test
    void theLocksAreAsTheModelHasThem() {
        KernelState state = model.initial();
        Guard guard = new Guard();
        for (int kind : new int[] {Event.LOCK_TAKE, Event.LOCK_ENTER, Event.LOCK_LEAVE}) {
            KernelAction action = locks.take(event(kind, Record.LOCK_THREAD, 1));
            assertNotNull(action);
            int lock = model.layout().threadLock(1);
            assertEquals(
                    kind == Event.LOCK_TAKE
                            ? new KernelAction.LockTake(0, lock)
                            : kind == Event.LOCK_ENTER
                                    ? new KernelAction.LockEnter(0, lock)
                                    : new KernelAction.LockLeave(0, lock),
                    action);
            if (kind == Event.LOCK_TAKE) {
                // Locks are taken in the kernel.
                model.step(state, new KernelAction.Tick(0), guard);
                locks.begin();
                locks.take(event(kind, Record.LOCK_THREAD, 1));
            }
            guard.begin();
            assertTrue(model.step(state, action, guard), String.valueOf(guard.failed()));
            KernelState small = model.initial();
            locks.into(small);
            KernelState expected = model.initial();
            expected.locks().copyFrom(state.locks());
            assertEquals(Arrays.toString(packed(expected)), Arrays.toString(packed(small)));
        }
        assertFalse(Arrays.equals(state(), packed(model.initial())), "one ticket is gone");
    }

    @Test
    void locksThatTheSmallMachineDoesNotHaveAreNotItsBusiness() {
        assertNull(locks.take(event(Event.LOCK_TAKE, Record.LOCK_THREAD, constants.threads())));
        assertNull(locks.take(event(Event.LOCK_TAKE, Record.LOCK_CHANNEL, 0)));
        assertNull(locks.take(event(Event.REFUSE, 0, 0)));
        assertEquals(Arrays.toString(packed(model.initial())), Arrays.toString(state()));
    }
}
