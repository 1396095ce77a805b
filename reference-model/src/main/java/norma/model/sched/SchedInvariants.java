package norma.model.sched;

import static norma.model.State.NONE;
import static norma.model.sched.SchedState.FAULTED;
import static norma.model.sched.SchedState.HALT;
import static norma.model.sched.SchedState.INACTIVE;
import static norma.model.sched.SchedState.KERNEL;
import static norma.model.sched.SchedState.READY;
import static norma.model.sched.SchedState.RUNNING;
import static norma.model.sched.SchedState.USER;
import static norma.model.sched.SchedState.WOKEN;

import java.util.List;
import norma.model.Invariant;

/**
 * The state invariants of {@code Scheduler.tla}, per object.
 *
 * <p>{@code OnePlace} is split: the core's half says that what its queues and its current thread
 * name are threads in the fitting state, each once; the thread's half that a thread is where its
 * state says. Both halves carry the invariant's name.
 */
public final class SchedInvariants {
    private final int cores;

    /** Invariants of machines with the given layout. */
    public SchedInvariants(SchedLayout layout) {
        cores = layout.cores;
    }

    /** All of them. */
    public List<Invariant<SchedState>> all() {
        return List.of(
                new Invariant<>("OnePlace", "core", this::placesExact),
                new Invariant<>("OnePlace", "thread", this::threadPlaced),
                new Invariant<>("NoDoubleRun", "core", this::noDoubleRun),
                new Invariant<>("HomeExact", "thread", this::homeExact),
                new Invariant<>("QueueSorted", "core", this::queueSorted),
                new Invariant<>("UserHasThread", "core", this::userHasThread),
                new Invariant<>("IdleExact", "core", this::idleExact),
                new Invariant<>(
                        "LevelExact",
                        "core",
                        (s, c) -> s.mode(c) != USER || s.level(c) == s.eff(s.cur(c))),
                new Invariant<>(
                        "DutiesInKernel", "core", (s, c) -> s.mode(c) == KERNEL || s.settled(c)),
                new Invariant<>(
                        "NoLostWake",
                        "core",
                        (s, c) -> s.mode(c) != HALT || s.readyCount(c) == 0 || s.interrupted(c)),
                new Invariant<>(
                        "NoPriorityInversion",
                        "core",
                        (s, c) ->
                                s.mode(c) != USER
                                        || s.urgent(c) <= s.eff(s.cur(c))
                                        || s.interrupted(c)));
    }

    private boolean placesExact(SchedState s, int core) {
        int length = s.readyCount(core);
        for (int i = 0; i < length; i++) {
            int thread = s.ready(core, i);
            if (s.st(thread) != READY || s.home(thread) != core) {
                return false;
            }
            for (int j = 0; j < i; j++) {
                if (s.ready(core, j) == thread) {
                    return false;
                }
            }
        }
        int woken = s.wokenCount(core);
        for (int i = 0; i < woken; i++) {
            if (s.st(s.woken(core, i)) != WOKEN) {
                return false;
            }
        }
        int current = s.cur(core);
        return current == NONE || s.st(current) == RUNNING || s.st(current) == FAULTED;
    }

    private boolean threadPlaced(SchedState s, int thread) {
        return switch (s.st(thread)) {
            case READY -> onQueue(s, thread);
            case RUNNING, FAULTED -> currents(s, thread) == 1;
            case WOKEN -> wakeLists(s, thread) == 1;
            default -> s.st(thread) == INACTIVE || currents(s, thread) == 0;
        };
    }

    private static boolean onQueue(SchedState s, int thread) {
        int home = s.home(thread);
        int length = s.readyCount(home);
        for (int i = 0; i < length; i++) {
            if (s.ready(home, i) == thread) {
                return true;
            }
        }
        return false;
    }

    private int currents(SchedState s, int thread) {
        int count = 0;
        for (int core = 0; core < cores; core++) {
            count += s.cur(core) == thread ? 1 : 0;
        }
        return count;
    }

    private int wakeLists(SchedState s, int thread) {
        int count = 0;
        for (int core = 0; core < cores; core++) {
            int length = s.wokenCount(core);
            for (int i = 0; i < length; i++) {
                count += s.woken(core, i) == thread ? 1 : 0;
            }
        }
        return count;
    }

    private boolean noDoubleRun(SchedState s, int core) {
        return s.cur(core) == NONE || currents(s, s.cur(core)) == 1;
    }

    private boolean homeExact(SchedState s, int thread) {
        return s.st(thread) != RUNNING || s.cur(s.home(thread)) == thread;
    }

    private boolean queueSorted(SchedState s, int core) {
        int length = s.readyCount(core);
        for (int i = 1; i < length; i++) {
            if (s.eff(s.ready(core, i - 1)) < s.eff(s.ready(core, i))) {
                return false;
            }
        }
        return true;
    }

    private boolean userHasThread(SchedState s, int core) {
        return s.mode(core) != USER || (s.cur(core) != NONE && s.st(s.cur(core)) == RUNNING);
    }

    private boolean idleExact(SchedState s, int core) {
        return (s.mode(core) != HALT || s.idle(core)) && (!s.idle(core) || s.cur(core) == NONE);
    }
}
