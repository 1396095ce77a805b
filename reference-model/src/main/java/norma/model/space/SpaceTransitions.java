package norma.model.space;

import static norma.model.State.NONE;
import static norma.model.space.SpaceState.COPY;
import static norma.model.space.SpaceState.FORK;
import static norma.model.space.SpaceState.FREE;
import static norma.model.space.SpaceState.FREEING;
import static norma.model.space.SpaceState.LIVE;
import static norma.model.space.SpaceState.MAKING;
import static norma.model.space.SpaceState.NO_RIGHTS;
import static norma.model.space.SpaceState.PROTECT;
import static norma.model.space.SpaceState.READ;
import static norma.model.space.SpaceState.UNMAP;
import static norma.model.space.SpaceState.WAIT;
import static norma.model.space.SpaceState.WRITE;

import norma.model.Guard;

/** The transition function of {@code AddressSpace.tla}. */
final class SpaceTransitions {
    private final SpaceLayout at;
    private final SpaceJobs jobs;

    SpaceTransitions(SpaceLayout layout) {
        at = layout;
        jobs = new SpaceJobs(layout);
    }

    boolean step(SpaceState s, SpaceAction action, Guard g) {
        return switch (action) {
            case SpaceAction.Join a -> join(s, a.thread(), a.space(), g);
            case SpaceAction.Quit a -> quit(s, a.thread(), g);
            case SpaceAction.Load a -> load(s, a.core(), a.space(), g);
            case SpaceAction.NewSpace a -> newSpace(s, a.space(), g);
            case SpaceAction.FreeSpace a -> freeSpace(s, a.space(), g);
            case SpaceAction.Map a -> map(s, a, g);
            case SpaceAction.Unmap a -> unmap(s, a, g);
            case SpaceAction.Protect a -> protect(s, a, g);
            case SpaceAction.Fork a -> fork(s, a, g);
            case SpaceAction.Fill a -> fill(s, a, g);
            case SpaceAction.Allow a -> allow(s, a, g);
            case SpaceAction.Copy a -> copy(s, a, g);
            case SpaceAction.Clear a -> jobs.clear(s, a.core(), a.thread(), a.page(), g);
            case SpaceAction.Tighten a -> jobs.tighten(s, a.core(), a.thread(), a.page(), g);
            case SpaceAction.Share a -> jobs.share(s, a.core(), a.thread(), a.page(), g);
            case SpaceAction.Shoot a -> jobs.shoot(s, a.core(), a.thread(), g);
            case SpaceAction.Acknowledge a -> acknowledge(s, a.core(), g);
            case SpaceAction.Release a -> release(s, a.space(), g);
            case SpaceAction.FreeFrame a -> jobs.freeFrame(s, a.core(), a.thread(), a.frame(), g);
            case SpaceAction.Finish a -> jobs.finish(s, a.core(), a.thread(), g);
            case SpaceAction.WaitTurn a -> waitTurn(s, a.core(), a.thread(), g);
            case SpaceAction.Admit a -> admit(s, a.space(), g);
        };
    }

    // --- threads, cores and spaces ------------------------------------------------------------

    private static boolean join(SpaceState s, int thread, int space, Guard g) {
        if (!(g.holds("Homeless", s.space(thread) == NONE)
                && g.holds("Live", s.life(space) == LIVE))) {
            return false;
        }
        s.space(thread, space);
        return true;
    }

    private static boolean quit(SpaceState s, int thread, Guard g) {
        if (!(g.holds("Member", s.space(thread) != NONE)
                && g.holds("NotQueued", !queued(s, thread))
                && g.holds("NotChanger", s.changer(s.space(thread)) != thread))) {
            return false;
        }
        s.space(thread, NONE);
        return true;
    }

    private boolean load(SpaceState s, int core, int space, Guard g) {
        if (!(g.holds("OtherTables", s.root(core) != space)
                && g.holds("Live", space == NONE || s.life(space) == LIVE))) {
            return false;
        }
        s.root(core, space);
        s.flush(core);
        for (int of = 0; of < at.spaces; of++) {
            s.need(of, core, false);
        }
        return true;
    }

