package norma.conformance.tour;

import static norma.model.State.NONE;

import java.util.Arrays;
import norma.model.Action;
import norma.model.kernel.KernelAction;
import norma.model.kernel.KernelConstants;
import norma.model.kernel.KernelState;
import norma.model.sched.SchedState;
import norma.model.space.SpaceState;
import norma.model.space.SpaceView;
import org.jspecify.annotations.Nullable;

/**
 * What this kernel does with processes where {@code Kernel.tla} leaves it open, beside what {@link
 * CoresDiscipline} says: which frame and which space it takes, when a core changes over to other
 * tables, that a job goes on until it waits or has ended, and who settles what a job makes due.
 *
 * <p>The phase also has bits for each core (below) and one for each thread: it has left its space,
 * which is empty, and ends next.
 */
final class ProcessDiscipline implements Order<KernelState> {
    /** The core's last action is part of a section whose other actions are its own, too. */
    private static final int SETTLES = 1;

    /** The core's last action is its thread's job, which goes on. */
    private static final int WORKS = 1 << 1;

    /** The core has just taken an IPI. */
    private static final int INTERRUPTED = 1 << 2;

    /** When it did it had been asked to flush. */
    private static final int ASKED = 1 << 3;

    private static final int BITS = 4;

    private final CoresDiscipline cores;
    private final int count;
    private final int spaces;
    private final int threads;
    private final int frames;
    private final int own;
    private final int leaves;

    ProcessDiscipline(KernelConstants constants) {
        if (constants.spaces().pages() != 1) {
            throw new IllegalArgumentException("the order of jobs is told for one page");
        }
        cores = new CoresDiscipline(constants);
        count = constants.cores();
        spaces = constants.spaces().spaces();
        threads = constants.threads();
        frames = constants.spaces().frames();
        own = CoresDiscipline.BITS * count;
        leaves = own + BITS * count;
        if (leaves + threads >= Integer.SIZE) {
            throw new IllegalArgumentException("too many cores and threads for a phase");
        }
    }

    private int of(int phase, int core) {
        return phase >>> own + BITS * core & (1 << BITS) - 1;
    }

    private int leaving(int thread) {
        return 1 << leaves + thread;
    }

    @Override
    public int begins() {
        return cores.begins();
    }

    @Override
    public int[] phases(int phase, Action action, KernelState to) {
        int core = Steps.core((KernelAction) action);
        int rest = phase >>> own << own;
        rest &= ~((1 << BITS) - 1 << own + BITS * core);
        rest |= after(action, core, to) << own + BITS * core;
        if (action instanceof KernelAction.Leave) {
            rest |= leaving(to.sched().cur(core));
        }
        for (int thread = 0; thread < threads; thread++) {
            rest &= to.spaces().space(thread) == NONE ? ~leaving(thread) : ~0;
        }
        int all = rest;
        return Arrays.stream(cores.phases(phase & (1 << own) - 1, action, to))
                .filter(inner -> looksLater(inner, all))
                .map(inner -> inner | all)
                .toArray();
    }

    /** Does no core look for a thread that has something else to do first? */
    private boolean looksLater(int inner, int rest) {
        for (int core = 0; core < count; core++) {
            boolean looks = CoresDiscipline.found(inner, core) != Looks.NOT_YET;
            if (looks && busy(rest, core)) {
                return false;
            }
        }
        return true;
    }

    @Override
    public boolean busy(int phase, int core) {
        return (of(phase, core) & (SETTLES | ASKED)) != 0;
    }

    private int after(Action action, int core, KernelState to) {
        SpaceState p = to.spaces();
        int current = to.sched().cur(core);
        boolean kernel = to.sched().mode(core) == SchedState.KERNEL;
        int bits = isSection(action) && isDue(p) ? SETTLES : 0;
        if (kernel && current != NONE && p.working(current) && begins(action)) {
            bits |= WORKS;
        }
        if (action instanceof KernelAction.Ipi) {
            bits |= INTERRUPTED | (p.asked(core) ? ASKED : 0);
        }
        return bits;
    }

    private boolean isDue(SpaceState p) {
        for (int of = 0; of < spaces; of++) {
            if (!p.quiet(of)) {
                return true;
            }
        }
        return false;
    }

    /** Can what such an action makes due be done in its own critical section? */
    private static boolean isSection(Action action) {
        return settles(action)
                || action instanceof KernelAction.Acknowledge
                || action instanceof KernelAction.Load
                || action instanceof KernelAction.Finish;
    }

    private static boolean settles(Action action) {
        return switch ((KernelAction) action) {
            case KernelAction.Release a -> true;
            case KernelAction.Admit a -> true;
            case KernelAction.Bear a -> true;
            case KernelAction.FreeSpace a -> true;
            default -> false;
        };
    }

    private static boolean begins(Action action) {
        return switch ((KernelAction) action) {
            case KernelAction.Unmap a -> true;
            case KernelAction.Protect a -> true;
            case KernelAction.Fork a -> true;
            case KernelAction.Leave a -> true;
            default -> isJob(action);
        };
    }

