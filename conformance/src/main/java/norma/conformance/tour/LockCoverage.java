package norma.conformance.tour;

import java.util.HashMap;
import java.util.Map;
import norma.abi.Event;
import norma.conformance.check.EventView;
import norma.conformance.check.Validator;
import norma.model.Action;
import norma.model.lock.LockAction;
import norma.model.lock.LockModel;
import norma.model.lock.LockState;

/**
 * What traces with lock events have shown of the graph of one ticket lock, to which each of the
 * kernel's locks is an instance of its own.
 *
 * <p>The kernel masks interrupts when it is entered and takes many locks before it leaves; to each
 * of them that is a Mask, or an Interrupt if that was the entry, followed by its Take.
 */
final class LockCoverage extends LockGraph {
    /** The locks of one run, on one core. */
    private final class Run {
        final Map<Integer, LockState> locks = new HashMap<>();
        final Map<Integer, Integer> levels = new HashMap<>();
        int level = LockState.THREAD;

        void accepted(EventView e) {
            int lock = e.p(0);
            switch (e.kind()) {
                case Event.TICK, Event.IPI -> level = LockState.HANDLER;
                case Event.RESUME, Event.DISPATCH, Event.STEAL, Event.IDLE ->
                        level = LockState.THREAD;
                case Event.LOCK_TAKE -> {
                    levels.put(lock, level);
                    step(lock, entry(e.core()));
                    step(lock, new LockAction.Take(e.core(), level));
                }
                case Event.LOCK_ENTER -> step(lock, new LockAction.Enter(e.core(), of(lock)));
                case Event.LOCK_LEAVE -> step(lock, new LockAction.Release(e.core(), of(lock)));
                default -> {}
            }
        }

        private Action entry(int core) {
            return level == LockState.HANDLER
                    ? new LockAction.Interrupt(core)
                    : new LockAction.Mask(core);
        }

        /** At which level the lock was taken. */
        private int of(int lock) {
            return levels.getOrDefault(lock, LockState.THREAD);
        }

        private void step(int lock, Action action) {
            LockCoverage.this.step(locks, lock, action);
        }
    }

    LockCoverage(LockModel model) {
        super(model);
    }

    /** Follows the lock events that a validator will accept. */
    void follow(Validator validator) {
        validator.addSink(run());
    }

    /** Sees the events of one run. */
    Validator.EventSink run() {
        return new Run()::accepted;
    }
}
