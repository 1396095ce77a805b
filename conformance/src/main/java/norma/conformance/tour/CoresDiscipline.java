package norma.conformance.tour;

import static norma.model.State.NONE;

import java.util.Objects;
import java.util.stream.IntStream;
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
 * whether its timer answers for a deadline; and what it has found since it began to look for a
 * thread.
 */
final class CoresDiscipline implements Order<KernelState> {
    /** Bits of a core in a phase. */
    static final int BITS = 5 + Looks.BITS;

    private static final int SCAN = 0xf;

    /** No walk through the table is under way. */
    private static final int DONE = 0xf;

    /** The core's timer is set for a deadline. */
    private static final int DEADLINE = 1 << 4;

    /** Here is what the core has found ({@link Looks}). */
    private static final int FOUND = 5;

    private final int cores;
    private final int threads;
    private final @Nullable Looks looks;

    CoresDiscipline(KernelConstants constants) {
        if (constants.channels() != 0) {
            throw new IllegalArgumentException("the order of duties of channels is not told here");
        }
        cores = constants.cores();
        threads = constants.threads();
        looks = cores > 1 ? new Looks(constants) : null;
    }

    @Override
    public int begins() {
        int phase = 0;
        for (int core = 0; core < cores; core++) {
            phase |= DONE << BITS * core;
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
        if (looks != null && !Looks.allows(found(phase, core), action)) {
            return "as-it-has-looked";
        }
        return switch (action) {
            case KernelAction.Wake wake -> wake(own, wake.thread());
            case KernelAction.Enqueue enqueue ->
                    enqueue.target() == sched.home(enqueue.thread()) ? null : "enqueue-at-home";
            case KernelAction.Kick kick -> kick(sched, core, kick.target());
            default -> null;
        };
    }

    /** What a core has found. */
    static int found(int phase, int core) {
        return of(phase, core) >>> FOUND;
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

    @Override
    public int[] phases(int phase, Action action, KernelState to) {
        int core = Steps.core((KernelAction) action);
        int own = of(phase, core);
        int rest = phase & ~((1 << BITS) - 1 << BITS * core);
        IntStream after = walks(own, action, to).map(walk -> rest | walk << BITS * core);
        for (int looking = 0; looks != null && looking < cores; looking++) {
            int at = looking;
            after = after.flatMap(before -> look(before, to, at));
        }
        return after.toArray();
    }

    private IntStream look(int phase, KernelState to, int core) {
        int reached = Objects.requireNonNull(looks).reached(found(phase, core), to, core);
        int shift = BITS * core + FOUND;
        int rest = phase & ~((1 << Looks.BITS) - 1 << shift);
        return IntStream.range(0, 1 << Looks.BITS)
                .filter(found -> (reached >> found & 1) != 0)
                .map(found -> rest | found << shift);
    }

    /** Where a core's walk through the table of threads may be. */
    private IntStream walks(int own, Action action, KernelState to) {
        if (action instanceof KernelAction.Tick && (own & DEADLINE) != 0) {
            // The deadline that the timer answers for has come, or not.
            return IntStream.of(DONE | DEADLINE, DEADLINE);
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
            return left(to) ? IntStream.of(DONE | DEADLINE, DONE) : IntStream.of(DONE);
        }
        return IntStream.of(scan | deadline);
    }

    private boolean left(KernelState s) {
        for (int t = 0; t < threads; t++) {
            if (s.asleep(t)) {
                return true;
            }
        }
        return false;
    }
}
