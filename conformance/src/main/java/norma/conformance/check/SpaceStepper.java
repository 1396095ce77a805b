package norma.conformance.check;

import static norma.abi.Record.MEMORY;
import static norma.abi.Record.SPACE;
import static norma.abi.Record.THREAD;
import static norma.conformance.check.Stepper.index;
import static norma.model.State.NONE;

import norma.abi.Code;
import norma.abi.Event;
import norma.abi.Limits;
import norma.abi.Record;
import norma.abi.Rights;
import norma.abi.SystemCall;
import norma.model.Guard;
import norma.model.ipc.IpcState;
import norma.model.kernel.KernelModel;
import norma.model.kernel.KernelSpaces;
import norma.model.kernel.KernelState;
import norma.model.sched.SchedState;
import norma.model.space.SpaceState;
import norma.model.space.SpaceView;

/** System calls, page faults, jobs and duties of address spaces: see {@link Stepper}. */
final class SpaceStepper {
    /** Where the second of two numbers is in a word. */
    private static final int SECOND = 32;

    private final KernelState s;
    private final IpcState ipc;
    private final SchedState sched;
    private final SpaceState spaces;
    private final KernelSpaces steps;
    private final WitnessCheck witness;
    private final Memory memory;
    private final int cores;

    SpaceStepper(KernelModel model, KernelState state, WitnessCheck witness) {
        s = state;
        ipc = state.ipc();
        sched = state.sched();
        spaces = state.spaces();
        steps = model.spaces();
        memory = Memory.of(model);
        cores = model.names().size("core");
        this.witness = witness;
    }

    boolean step(EventView e, int core, Expected x, Guard g) {
        if (isDuty(e.kind())) {
            return duty(e, core, x, g);
        }
        int t = sched.cur(core);
        if (!g.holds("HasCurrent", t != NONE)) {
            return false;
        }
        int of = spaces.space(t);
        if (!g.holds("Member", of != NONE)) {
            return false;
        }
        x.params(t, of, 0, 0);
        return switch (e.kind()) {
            case Event.MAP, Event.UNMAP, Event.PROTECT -> call(e, core, t, of, x, g);
            case Event.WAIT_TURN -> {
                boolean ok = steps.waitTurn(s, core, g);
                x.result(0, 0, 0, spaces.waitingCount(of));
                touches(x, t, of);
                yield ok;
            }
            case Event.FORK -> fork(e, core, t, of, x, g);
            case Event.LEAVE -> leave(core, t, of, x, g);
            case Event.FILL, Event.ALLOW, Event.COPY -> pageFault(e, core, t, of, x, g);
            case Event.CLEAR, Event.TIGHTEN -> work(e, core, of, x, g);
            case Event.SHARE -> share(e, core, t, of, x, g);
            case Event.SHOOT -> {
                boolean ok = steps.shoot(s, core, g);
                x.word(asked(of));
                touches(x, t, of);
                yield ok;
            }
            case Event.FREE_FRAME -> freeFrame(e, core, of, x, g);
            case Event.FINISH -> {
                touches(x, t, of);
                yield steps.finish(s, core, g);
            }
            default -> g.holds("KnownKind", false);
        };
    }

    private static boolean isDuty(int kind) {
        return kind >= Event.ACKNOWLEDGE && kind <= Event.LOAD
                || kind == Event.BEAR
                || kind == Event.FREE_SPACE;
    }

    private static void touches(Expected x, int thread, int space) {
        x.touches(THREAD, thread);
        x.touches(SPACE, space);
    }

    private static int first(EventView e) {
        return (int) e.word();
    }

    private static int second(EventView e) {
        return (int) (e.word() >>> SECOND);
    }

    private static long word(int first, int second) {
        return first | (long) second << SECOND;
    }

    private boolean pageInRange(int page, Guard g) {
        return g.holds("PageInRange", page >= 0 && page < memory.pages());
    }

    private boolean frameInRange(long frame, Guard g) {
        return g.holds("FrameInRange", frame >= 0 && frame < memory.frames());
    }

