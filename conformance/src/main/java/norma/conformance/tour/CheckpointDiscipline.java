package norma.conformance.tour;

import java.util.ArrayList;
import java.util.List;
import norma.model.Action;
import norma.model.Guard;
import norma.model.checkpoint.CheckpointAction;
import norma.model.checkpoint.CheckpointModel;
import norma.model.checkpoint.CheckpointState;
import org.jspecify.annotations.Nullable;

/**
 * What this kernel does for its recorder on one core where {@code Checkpoint.tla} leaves it open:
 * in which order a stay in the kernel makes changes, marks, and visits, and which changes one stay
 * makes at all ({@link KernelStays}).
 *
 * <p>The two objects are any two of the kernel's, in either order; of which kinds they are, and
 * which stay the core is in, is part of the phase. Rules, and where they are read from:
 *
 * <ul>
 *   <li>{@code first-epoch-at-entry}, {@code looks-at-entry} (Checkpoints.catchUp, due): a core
 *       that finds the recorder asked for, and no epoch yet, looks who is armed and begins it there
 *       and then; it does not look or begin anywhere else.
 *   <li>{@code begin-when-all-are-armed} (Checkpoints.catchUp): nothing comes between the look and
 *       the epoch.
 *   <li>{@code mark-first} (Checkpoints.follow): who has begun an epoch marks it.
 *   <li>{@code events-of-one-stay} (KernelEntry.trap, Scheduler.leave): a stay is one system call,
 *       fault or timer interrupt, and then what leads to a thread or to none.
 *   <li>{@code record-is-a-system-call} (SystemCalls.record): it is the only one of its stay.
 *   <li>{@code one-visit-an-exit} (KernelEntry.leave): behind the system call, before the
 *       scheduler.
 *   <li>{@code visits-in-order} (Checkpoints.visit): channels, threads, cores.
 *   <li>{@code touched-before-its-visit} (Scheduler.leave, Checkpoints.visit): every stay touches
 *       the core, and its thread while that runs alone; the first visit of an epoch is a channel's.
 *   <li>{@code leaves-when-done} (Scheduler.leave): the kernel is left when the stay's events have
 *       happened, to user mode if a thread goes on.
 *   <li>{@code end-of-run} (Checkpoints.end): when all threads have ended, what is left is saved in
 *       one go, and nothing else happens.
 * </ul>
 */
final class CheckpointDiscipline implements Order<CheckpointState> {
    private static final int CORE = 0;
    private static final int HALT = 1;

    // A phase: stage, whether the core waits, status of the small world, kinds, stay, place in it.
    private static final int OUT = 0;
    private static final int ARRIVED = 1;
    private static final int CONFIRMED = 2;
    private static final int BEGUN = 3;
    private static final int INSIDE = 4;
    private static final int END = 5;
    private static final int STAGE = 7;
    private static final int HALTED = 1 << 3;
    private static final int STATUS_SHIFT = 4;
    private static final int KINDS_SHIFT = 8;
    private static final int STAY_SHIFT = 13;
    private static final int PLACE_SHIFT = 20;
    private static final int FOUR = 0xf;
    private static final int FIVE = 0x1f;
    private static final int SEVEN = 0x7f;

    /** Nothing has happened: which objects are meant is open. */
    private static final int ANY = FIVE;

    private final CheckpointModel model;
    private final KernelStays stays = new KernelStays();
    private final Guard guard = new Guard();

    CheckpointDiscipline(CheckpointModel model) {
        this.model = model;
    }

    @Override
    public int begins() {
        return OUT | ANY << KINDS_SHIFT;
    }

    private static int stage(int phase) {
        return phase & STAGE;
    }

    private static char status(int phase) {
        return KernelStays.STATUSES.charAt(phase >> STATUS_SHIFT & FOUR);
    }

    private static String kinds(int phase) {
        return KernelStays.KINDS.get(phase >> KINDS_SHIFT & FIVE);
    }

    private KernelStays.Stay stay(int phase) {
        return stays.all().get(phase >> STAY_SHIFT & SEVEN);
    }

    private static int place(int phase) {
        return phase >> PLACE_SHIFT;
    }

    /** The phase of the same world, with another stage. */
    private static int at(int stage, int phase) {
        return phase & ~STAGE | stage;
    }

    private boolean enabled(CheckpointState s, Action action) {
        guard.begin();
        return model.step(s.copy(), action, guard);
    }

    /** Has the object changed once, so that it may change once more? */
    private boolean changedOnce(CheckpointState s, int object) {
        CheckpointState copy = s.copy();
        Action act = new CheckpointAction.Act(CORE, object, object);
        guard.begin();
        return model.step(copy, act, guard) && !model.step(copy, act, guard);
    }