    private static boolean newSpace(SpaceState s, int space, Guard g) {
        if (!g.holds("Free", s.life(space) == FREE)) {
            return false;
        }
        s.life(space, LIVE);
        return true;
    }

    private boolean freeSpace(SpaceState s, int space, Guard g) {
        if (!(g.holds("Live", s.life(space) == LIVE)
                && g.holds("Left", left(s, space))
                && g.holds("Empty", empty(s, space))
                && g.holds("NotBusy", s.changer(space) == NONE))) {
            return false;
        }
        s.life(space, FREE);
        return true;
    }

    private boolean left(SpaceState s, int space) {
        boolean left = true;
        for (int thread = 0; thread < at.threads; thread++) {
            left &= s.space(thread) != space;
        }
        for (int core = 0; core < at.cores; core++) {
            left &= s.root(core) != space;
        }
        return left;
    }

    private boolean empty(SpaceState s, int space) {
        for (int page = 0; page < at.pages; page++) {
            if (s.area(space, page) != NO_RIGHTS) {
                return false;
            }
        }
        return true;
    }

    // --- system calls
    // -----------------------------------------------------------------------------

    private static boolean map(SpaceState s, SpaceAction.Map a, Guard g) {
        if (!begins(s, a.core(), a.thread(), g)) {
            return false;
        }
        int space = s.space(a.thread());
        boolean fits = true;
        for (int page = a.lo(); page <= a.hi(); page++) {
            fits &= s.area(space, page) == NO_RIGHTS;
        }
        if (!g.holds("MapFits", fits)) {
            return false;
        }
        use(s, space, a.lo(), a.hi(), a.protection());
        return true;
    }

    private boolean unmap(SpaceState s, SpaceAction.Unmap a, Guard g) {
        if (!begins(s, a.core(), a.thread(), g)) {
            return false;
        }
        int space = s.space(a.thread());
        boolean used = false;
        boolean filled = false;
        for (int page = a.lo(); page <= a.hi(); page++) {
            used |= s.area(space, page) != NO_RIGHTS;
            filled |= s.frame(space, page) != NONE;
        }
        if (!g.holds("Used", used)) {
            return false;
        }
        use(s, space, a.lo(), a.hi(), NO_RIGHTS);
        if (filled) {
            jobs.begin(s, space, a.thread(), UNMAP, a.lo(), a.hi());
        }
        return true;
    }

    private boolean protect(SpaceState s, SpaceAction.Protect a, Guard g) {
        if (!begins(s, a.core(), a.thread(), g)) {
            return false;
        }
        int space = s.space(a.thread());
        boolean used = true;
        boolean same = true;
        boolean tooMuch = false;
        for (int page = a.lo(); page <= a.hi(); page++) {
            used &= s.area(space, page) != NO_RIGHTS;
            same &= s.area(space, page) == a.protection();
            tooMuch |= SpaceJobs.tooMuch(s, space, page, a.protection());
        }
        if (!(g.holds("Used", used) && g.holds("Differs", !same))) {
            return false;
        }
        use(s, space, a.lo(), a.hi(), a.protection());
        if (tooMuch) {
            jobs.begin(s, space, a.thread(), PROTECT, a.lo(), a.hi());
        }
        return true;
    }

    private static void use(SpaceState s, int space, int lo, int hi, int protection) {
        for (int page = lo; page <= hi; page++) {
            s.area(space, page, protection);
        }
    }

    private boolean fork(SpaceState s, SpaceAction.Fork a, Guard g) {
        if (!(begins(s, a.core(), a.thread(), g) && g.holds("Free", s.life(a.into()) == FREE))) {
            return false;
        }
        int space = s.space(a.thread());
        s.life(a.into(), MAKING);
        for (int page = 0; page < at.pages; page++) {
            s.area(a.into(), page, s.area(space, page));
        }
        jobs.begin(s, space, a.thread(), FORK, 0, at.pages - 1);
        s.child(space, a.into());
        return true;
    }

    // --- page faults
    // ------------------------------------------------------------------------------

