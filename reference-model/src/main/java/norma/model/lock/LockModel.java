package norma.model.lock;

import static norma.model.lock.LockState.HANDLER;
import static norma.model.lock.LockState.HOLDING;
import static norma.model.lock.LockState.IDLE;
import static norma.model.lock.LockState.LEVELS;
import static norma.model.lock.LockState.MASKED;
import static norma.model.lock.LockState.THREAD;
import static norma.model.lock.LockState.WAITING;
import static norma.model.lock.LockState.context;

import java.util.ArrayList;
import java.util.List;
import norma.model.Action;
import norma.model.Guard;
import norma.model.Invariant;
import norma.model.Model;
import norma.model.Names;

/** The transition function of {@code TicketLock.tla}. */
public final class LockModel implements Model<LockState> {
    private final int cores;
    private final int width;
    private final Names names;
    private final List<Action> actions = new ArrayList<>();

    /** A lock contended by {@code cores} cores, with tickets modulo {@code width}. */
    public LockModel(int cores, int width) {
        this.cores = cores;
        this.width = width;
        names =
                new Names()
                        .prefixed("core", "c", cores)
                        .listed("level", "handler", "thread")
                        .listed("machine", "lock");
        for (int core = 0; core < cores; core++) {
            actions.add(new LockAction.Mask(core));
            actions.add(new LockAction.Interrupt(core));
            for (int level = 0; level < LEVELS; level++) {
                actions.add(new LockAction.Take(core, level));
                actions.add(new LockAction.Enter(core, level));
                actions.add(new LockAction.Release(core, level));
            }
        }
    }

    @Override
    public List<LockState> initialStates() {
        LockState state = new LockState(cores);
        for (int core = 0; core < cores; core++) {
            state.unmasked(core, true);
        }
        return List.of(state);
    }

    @Override
    public List<Action> actions() {
        return actions;
    }

    @Override
    public boolean step(LockState s, Action action, Guard g) {
        return switch ((LockAction) action) {
            case LockAction.Mask a -> mask(s, a.core(), g);
            case LockAction.Interrupt a -> interrupt(s, a.core(), g);
            case LockAction.Take a -> take(s, a.core(), a.level(), g);
            case LockAction.Enter a -> enter(s, a.core(), a.level(), g);
            case LockAction.Release a -> release(s, a.core(), a.level(), g);
        };
    }

    private static boolean mask(LockState s, int core, Guard g) {
        int thread = context(core, THREAD);
        if (!(g.holds("ThreadIdle", s.phase(thread) == IDLE)
                && g.holds("NotInHandler", !inHandler(s, core)))) {
            return false;
        }
        s.phase(thread, MASKED);
        s.unmasked(core, false);
        return true;
    }

    private static boolean interrupt(LockState s, int core, Guard g) {
        if (!(g.holds("Unmasked", s.unmasked(core))
                && g.holds("NotInHandler", !inHandler(s, core)))) {
            return false;
        }
        s.phase(context(core, HANDLER), MASKED);
        s.unmasked(core, false);
        return true;
    }

    private boolean take(LockState s, int core, int level, Guard g) {
        int context = context(core, level);
        if (!(g.holds("Masked", s.phase(context) == MASKED)
                && g.holds("CanRun", canRun(s, core, level)))) {
            return false;
        }
        s.ticket(context, s.next());
        s.next(successor(s.next()));
        s.phase(context, WAITING);
        return true;
    }

    private static boolean enter(LockState s, int core, int level, Guard g) {
        int context = context(core, level);
        if (!(g.holds("Waiting", s.phase(context) == WAITING)
                && g.holds("CanRun", canRun(s, core, level))
                && g.holds("TicketServed", s.owner() == s.ticket(context)))) {
            return false;
        }
        s.phase(context, HOLDING);
        return true;
    }

    private boolean release(LockState s, int core, int level, Guard g) {
        int context = context(core, level);
        if (!(g.holds("Holding", s.phase(context) == HOLDING)
                && g.holds("CanRun", canRun(s, core, level)))) {
            return false;
        }
        s.owner(successor(s.owner()));
        s.ticket(context, 0);
        s.phase(context, IDLE);
        s.unmasked(core, true);
        return true;
    }

    private int successor(int ticket) {
        return (ticket + 1) % width;
    }

    private static boolean inHandler(LockState s, int core) {
        return s.phase(context(core, HANDLER)) != IDLE;
    }

    private static boolean canRun(LockState s, int core, int level) {
        return level == HANDLER || !inHandler(s, core);
    }

    @Override
    public List<Invariant<LockState>> invariants() {
        return List.of(
                new Invariant<>("Mutex", "machine", (s, i) -> holders(s) <= 1),
                new Invariant<>("HolderIsOwner", "core", this::holderIsOwner),
                new Invariant<>("TicketsUnique", "machine", (s, i) -> ticketsUnique(s)),
                new Invariant<>("Accounting", "machine", (s, i) -> accounting(s)),
                new Invariant<>(
                        "MaskedWhileHeld",
                        "core",
                        (s, c) ->
                                !s.unmasked(c)
                                        || (s.phase(context(c, HANDLER)) == IDLE
                                                && s.phase(context(c, THREAD)) == IDLE)),
                new Invariant<>(
                        "NoSelfDeadlock",
                        "core",
                        (s, c) -> !inHandler(s, c) || s.phase(context(c, THREAD)) == IDLE));
    }

    private int holders(LockState s) {
        int count = 0;
        for (int x = 0; x < cores * LEVELS; x++) {
            count += s.phase(x) == HOLDING ? 1 : 0;
        }
        return count;
    }

    private boolean holderIsOwner(LockState s, int core) {
        for (int level = 0; level < LEVELS; level++) {
            int context = context(core, level);
            if (s.phase(context) == HOLDING && s.ticket(context) != s.owner()) {
                return false;
            }
        }
        return true;
    }

    private boolean ticketsUnique(LockState s) {
        for (int x = 0; x < cores * LEVELS; x++) {
            for (int y = 0; y < x; y++) {
                if (hasTicket(s, x) && hasTicket(s, y) && s.ticket(x) == s.ticket(y)) {
                    return false;
                }
            }
        }
        return true;
    }

    private boolean accounting(LockState s) {
        int count = 0;
        for (int x = 0; x < cores * LEVELS; x++) {
            count += hasTicket(s, x) ? 1 : 0;
        }
        return Math.floorMod(s.next() - s.owner(), width) == count;
    }

    private static boolean hasTicket(LockState s, int context) {
        return s.phase(context) == WAITING || s.phase(context) == HOLDING;
    }

    @Override
    public Names names() {
        return names;
    }
}