    private static boolean isJob(Action action) {
        return switch ((KernelAction) action) {
            case KernelAction.Clear a -> true;
            case KernelAction.Share a -> true;
            case KernelAction.Tighten a -> true;
            case KernelAction.Shoot a -> true;
            case KernelAction.FreeFrame a -> true;
            case KernelAction.Finish a -> true;
            default -> false;
        };
    }

    @Override
    public @Nullable String refuses(KernelState s, Action action, int phase) {
        int core = Steps.core((KernelAction) action);
        int bits = of(phase, core);
        if (settles(action) != ((bits & SETTLES) != 0)) {
            return "critical-section-ends-settled";
        }
        if (spaces == 1 && isOthers(phase, core) && takesLock(s, action, core)) {
            return "the-section-is-another's";
        }
        int current = s.sched().cur(core);
        if (s.sched().mode(core) == SchedState.KERNEL) {
            String why = inKernel(s, action, core, bits);
            if (why != null) {
                return why;
            }
        } else if (current != NONE && (phase & leaving(current)) != 0 && goesOn(action)) {
            return "who-leaves-ends";
        }
        String why = chooses(s, action);
        return why != null ? why : cores.refuses(s, action, phase & (1 << own) - 1);
    }

    /** Is another core in a section of the space? */
    private boolean isOthers(int phase, int core) {
        boolean others = false;
        for (int other = 0; other < count; other++) {
            others |= other != core && (of(phase, other) & SETTLES) != 0;
        }
        return others;
    }

    /** Is the action a section of a space, or of two? */
    private static boolean takesLock(KernelState s, Action action, int core) {
        return switch ((KernelAction) action) {
            case KernelAction.Exit a -> s.spaces().space(s.sched().cur(core)) != NONE;
            case KernelAction.Fault a -> s.spaces().space(s.sched().cur(core)) != NONE;
            case KernelAction.Load a -> true;
            case KernelAction.Acknowledge a -> true;
            case KernelAction.Map a -> true;
            case KernelAction.WaitTurn a -> true;
            case KernelAction.Fill a -> true;
            case KernelAction.Allow a -> true;
            case KernelAction.Copy a -> true;
            default -> settles(action) || begins(action);
        };
    }

    private static boolean goesOn(Action action) {
        return !(action instanceof KernelAction.Exit
                || action instanceof KernelAction.Fault
                || action instanceof KernelAction.Tick
                || action instanceof KernelAction.Ipi
                || isJob(action));
    }

    private @Nullable String inKernel(KernelState s, Action action, int core, int bits) {
        boolean acknowledges = action instanceof KernelAction.Acknowledge;
        if (acknowledges && (bits & INTERRUPTED) == 0) {
            return "acknowledges-at-an-interrupt";
        }
        if (!acknowledges && (bits & ASKED) != 0) {
            return "asked-acknowledges-first";
        }
        if (isJob(action) != ((bits & WORKS) != 0)) {
            return "jobs-go-on";
        }
        return action instanceof KernelAction.Load load ? load(s, core, load.space()) : null;
    }

    /** The tables of who is next, when nobody is left to make ready; the kernel's for nobody. */
    private @Nullable String load(KernelState s, int core, int wanted) {
        SchedState sched = s.sched();
        if (sched.wokenCount(core) > 0) {
            return "enqueue-first";
        }
        for (int other = 0; other < count; other++) {
            if (sched.owesKick(core, other)) {
                return "kicks-first";
            }
        }
        if (count > 1) {
            return null;
        }
        int next = sched.readyCount(0) == 0 ? NONE : s.spaces().space(sched.ready(0, 0));
        return wanted == next ? null : "load-for-who-is-next";
    }

    /** The frame, or the space, of the lowest number. */
    private @Nullable String chooses(KernelState s, Action action) {
        return switch ((KernelAction) action) {
            case KernelAction.Fill fill -> frame(s.spaces(), fill.frame());
            case KernelAction.Copy copy -> frame(s.spaces(), copy.frame());
            case KernelAction.Fork fork -> fork(s, fork);
            default -> null;
        };
    }

    private @Nullable String frame(SpaceState p, int taken) {
        for (int frame = 0; frame < frames; frame++) {
            if (SpaceView.refs(p, frame) == 0) {
                return taken == frame ? null : "lowest-free-frame";
            }
        }
        return null;
    }

    private @Nullable String fork(KernelState s, KernelAction.Fork fork) {
        if (s.sched().st(fork.thread()) != SchedState.INACTIVE) {
            // A slot that is in use is found out with the space at hand, which is given back.
            return fork.space() == NONE ? null : "lowest-free-space";
        }
        int lowest = NONE;
        for (int of = spaces - 1; of >= 0; of--) {
            lowest = isFree(s.spaces(), of) ? of : lowest;
        }
        if (lowest == NONE) {
            return "the-kernel-has-more-spaces";
        }
        return fork.space() == lowest ? null : "lowest-free-space";
    }

    /** Is a space neither lived in, nor loaded, nor about to be free? */
    private boolean isFree(SpaceState p, int of) {
        boolean free = p.deserted(of) && !p.freeDue(of);
        for (int core = 0; core < count; core++) {
            free &= p.root(core) != of;
        }
        return free;
    }
}
