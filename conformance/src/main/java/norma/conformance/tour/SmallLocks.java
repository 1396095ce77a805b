package norma.conformance.tour;

import static norma.model.State.NONE;

import norma.abi.Event;
import norma.abi.Record;
import norma.conformance.check.EventView;
import norma.model.kernel.KernelAction;
import norma.model.kernel.KernelConstants;
import norma.model.kernel.KernelLayout;
import norma.model.kernel.KernelModel;
import norma.model.kernel.KernelState;
import norma.model.lock.LockTableLayout;
import norma.model.lock.LockTableState;
import norma.model.lock.LockTableTransitions;
import org.jspecify.annotations.Nullable;

/**
 * The locks of a small machine, as lock events change them. Those of the machine of full size are
 * more, and count other tickets.
 */
final class SmallLocks {
    private final KernelConstants small;
    private final KernelLayout layout;
    private final KernelState fresh;
    private final LockTableState locks;
    private final LockTableTransitions transitions;

    SmallLocks(KernelConstants small) {
        this.small = small;
        KernelModel model = new KernelModel(small);
        layout = model.layout();
        fresh = model.initial();
        locks = fresh.locks().copy();
        transitions =
                new LockTableTransitions(
                        new LockTableLayout(small.cores(), count(small), small.tickets()));
    }

    private static int count(KernelConstants c) {
        return (c.channelLocks() ? c.channels() : 0)
                + (c.coreLocks() ? c.cores() : 0)
                + (c.threadLocks() ? c.threads() : 0);
    }

    /** All locks are as they are at boot. */
    void begin() {
        locks.copyFrom(fresh.locks());
    }

    /** Puts the locks into a state of the small machine. */
    void into(KernelState state) {
        state.locks().copyFrom(locks);
    }

    /** Takes a lock event; the action that it is, or null if it is none of the small machine. */
    @Nullable KernelAction take(EventView event) {
        int lock =
                switch (event.kind()) {
                    case Event.LOCK_TAKE, Event.LOCK_ENTER, Event.LOCK_LEAVE -> number(event.p(0));
                    default -> NONE;
                };
        if (lock == NONE) {
            return null;
        }
        int core = event.core();
        return switch (event.kind()) {
            case Event.LOCK_TAKE -> {
                transitions.take(locks, core, lock);
                yield new KernelAction.LockTake(core, lock);
            }
            case Event.LOCK_ENTER -> {
                transitions.enter(locks, core, lock);
                yield new KernelAction.LockEnter(core, lock);
            }
            default -> {
                transitions.leave(locks, core, lock);
                yield new KernelAction.LockLeave(core, lock);
            }
        };
    }

    /** The small machine's number of a lock, or NONE. */
    private int number(int id) {
        int index = id & ((1 << Record.LOCK_RANK_SHIFT) - 1);
        return switch (id >>> Record.LOCK_RANK_SHIFT) {
            case Record.LOCK_CHANNEL -> index < small.channels() ? layout.channelLock(index) : NONE;
            case Record.LOCK_CORE -> index < small.cores() ? layout.coreLock(index) : NONE;
            case Record.LOCK_THREAD -> index < small.threads() ? layout.threadLock(index) : NONE;
            default -> NONE;
        };
    }
}
