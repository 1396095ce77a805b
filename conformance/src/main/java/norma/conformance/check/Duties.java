package norma.conformance.check;

import java.util.List;
import java.util.function.IntToLongFunction;
import norma.abi.Limits;
import norma.model.kernel.KernelState;
import norma.model.sched.SchedState;
import org.jspecify.annotations.Nullable;

/**
 * Duties of the kernel that are still enabled when nothing runs any more: what a user chooses
 * (Reply) is no duty, a lost wake-up or a dropped IPI is one.
 */
final class Duties {
    /** A machine in which nothing happens is watched for some times as long. */
    static final long OVERDUE_NANOS = 1_000_000_000;

    private final KernelState state;
    private final int cores;
    private final int channels;
    private final int threads;
    private final int spaces;

    Duties(KernelState state, int cores, Memory memory) {
        this(state, cores, Limits.CHANNELS, Limits.THREADS, memory);
    }

    /** Of a machine of which only the first channels and threads are used. */
    Duties(KernelState state, int cores, int channels, int threads, Memory memory) {
        this.state = state;
        this.cores = cores;
        this.channels = channels;
        this.threads = threads;
        spaces = memory.spaces();
    }

    /** The first duty not done, or null. */
    @Nullable Finding undischarged(boolean ended, long events) {
        String duty = spaces();
        if (duty == null) {
            duty = cores();
        }
        if (duty == null) {
            duty = channels();
        }
        if (duty == null) {
            duty = threads(ended);
        }
        return duty == null ? null : new Finding(Reason.UNDISCHARGED, events, duty, List.of());
    }

    /**
     * Nothing has happened for longer than {@link #OVERDUE_NANOS}: the first call or sleep whose
     * deadline was to have come meanwhile, or null.
     *
     * @param allowed time that a thread's call or sleep was given, in ns; -1 if that is not known
     */
    @Nullable Finding overdue(IntToLongFunction allowed, long events) {
        for (int t = 0; t < Limits.THREADS; t++) {
            boolean timed = state.ipc().calling(t) && state.ipc().timed(t);
            if (timed || state.asleep(t)) {
                long nanos = allowed.applyAsLong(t);
                if (nanos >= 0 && nanos <= OVERDUE_NANOS) {
                    return new Finding(
                            Reason.UNDISCHARGED, events, missed(t, timed, nanos), List.of());
                }
            }
        }
        return null;
    }

    private String missed(int thread, boolean timed, long nanos) {
        String what =
                timed
                        ? "TimeOut: thread "
                                + thread
                                + " called channel "
                                + state.ipc().chan(thread)
                        : "Wake: thread " + thread + " went to sleep";
        return what + " for at most " + nanos + " ns, and its deadline never came";
    }

    private @Nullable String cores() {
        SchedState sched = state.sched();
        for (int core = 0; core < cores; core++) {
            if (sched.wokenCount(core) > 0) {
                return "Enqueue: core " + core + " never enqueued thread " + sched.woken(core, 0);
            }
            if (sched.kickOwed(core)) {
                return "Kick: core " + core + " is owed an IPI";
            }
            if (sched.ipi(core)) {
                return "Ipi: core " + core + " never took its IPI";
            }
            if (sched.inKernel(core)) {
                return "core " + core + " never left the kernel";
            }
            if (sched.readyCount(core) > 0) {
                return "Dispatch: core " + core + " left thread " + sched.ready(core, 0) + " ready";
            }
        }
        return null;
    }

    private @Nullable String spaces() {
        for (int core = 0; core < cores && spaces > 0; core++) {
            if (state.spaces().asked(core)) {
                return "Acknowledge: core " + core + " was asked to flush and has not";
            }
        }
        for (int of = 0; of < spaces; of++) {
            int changer = state.spaces().changer(of);
            if (state.spaces().releaseDue(of)) {
                return "Release: all have flushed for thread " + changer + ", which still waits";
            }
            if (state.spaces().admitDue(of)) {
                int first = state.spaces().waiting(of, 0);
                return "Admit: thread " + first + " waits for a job that has ended";
            }
            if (state.spaces().bearDue(of)) {
                return "Bear: space " + of + " is whole, and its first thread still waits";
            }
            if (state.spaces().freeDue(of)) {
                return "FreeSpace: nobody is left in space " + of + ", and it is not free";
            }
        }
        return null;
    }

    private @Nullable String channels() {
        for (int h = 0; h < channels; h++) {
            if (state.ipc().grantDue(h)) {
                return "Grant: channel " + h + " has a free tag and a waiter";
            }
            if (state.ipc().failDue(h)) {
                return "FailCall: channel " + h + " is dead and not drained";
            }
            if (state.inheritDue(h)) {
                return "Inherit: a server of channel " + h + " does not run at its target";
            }
        }
        return null;
    }

    private @Nullable String threads(boolean ended) {
        for (int t = 0; t < threads; t++) {
            if (state.donateDue(t)) {
                return "Donate: thread " + t + " donates a priority that it no longer has";
            }
            if (ended && state.asleep(t)) {
                return "Wake: thread " + t + " still sleeps";
            }
            if (ended && state.sched().st(t) != SchedState.INACTIVE) {
                return "thread " + t + " has not ended";
            }
        }
        return null;
    }
}
