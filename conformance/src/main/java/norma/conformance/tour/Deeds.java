package norma.conformance.tour;

import static norma.model.State.NONE;

import java.util.Arrays;
import java.util.Random;
import norma.abi.Op;
import norma.abi.Record;
import norma.abi.Rights;
import norma.model.kernel.KernelAction;
import norma.model.kernel.KernelState;
import norma.model.sched.SchedState;

/** What threads of a rehearsed way do so that an edge is taken: their operations and lives. */
final class Deeds {
    /** Nanoseconds of which a sleeper sleeps some. */
    private static final int[] SLEEPS = {3_000, 20_000, 200_000};

    /** The first thread and the one that it makes. */
    private static final int FIRST_LIVES = 2;

    private final Random random;

    /** Place of what each thread has begun and does until it is done, or -1. */
    private final int[] doing;

    private int lives;

    Deeds(int threads, Random random) {
        this.random = random;
        doing = new int[threads];
        begin();
    }

    /** A way begins. */
    void begin() {
        Arrays.fill(doing, NONE);
        lives = FIRST_LIVES;
    }

    /** Lives that threads have had so far. */
    int lives() {
        return lives;
    }

    /** Has the thread begun what it does there, and goes on with it until it is done? */
    boolean does(int thread, int place) {
        return doing[thread] == place;
    }

    /** A thread has begun what {@link #of} said; {@code place} is where it is now. */
    void begun(int thread, KernelAction action, int place) {
        doing[thread] = repeats(action) ? place : NONE;
    }

    /** What a thread does that may not do it. */
    static long[] fault() {
        return new long[] {Op.FORBIDDEN, 0, 0, 0};
    }

    /** Is that how a thread ends? */
    static boolean ends(KernelAction action) {
        return action instanceof KernelAction.Exit || action instanceof KernelAction.Leave;
    }

    /** The operation with which a thread takes an edge of that action, in that state. */
    long[] of(KernelAction action, KernelState at) {
        return switch (action) {
            case KernelAction.Cancel a -> new long[] {Op.CANCEL, a.peer(), 0, 0};
            case KernelAction.Spawn a -> {
                long program = lives++;
                makes(a.thread(), at);
                yield new long[] {
                    Op.SPAWN,
                    a.thread(),
                    program | (long) a.priority() << 16,
                    a.channel() == NONE ? Record.NONE : a.channel()
                };
            }
            case KernelAction.Sleep a ->
                    new long[] {Op.SLEEP, SLEEPS[random.nextInt(SLEEPS.length)], 0, 0};
            case KernelAction.Yield a -> new long[] {Op.YIELD, 0, 0, 0};
            case KernelAction.Refuse a -> new long[] {Op.RAW, 0, 0, 0};
            case KernelAction.Fault a -> fault();
            case KernelAction.Exit a -> new long[] {Op.END, 0, 0, 0};
            default -> inSpace(action, at);
        };
    }

    private long[] inSpace(KernelAction action, KernelState at) {
        return switch (action) {
            case KernelAction.Map a -> new long[] {Op.MAP, a.lo(), a.hi(), a.protection()};
            case KernelAction.Unmap a -> new long[] {Op.UNMAP, a.lo(), a.hi(), 0};
            case KernelAction.Protect a -> new long[] {Op.PROTECT, a.lo(), a.hi(), a.protection()};
            case KernelAction.Fork a -> {
                makes(a.thread(), at);
                yield new long[] {Op.FORK, a.thread(), lives++, 0};
            }
            case KernelAction.Leave a -> new long[] {Op.END, 0, 0, 0};
            case KernelAction.Fill a -> new long[] {Op.TOUCH, a.page(), Rights.READ, 0};
            case KernelAction.Allow a -> new long[] {Op.TOUCH, a.page(), Rights.WRITE, 0};
            case KernelAction.Copy a -> new long[] {Op.TOUCH, a.page(), Rights.WRITE, 0};
            default -> throw new IllegalStateException("no thread does " + action);
        };
    }

    /** Another thread is to be in a slot, if that is free. */
    private void makes(int slot, KernelState at) {
        if (at.sched().st(slot) == SchedState.INACTIVE) {
            doing[slot] = NONE;
        }
    }

    /** Does the thread do the same until it is done? */
    private static boolean repeats(KernelAction action) {
        return switch (action) {
            case KernelAction.Fill a -> true;
            case KernelAction.Allow a -> true;
            case KernelAction.Copy a -> true;
            case KernelAction.Leave a -> true;
            case KernelAction.Fault a -> true;
            default -> false;
        };
    }
}
