package norma.conformance.tour;

import static norma.model.State.NONE;

import norma.model.Action;
import norma.model.kernel.KernelAction;
import norma.model.kernel.KernelConstants;
import norma.model.kernel.KernelState;
import norma.model.sched.SchedState;
import norma.model.space.SpaceState;
import norma.model.space.SpaceView;
import org.jspecify.annotations.Nullable;

/**
 * What this kernel does on one core with processes where {@code Kernel.tla} leaves it open, beside
 * what {@link CoresDiscipline} says: which frame and which space it takes, when it changes over to
 * other tables, and that a job goes on until it waits or has ended.
 *
 * <p>The phase also has a bit for each thread: it has left its space, which is empty, and ends
 * next.
 */
final class ProcessDiscipline implements Order<KernelState> {
    private static final int SHIFT = 6;

    private final CoresDiscipline cores;
    private final int spaces;
    private final int threads;
    private final int frames;

    ProcessDiscipline(KernelConstants constants) {
        if (constants.cores() != 1 || constants.spaces().pages() != 1) {
            throw new IllegalArgumentException("the order of jobs is told for one core, one page");
        }
        cores = new CoresDiscipline(constants);
        spaces = constants.spaces().spaces();
        threads = constants.threads();
        frames = constants.spaces().frames();
    }

    private static int leaving(int thread) {
        return 1 << SHIFT + thread;
    }

    @Override
    public int begins() {
        return cores.begins();
    }

    @Override
    public int[] phases(int phase, Action action, KernelState to) {
        int rest = phase >>> SHIFT << SHIFT;
        if (action instanceof KernelAction.Leave) {
            rest |= leaving(to.sched().cur(0));
        }
        for (int thread = 0; thread < threads; thread++) {
            rest &= to.spaces().space(thread) == NONE ? ~leaving(thread) : ~0;
        }
        int[] own = cores.phases(phase & (1 << SHIFT) - 1, action, to);
        for (int i = 0; i < own.length; i++) {
            own[i] |= rest;
        }
        return own;
    }

    @Override
    public @Nullable String refuses(KernelState s, Action action, int phase) {
        int current = s.sched().cur(0);
        if (s.sched().mode(0) == SchedState.KERNEL) {
            String why = inKernel(s, action, current);
            if (why != null) {
                return why;
            }
        } else if (current != NONE && (phase & leaving(current)) != 0 && goesOn(action)) {
            return "who-leaves-ends";
        }
        String why = chooses(s, action);
        return why != null ? why : cores.refuses(s, action, phase & (1 << SHIFT) - 1);
    }

    private static boolean goesOn(Action action) {
        return !(action instanceof KernelAction.Exit
                || action instanceof KernelAction.Fault
                || action instanceof KernelAction.Tick);
    }

    private @Nullable String inKernel(KernelState s, Action action, int current) {
        SpaceState p = s.spaces();
        for (int of = 0; of < spaces; of++) {
            if (p.bearDue(of)) {
                return action instanceof KernelAction.Bear ? null : "critical-section-ends-settled";
            }
            if (p.freeDue(of)) {
                boolean frees = action instanceof KernelAction.FreeSpace;
                return frees ? null : "critical-section-ends-settled";
            }
        }
        if (current != NONE && p.working(current)) {
            return isJob(action) ? null : "jobs-go-on";
        }
        return action instanceof KernelAction.Load load ? load(s, load.space()) : null;
    }

    private static boolean isJob(Action action) {
        return switch (action) {
            case KernelAction.Clear a -> true;
            case KernelAction.Share a -> true;
            case KernelAction.Tighten a -> true;
            case KernelAction.Shoot a -> true;
            case KernelAction.FreeFrame a -> true;
            case KernelAction.Finish a -> true;
            default -> false;
        };
    }

    /** The tables of who is next, when nobody is left to make ready; the kernel's for nobody. */
    private static @Nullable String load(KernelState s, int wanted) {
        SchedState sched = s.sched();
        if (sched.wokenCount(0) > 0) {
            return "enqueue-first";
        }
        int next = sched.readyCount(0) == 0 ? NONE : s.spaces().space(sched.ready(0, 0));
        return wanted == next ? null : "load-for-who-is-next";
    }

    /** The frame, or the space, of the lowest number. */
    private @Nullable String chooses(KernelState s, Action action) {
        return switch (action) {
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
    private static boolean isFree(SpaceState p, int of) {
        return p.deserted(of) && !p.freeDue(of) && p.root(0) != of;
    }
}