    private static boolean fill(SpaceState s, SpaceAction.Fill a, Guard g) {
        if (!begins(s, a.core(), a.thread(), g)) {
            return false;
        }
        int space = s.space(a.thread());
        int area = s.area(space, a.page());
        if (!(g.holds("Used", area != NO_RIGHTS)
                && g.holds("NoFrame", s.frame(space, a.page()) == NONE)
                && g.holds("FrameFree", s.refs(a.frame()) == 0))) {
            return false;
        }
        s.entry(space, a.page(), a.frame(), area);
        s.refer(a.frame(), 1);
        return true;
    }

    private static boolean allow(SpaceState s, SpaceAction.Allow a, Guard g) {
        if (!begins(s, a.core(), a.thread(), g)) {
            return false;
        }
        int space = s.space(a.thread());
        int frame = s.frame(space, a.page());
        int area = s.area(space, a.page());
        if (!(g.holds("HasFrame", frame != NONE)
                && g.holds("Lags", s.hard(space, a.page()) != area)
                && g.holds("WriterAlone", area != WRITE || s.refs(frame) == 1))) {
            return false;
        }
        s.entry(space, a.page(), frame, area);
        return true;
    }

    private boolean copy(SpaceState s, SpaceAction.Copy a, Guard g) {
        if (!begins(s, a.core(), a.thread(), g)) {
            return false;
        }
        int space = s.space(a.thread());
        int shared = s.frame(space, a.page());
        if (!(g.holds("MayWrite", s.area(space, a.page()) == WRITE)
                && g.holds("ReadOnly", s.hard(space, a.page()) == READ)
                && g.holds("Shared", s.refs(shared) > 1)
                && g.holds("FrameFree", s.refs(a.frame()) == 0))) {
            return false;
        }
        s.refer(a.frame(), 1);
        if (jobs.loadedByOthers(s, space, a.core())) {
            s.dying(space, shared, true);
            jobs.outdated(s, space, a.page());
            s.entry(space, a.page(), a.frame(), READ);
            jobs.begin(s, space, a.thread(), COPY, a.page(), a.page());
        } else {
            s.entry(space, a.page(), a.frame(), WRITE);
            s.refer(shared, -1);
            s.flush(a.core());
        }
        return true;
    }

    // --- what other cores do for a job, and the queue
    // ---------------------------------------------

    private static boolean acknowledge(SpaceState s, int core, Guard g) {
        int space = s.root(core);
        if (!g.holds("Asked", space != NONE && s.need(space, core))) {
            return false;
        }
        s.need(space, core, false);
        s.flush(core);
        return true;
    }

    private boolean release(SpaceState s, int space, Guard g) {
        boolean all = true;
        for (int core = 0; core < at.cores; core++) {
            all &= !s.need(space, core);
        }
        if (!(g.holds("Waits", s.phase(space) == WAIT) && g.holds("AllFlushed", all))) {
            return false;
        }
        s.phase(space, FREEING);
        return true;
    }

    private static boolean waitTurn(SpaceState s, int core, int thread, Guard g) {
        if (!(mayAct(s, core, thread, g) && g.holds("Busy", s.changer(s.space(thread)) != NONE))) {
            return false;
        }
        s.append(s.space(thread), thread);
        return true;
    }

    private static boolean admit(SpaceState s, int space, Guard g) {
        if (!(g.holds("NotBusy", s.changer(space) == NONE)
                && g.holds("SomebodyWaits", s.queueLength(space) > 0))) {
            return false;
        }
        s.removeFirst(space);
        return true;
    }

    // --- guards
    // -------------------------------------------------------------------------------------

    private static boolean queued(SpaceState s, int thread) {
        int space = s.space(thread);
        for (int i = 0; i < s.queueLength(space); i++) {
            if (s.queued(space, i) == thread) {
                return true;
            }
        }
        return false;
    }

    /** Whether a thread runs on a core and neither has a job nor waits for one's end. */
    private static boolean mayAct(SpaceState s, int core, int thread, Guard g) {
        int space = s.space(thread);
        return g.holds("Member", space != NONE)
                && g.holds("TablesLoaded", s.root(core) == space)
                && g.holds("NotQueued", !queued(s, thread))
                && g.holds("NotChanger", s.changer(space) != thread);
    }

    private static boolean begins(SpaceState s, int core, int thread, Guard g) {
        return mayAct(s, core, thread, g) && g.holds("NotBusy", s.changer(s.space(thread)) == NONE);
    }
}