    private boolean call(EventView e, int core, int t, int of, Expected x, Guard g) {
        int lo = first(e);
        int hi = second(e);
        int protection = e.kind() == Event.UNMAP ? 0 : e.p(2);
        if (!pageInRange(lo, g)
                || !pageInRange(hi, g)
                || e.kind() != Event.UNMAP
                        && !g.holds(
                                "ProtectionInRange",
                                protection >= Rights.READ && protection < Rights.LIMIT)) {
            return false;
        }
        boolean ok =
                switch (e.kind()) {
                    case Event.MAP -> steps.map(s, core, lo, hi, protection, g);
                    case Event.UNMAP -> steps.unmap(s, core, lo, hi, g);
                    default -> steps.protect(s, core, lo, hi, protection, g);
                };
        if (!ok) {
            return false;
        }
        int code = spaces.working(t) ? Code.WORKING : Codes.of(ipc.resultCode(t));
        x.params(t, of, protection, 0);
        x.word(word(lo, hi));
        x.result(code, 0, 0, 0);
        touches(x, t, of);
        witness.calledSpace(t, number(e.kind()), lo, hi, protection, memory.pages());
        return true;
    }

    private static int number(int kind) {
        return switch (kind) {
            case Event.MAP -> SystemCall.MAP;
            case Event.UNMAP -> SystemCall.UNMAP;
            default -> SystemCall.PROTECT;
        };
    }

    private boolean pageFault(EventView e, int core, int t, int of, Expected x, Guard g) {
        int page = first(e);
        int frame = second(e);
        if (!pageInRange(page, g) || !frameInRange(frame, g)) {
            return false;
        }
        boolean ok =
                switch (e.kind()) {
                    case Event.FILL -> steps.fill(s, core, page, frame, g);
                    case Event.COPY -> steps.copy(s, core, page, frame, g);
                    default -> steps.allow(s, core, page, g);
                };
        if (!ok) {
            return false;
        }
        x.params(t, of, SpaceView.hard(spaces, of, page), 0);
        x.word(word(page, SpaceView.frame(spaces, of, page)));
        touches(x, t, of);
        x.touches(MEMORY, 0);
        return true;
    }

    // --- processes -------------------------------------------------------------------------

    private boolean fork(EventView e, int core, int t, int of, Expected x, Guard g) {
        int slot = e.p(2);
        int copy = e.p(3) == Record.NONE ? NONE : e.p(3);
        if (!g.holds("ThreadInRange", slot < Limits.THREADS)
                || !g.holds("SpaceInRange", copy < memory.spaces())
                || !steps.fork(s, core, slot, copy, g)) {
            return false;
        }
        boolean begun = spaces.working(t);
        x.params(t, of, slot, begun ? copy : Record.NONE);
        x.word(e.word());
        x.result(begun ? Code.WORKING : Code.BUSY, sched.gen(slot), 0, 0);
        x.touches(THREAD, slot);
        x.touches(SPACE, of);
        x.touches(begun ? SPACE : THREAD, begun ? copy : t);
        witness.calledSpace(t, SystemCall.FORK, slot, e.word(), 0, memory.pages());
        return true;
    }

    /** The thread is about to end, as its log says: for good reason, if it will fault. */
    private boolean leave(int core, int t, int of, Expected x, Guard g) {
        if (witness.leaves(t) == WitnessCheck.PAGE && !mayNotReach(t, g)
                || !steps.leave(s, core, g)) {
            return false;
        }
        x.result(spaces.working(t) ? Code.WORKING : Code.OK, 0, 0, 0);
        touches(x, t, of);
        return true;
    }

    /** The thread may not have the page that its log says it reaches for, or nobody can give it. */
    boolean mayNotReach(int thread, Guard g) {
        int of = spaces.space(thread);
        long page = witness.page();
        boolean may =
                of != NONE
                        && page < memory.pages()
                        && SpaceView.mayReach(
                                spaces, of, (int) page, witness.access(), memory.frames());
        return g.holds("MayNotReach", !may);
    }

    private boolean share(EventView e, int core, int t, int of, Expected x, Guard g) {
        int page = first(e);
        int copy = spaces.child(of);
        if (!pageInRange(page, g)
                || !g.holds("Copies", copy != NONE)
                || !steps.share(s, core, page, g)) {
            return false;
        }
        x.params(t, of, copy, 0);
        x.word(word(page, SpaceView.frame(spaces, of, page)));
        x.touches(SPACE, of);
        x.touches(SPACE, copy);
        x.touches(MEMORY, 0);
        return true;
    }

