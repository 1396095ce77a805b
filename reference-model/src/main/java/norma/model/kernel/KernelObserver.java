package norma.model.kernel;

import norma.model.Observation;
import norma.model.ipc.IpcObserver;
import norma.model.sched.SchedObserver;

/** Puts what is seen of a machine's objects into a state; see {@link Observation}. */
public final class KernelObserver {
    private final KernelState state;
    private final Observation seen;
    private final IpcObserver ipc;
    private final SchedObserver sched;

    KernelObserver(KernelLayout layout, KernelState state, Observation seen) {
        this.state = state;
        this.seen = seen;
        ipc = new IpcObserver(state.ipc(), layout.ipcLayout, seen);
        sched = new SchedObserver(state.sched(), layout.constants.cores(), seen);
    }

    /** The IPC part. */
    public IpcObserver ipc() {
        return ipc;
    }

    /** The scheduler's part. */
    public SchedObserver sched() {
        return sched;
    }

    /** Whether a thread is blocked until its deadline. */
    public void asleep(int thread, boolean asleep) {
        if (state.asleep(thread) != asleep) {
            seen.note("asleep", thread, "" + state.asleep(thread), "" + asleep);
            state.asleep(thread, asleep);
        }
    }
}
