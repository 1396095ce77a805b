package norma.conformance.tour;

import static norma.model.State.NONE;

import java.util.Random;
import norma.abi.Op;
import norma.abi.Record;
import norma.abi.Rights;
import norma.model.kernel.KernelAction;
import norma.model.kernel.KernelState;
import norma.model.space.SpaceView;

/** What threads of a rehearsed way do so that an edge is taken: their operations and lives. */
final class Deeds {
    /** Nanoseconds that a sleeper sleeps at most. */
    static final int LONGEST = 200_000;

    /** Of which a sleeper sleeps some. */
    private static final int[] SLEEPS = {3_000, 20_000, LONGEST};

    /** The first thread and the one that it makes. */
    private static final int FIRST_LIVES = 2;

    private final Random random;

    private int lives;

    Deeds(Random random) {
        this.random = random;
        begin();
    }

    /** A way begins. */
    void begin() {
        lives = FIRST_LIVES;
    }

    /** Lives that threads have had so far. */
    int lives() {
        return lives;
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

    /** Anything that must wait for the end of another's job. */
    private long[] inVain() {
        return switch (random.nextInt(4)) {
            case 0 -> new long[] {Op.MAP, 0, 0, Rights.WRITE};
            case 1 -> new long[] {Op.UNMAP, 0, 0, 0};
            case 2 -> new long[] {Op.PROTECT, 0, 0, Rights.WRITE};
            default -> new long[] {Op.TOUCH, 0, Rights.READ, 0};
        };
    }

    /** What its page may be used for beside reading. */
    private static int area(KernelAction.Allow allow, KernelState at) {
        int thread = at.sched().cur(allow.core());
        return SpaceView.area(at.spaces(), at.spaces().space(thread), allow.page());
    }

    private long[] inSpace(KernelAction action, KernelState at) {
        return switch (action) {
            case KernelAction.Map a -> new long[] {Op.MAP, a.lo(), a.hi(), a.protection()};
            case KernelAction.Unmap a -> new long[] {Op.UNMAP, a.lo(), a.hi(), 0};
            case KernelAction.Protect a -> new long[] {Op.PROTECT, a.lo(), a.hi(), a.protection()};
            case KernelAction.Fork a -> new long[] {Op.FORK, a.thread(), lives++, 0};
            case KernelAction.WaitTurn a -> inVain();
            case KernelAction.Leave a -> new long[] {Op.END, 0, 0, 0};
            case KernelAction.Fill a -> new long[] {Op.TOUCH, a.page(), Rights.READ, 0};
            case KernelAction.Allow a -> new long[] {Op.TOUCH, a.page(), area(a, at), 0};
            case KernelAction.Copy a -> new long[] {Op.TOUCH, a.page(), Rights.WRITE, 0};
            default -> throw new IllegalStateException("no thread does " + action);
        };
    }
}
