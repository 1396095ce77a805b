package norma.conformance.tour;

import static norma.model.State.NONE;

import norma.model.Action;
import norma.model.kernel.KernelAction;
import norma.model.kernel.KernelConstants;
import norma.model.kernel.KernelState;
import norma.model.sched.SchedState;
import org.jspecify.annotations.Nullable;

/**
 * What this kernel does on one core where {@code Kernel.tla} leaves the order open: the model
 * allows any duty at any moment in the kernel, the code discharges them in one order.
 *
 * <p>Which duties may still come depends on how the kernel was entered; that much is the
 * <em>phase</em>: after a timer interrupt the table of threads is gone through once, and slots
 * below the phase have been passed. In user mode and after any other entry there is nothing to go
 * through.
 *
 * <p>Each rule has a name, which is the reason that a report gives for the edges that it excludes.
 * A trace that takes an excluded edge refutes the rule, and {@link Coverage} says so.
 */
final class Discipline implements Order<KernelState> {
    /** No thread is woken by its deadline before the next timer interrupt. */
    static final int DONE = Integer.MAX_VALUE;

    private final int channels;
    private final int threads;

    Discipline(KernelConstants constants) {
        if (constants.cores() != 1) {
            throw new IllegalArgumentException("the order of duties is told for one core");
        }
        channels = constants.channels();
        threads = constants.threads();
    }

    @Override
    public int begins() {
        return DONE;
    }

    @Override
    public int[] phases(int phase, Action action, KernelState to) {
        return new int[] {after(phase, action)};
    }

    @Override
    public @Nullable String refuses(KernelState s, Action action, int phase) {
        if (action instanceof KernelAction.Restart restart && revives(s, restart.channel())) {
            return "incarnation-wraps";
        }
        if (s.sched().mode(0) != SchedState.KERNEL) {
            return null;
        }
        for (int channel = 0; channel < channels; channel++) {
            if (s.ipc().grantDue(channel)) {
                return action instanceof KernelAction.Grant ? null : "grant-first";
            }
        }
        for (int channel = 0; channel < channels; channel++) {
            if (s.inheritDue(channel)) {
                return action instanceof KernelAction.Inherit ? null : "inherit-first";
            }
        }
        int current = s.sched().cur(0);
        if (current != NONE && s.sched().st(current) == SchedState.FAULTED) {
            boolean ends =
                    action instanceof KernelAction.Exit || action instanceof KernelAction.Die;
            return ends ? null : "faulted-ends-first";
        }
        for (int channel = 0; channel < channels; channel++) {
            if (s.ipc().failDue(channel)) {
                return action instanceof KernelAction.FailCall ? null : "victims-first";
            }
        }
        return afterDuties(s, action, phase);
    }

    private @Nullable String afterDuties(KernelState s, Action action, int phase) {
        int due = deadlineOf(action);
        if (due != NONE) {
            return due >= phase ? null : "deadlines-at-tick-in-order";
        }
        for (int thread = 0; thread < threads; thread++) {
            if (s.donateDue(thread)) {
                return action instanceof KernelAction.Donate ? null : "donate-first";
            }
        }
        return null;
    }

    /** Thread whose deadline the action is, or NONE. */
    private static int deadlineOf(Action action) {
        return switch (action) {
            case KernelAction.Wake wake -> wake.thread();
            case KernelAction.TimeOut timeOut -> timeOut.peer();
            default -> NONE;
        };
    }

    /**
     * Would the next incarnation have the number of a dead one whose threads are still there? The
     * model's count so far as its constants go, the kernel's to 65,536.
     */
    private static boolean revives(KernelState s, int channel) {
        if (s.ipc().live(channel) || !s.ipc().drained(channel)) {
            return false;
        }
        for (int t = s.ipc().nextServer(channel, NONE);
                t != NONE;
                t = s.ipc().nextServer(channel, t)) {
            if (s.ipc().att(t) != s.ipc().inc(channel)) {
                return true;
            }
        }
        return false;
    }

    /** Phase after a step. */
    int after(int phase, Action action) {
        if (action instanceof KernelAction.Tick) {
            return 0;
        }
        int due = deadlineOf(action);
        if (due != NONE) {
            return due + 1 < threads ? due + 1 : DONE;
        }
        // What a time-out has made due is done before the table is gone through any further.
        boolean between =
                action instanceof KernelAction.Grant || action instanceof KernelAction.Inherit;
        return between ? phase : DONE;
    }
}