    @Override
    public @Nullable String refuses(CheckpointState s, Action action, int phase) {
        return switch (stage(phase)) {
            case ARRIVED ->
                    enabled(s, new CheckpointAction.ConfirmArmed(CORE, CORE))
                            ? of(
                                    action instanceof CheckpointAction.ConfirmArmed,
                                    "first-epoch-at-entry")
                            : action instanceof CheckpointAction.BeginCheckpoint
                                    ? null
                                    : inside(s, action, phase);
            case CONFIRMED ->
                    of(
                            action instanceof CheckpointAction.BeginCheckpoint,
                            "begin-when-all-are-armed");
            case BEGUN -> of(action instanceof CheckpointAction.Mark, "mark-first");
            case INSIDE -> inside(s, action, phase);
            case END ->
                    action instanceof CheckpointAction.Sweep sweep
                            ? inOrder(s, sweep.object(), phase)
                            : "end-of-run";
            default -> null;
        };
    }

    private static @Nullable String of(boolean allowed, String rule) {
        return allowed ? null : rule;
    }

    private @Nullable String inside(CheckpointState s, Action action, int phase) {
        KernelStays.Stay stay = stay(phase);
        int next = stay.next(place(phase), kinds(phase));
        return switch ((CheckpointAction) action) {
            case CheckpointAction.Act a ->
                    of(stay.is(next, kinds(phase), a.a(), a.b()), "events-of-one-stay");
            case CheckpointAction.RequestRecording a ->
                    of(stay.asks(next), "record-is-a-system-call");
            case CheckpointAction.Sweep a ->
                    place(phase) > stay.visit() || next < stay.visit()
                            ? "one-visit-an-exit"
                            : visits(s, a.object(), phase);
            case CheckpointAction.KernelExit a ->
                    of(
                            next == stay.events().size() && (a.how() == HALT) == stay.halts(),
                            "leaves-when-done");
            default -> "looks-at-entry";
        };
    }

    private @Nullable String visits(CheckpointState s, int object, int phase) {
        char kind = kinds(phase).charAt(object);
        boolean touched =
                kind == KernelStays.CORE
                        || (kind == KernelStays.FIRST && status(phase) != KernelStays.READY);
        return touched ? "touched-before-its-visit" : inOrder(s, object, phase);
    }

    private @Nullable String inOrder(CheckpointState s, int object, int phase) {
        int other = 1 - object;
        boolean before =
                KernelStays.rank(kinds(phase).charAt(other))
                        < KernelStays.rank(kinds(phase).charAt(object));
        boolean due = enabled(s, new CheckpointAction.Sweep(CORE, other));
        return of(!before || !due, "visits-in-order");
    }

    @Override
    public int[] phases(int phase, Action action, CheckpointState to) {
        return switch ((CheckpointAction) action) {
            case CheckpointAction.KernelEntry a -> enters(phase);
            case CheckpointAction.Arm a -> arrives(phase, to);
            case CheckpointAction.ConfirmArmed a -> new int[] {at(CONFIRMED, phase)};
            case CheckpointAction.BeginCheckpoint a -> new int[] {at(BEGUN, phase)};
            case CheckpointAction.Mark a -> new int[] {at(INSIDE, phase)};
            case CheckpointAction.KernelExit a -> new int[] {leaves(phase)};
            case CheckpointAction.Act a -> new int[] {on(phase)};
            case CheckpointAction.RequestRecording a -> new int[] {on(phase)};
            case CheckpointAction.Sweep a ->
                    stage(phase) == END
                            ? new int[] {phase}
                            : new int[] {to(stay(phase).visit() + 1, phase)};
        };
    }

    /** The next event of the stay has happened. */
    private int on(int phase) {
        return to(stay(phase).next(place(phase), kinds(phase)) + 1, phase);
    }

    private static int to(int place, int phase) {
        return at(INSIDE, phase) & (1 << PLACE_SHIFT) - 1 | place << PLACE_SHIFT;
    }

    /** At the first entry it is said which objects are meant. */
    private static int[] enters(int phase) {
        if ((phase >> KINDS_SHIFT & FIVE) != ANY) {
            return new int[] {phase};
        }
        int[] all = new int[KernelStays.KINDS.size()];
        for (int i = 0; i < all.length; i++) {
            char begins = KernelStays.begins(KernelStays.KINDS.get(i));
            all[i] = KernelStays.STATUSES.indexOf(begins) << STATUS_SHIFT | i << KINDS_SHIFT;
        }
        return all;
    }

    private int[] arrives(int phase, CheckpointState to) {
        List<Integer> found = new ArrayList<>();
        boolean halted = (phase & HALTED) != 0;
        if (halted && KernelStays.mayEnd(status(phase))) {
            found.add(at(END, phase));
        }
        boolean bothOnce = changedOnce(to, 0) && changedOnce(to, 1);
        for (int i = 0; i < stays.all().size(); i++) {
            KernelStays.Stay stay = stays.all().get(i);
            if (stay.from() == status(phase)
                    && stay.woken() == halted
                    && (!stay.expires() || bothOnce)) {
                found.add(at(ARRIVED, phase) | i << STAY_SHIFT);
            }
        }
        return found.stream().mapToInt(Integer::intValue).toArray();
    }

    private int leaves(int phase) {
        KernelStays.Stay stay = stay(phase);
        return KernelStays.STATUSES.indexOf(stay.to()) << STATUS_SHIFT
                | phase & FIVE << KINDS_SHIFT
                | (stay.halts() ? HALTED : 0);
    }
}