    private boolean work(EventView e, int core, int of, Expected x, Guard g) {
        int page = first(e);
        if (!pageInRange(page, g)) {
            return false;
        }
        int frame = SpaceView.frame(spaces, of, page);
        boolean ok =
                e.kind() == Event.CLEAR
                        ? steps.clear(s, core, page, g)
                        : steps.tighten(s, core, page, g);
        x.word(word(page, frame));
        x.touches(SPACE, of);
        return ok;
    }

    /** Cores that have been asked to flush, a bit each. */
    private long asked(int of) {
        long asked = 0;
        for (int core = cores - 1; core >= 0; core--) {
            asked = asked << 1 | (spaces.isAsked(of, core) ? 1 : 0);
        }
        return asked;
    }

    private boolean freeFrame(EventView e, int core, int of, Expected x, Guard g) {
        long frame = e.word();
        if (!frameInRange(frame, g) || !steps.freeFrame(s, core, (int) frame, g)) {
            return false;
        }
        x.word(frame);
        x.result(0, SpaceView.refs(spaces, (int) frame), 0, 0);
        x.touches(SPACE, of);
        x.touches(MEMORY, 0);
        return true;
    }

    // --- duties ---------------------------------------------------------------------------

    private boolean duty(EventView e, int core, Expected x, Guard g) {
        return switch (e.kind()) {
            case Event.ACKNOWLEDGE -> {
                int of = spaces.root(core);
                if (!g.holds("HasTables", of != NONE) || !steps.acknowledge(s, core, g)) {
                    yield false;
                }
                x.params(of, 0, 0, 0);
                x.result(0, 0, 0, SpaceView.missing(spaces, of, cores));
                x.touches(SPACE, of);
                yield true;
            }
            case Event.RELEASE -> {
                int of = e.p(0);
                if (!spaceInRange(of, g)) {
                    yield false;
                }
                int changer = spaces.changer(of);
                x.params(of, index(changer), 0, 0);
                x.touches(SPACE, of);
                x.touches(THREAD, changer);
                yield g.holds("ReleaseDue", changer != NONE) && steps.release(s, core, of, g);
            }
            case Event.ADMIT -> admit(e, core, x, g);
            case Event.BEAR -> bear(e, core, x, g);
            case Event.FREE_SPACE -> {
                int of = e.p(0);
                x.params(of, 0, 0, 0);
                x.touches(SPACE, of);
                yield spaceInRange(of, g) && steps.freeSpace(s, core, of, g);
            }
            case Event.LOAD -> load(e, core, x, g);
            default -> g.holds("KnownKind", false);
        };
    }

    private boolean spaceInRange(int of, Guard g) {
        return g.holds("SpaceInRange", of < memory.spaces());
    }

    private boolean admit(EventView e, int core, Expected x, Guard g) {
        int of = e.p(0);
        if (!spaceInRange(of, g) || !g.holds("AdmitDue", spaces.admitDue(of))) {
            return false;
        }
        int first = spaces.waiting(of, 0);
        if (!steps.admit(s, core, of, g)) {
            return false;
        }
        x.params(of, first, 0, 0);
        x.result(0, 0, 0, spaces.waitingCount(of));
        x.touches(SPACE, of);
        x.touches(THREAD, first);
        return true;
    }

    private boolean bear(EventView e, int core, Expected x, Guard g) {
        int of = e.p(0);
        int first = e.p(1);
        if (!spaceInRange(of, g)
                || !g.holds("ThreadInRange", first < Limits.THREADS)
                || !steps.bear(s, core, of, first, g)) {
            return false;
        }
        x.params(of, first, 0, 0);
        x.touches(SPACE, of);
        x.touches(THREAD, first);
        return true;
    }

    private boolean load(EventView e, int core, Expected x, Guard g) {
        int before = spaces.root(core);
        int after = e.p(1) == Record.NONE ? NONE : e.p(1);
        if (!g.holds("SpaceInRange", after < memory.spaces()) || !steps.load(s, core, after, g)) {
            return false;
        }
        x.params(index(before), index(after), 0, 0);
        if (before != NONE) {
            x.touches(SPACE, before);
        }
        if (after != NONE) {
            x.touches(SPACE, after);
        }
        return true;
    }
}
