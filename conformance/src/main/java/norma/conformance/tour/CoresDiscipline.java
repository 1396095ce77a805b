package norma.conformance.tour;

import static norma.model.State.NONE;

import norma.model.Action;
import norma.model.kernel.KernelAction;
import norma.model.kernel.KernelConstants;
import norma.model.kernel.KernelState;
import norma.model.sched.SchedState;
import org.jspecify.annotations.Nullable;

/**
 * What this kernel does on several cores, without channels, where {@code Kernel.tla} leaves it
 * open: what one core does next. When another core acts is open here, too.
 *
 * <p>The phase of a core: where its walk through the table of threads after a timer interrupt is;
 * whether its timer answers for a deadline; and whether, since it began to look for a thread, a
 * moment has passed in which there was nothing to steal.
 */
final class CoresDiscipline implements Order<KernelState> {
    /** Bits of a core in a phase. */
    static final int BITS = 6;

    private static final int SCAN = 0xf;

    /** No walk through the table is under way. */
    private static final int DONE = 0xf;

    /** The core's timer is set for a deadline. */
    private static final int DEADLINE = 1 << 4;

    /** There was nothing to steal. */
    private static final int EMPTY = 1 << 5;

    private final int cores;
    private final int threads;

    CoresDiscipline(KernelConstants constants) {
        if (constants.channels() != 0) {
            throw new IllegalArgumentException("the order of duties of channels is not told here");
        }
        cores = constants.cores();
        threads = constants.threads();
    }

    @Override
    public int begins() {
        int phase = 0;
        for (int core = 0; core < cores; core++) {
            phase |= (DONE | EMPTY) << BITS * core;
        }
        return phase;
    }

    private static int of(int phase, int core) {
        return phase >>> BITS * core & (1 << BITS) - 1;
    }

    @Override
    public @Nullable String refuses(KernelState s, Action action, int phase) {
        int core = Steps.core((KernelAction) action);
        int own = of(phase, core);
        SchedState sched = s.sched();
        if (sched.mode(core) != SchedState.KERNEL) {
            boolean sleeps = sched.mode(core) == SchedState.HALT && (own & DEADLINE) == 0;
            return action instanceof KernelAction.Tick && sleeps ? "halted-without-deadline" : null;
        }
        int current = sched.cur(core);
        if (current != NONE && sched.st(current) == SchedState.FAULTED) {
            return action instanceof KernelAction.Exit ? null : "faulted-ends-first";
        }
        return switch (action) {
            case KernelAction.Wake wake -> wake(own, wake.thread());
            case KernelAction.Enqueue enqueue ->
                    enqueue.target() == sched.home(enqueue.thread()) ? null : "enqueue-at-home";
            case KernelAction.Kick kick -> kick(sched, core, kick.target());
            case KernelAction.Idle idle -> findsNobody(sched, core, phase) ? null : "steal-first";
            default -> null;
        };
    }

    /** May a core have found no thread that it could take? */
    boolean findsNobody(SchedState sched, int core, int phase) {
        return (of(phase, core) & EMPTY) != 0 || !crowded(sched, core);
    }

    private static @Nullable String wake(int own, int thread) {
        if ((own & DEADLINE) == 0) {
            return "another-core-answers-for-deadlines";
        }
        return thread >= (own & SCAN) ? null : "deadlines-at-tick-in-order";
    }

    private static @Nullable String kick(SchedState sched, int core, int target) {
        if (sched.wokenCount(core) > 0) {
            return "enqueue-first";
        }
        return sched.owesKick(core, target) ? null : "kicks-only-when-owed";
    }

    /**
     * Is there something to steal for a core? Not surely if somebody is about to take a thread: a
     * queue's length is published before the event is recorded.
     */
    private boolean crowded(SchedState sched, int core) {
        for (int other = 0; other < cores; other++) {
            boolean takes = sched.mode(other) == SchedState.KERNEL && sched.cur(other) == NONE;
            if (other != core && takes) {
                return false;
            }
        }
        for (int other = 0; other < cores; other++) {
            if (other != core && sched.readyCount(other) > 0) {
                return true;
            }
        }
        return false;
    }

    @Override
    public int[] phases(int phase, Action action, KernelState to) {
        int core = Steps.core((KernelAction) action);
        int own = of(phase, core);
        int rest = phase & ~((1 << BITS) - 1 << BITS * core);
        int looked = looked(rest, core, to.sched());
        if (action instanceof KernelAction.Tick && (own & DEADLINE) != 0) {
            // The deadline that the timer answers for has come, or not.
            return new int[] {
                looked | with(core, DONE | DEADLINE, to), looked | with(core, DEADLINE, to)
            };
        }
        boolean scanning = (own & SCAN) != DONE;
        int deadline = own & DEADLINE;
        int scan = DONE;
        if (action instanceof KernelAction.Wake wake) {
            scan = wake.thread() + 1 < threads ? wake.thread() + 1 : DONE;
        } else if (action instanceof KernelAction.Sleep) {
            deadline = DEADLINE;
        }
        if (scanning && scan == DONE) {
            // At the end of the walk the earliest of the deadlines that are left is known.
            return left(to)
                    ? new int[] {
                        looked | with(core, DONE | DEADLINE, to), looked | with(core, DONE, to)
                    }
                    : new int[] {looked | with(core, DONE, to)};
        }
        return new int[] {looked | with(core, scan | deadline, to)};
    }

    private boolean left(KernelState s) {
        for (int t = 0; t < threads; t++) {
            if (s.asleep(t)) {
                return true;
            }
        }
        return false;
    }

    /** A core that has just acted begins to look for a thread. */
    private int with(int core, int own, KernelState to) {
        return (own | (crowded(to.sched(), core) ? 0 : EMPTY)) << BITS * core;
    }

    /** The other cores may have seen that there is nothing to steal. */
    private int looked(int phase, int core, SchedState to) {
        int result = phase;
        for (int other = 0; other < cores; other++) {
            if (other != core && !crowded(to, other)) {
                result |= EMPTY << BITS * other;
            }
        }
        return result;
    }
}
