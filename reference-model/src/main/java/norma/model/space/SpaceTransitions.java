package norma.model.space;

import static norma.model.State.NONE;
import static norma.model.space.SpaceState.COPY;
import static norma.model.space.SpaceState.FORK;
import static norma.model.space.SpaceState.FREE;
import static norma.model.space.SpaceState.FREEING;
import static norma.model.space.SpaceState.LEAVE;
import static norma.model.space.SpaceState.LIVE;
import static norma.model.space.SpaceState.MAKING;
import static norma.model.space.SpaceState.NO_RIGHTS;
import static norma.model.space.SpaceState.PROTECT;
import static norma.model.space.SpaceState.READ;
import static norma.model.space.SpaceState.UNMAP;
import static norma.model.space.SpaceState.WRITE;

import norma.model.Guard;

/** The transition function of {@code AddressSpace.tla}. */
public final class SpaceTransitions {
    private final SpaceLayout at;
    private final SpaceJobs jobs;

    /** Transitions of machines with the given layout. */
    public SpaceTransitions(SpaceLayout layout) {
        at = layout;
        jobs = new SpaceJobs(layout);
    }

    /** What the changer of a space does, page by page. */
    public SpaceJobs jobs() {
        return jobs;
    }

    boolean step(SpaceState s, SpaceAction action, Guard g) {
        return switch (action) {
            case SpaceAction.Join a -> join(s, a.thread(), a.space(), g);
            case SpaceAction.Quit a -> quit(s, a.thread(), g);
            case SpaceAction.Load a -> load(s, a.core(), a.space(), g);
            case SpaceAction.Bear a -> bear(s, a.space(), g);
            case SpaceAction.FreeSpace a -> freeSpace(s, a.space(), g);
            case SpaceAction.Ended _ -> g.holds("AllFree", s.allFree());
            case SpaceAction.Map a ->
                    map(s, a.core(), a.thread(), a.lo(), a.hi(), a.protection(), g);
            case SpaceAction.Unmap a -> unmap(s, a.core(), a.thread(), a.lo(), a.hi(), g);
            case SpaceAction.Protect a ->
                    protect(s, a.core(), a.thread(), a.lo(), a.hi(), a.protection(), g);
            case SpaceAction.Fork a -> fork(s, a.core(), a.thread(), a.first(), a.into(), g);
            case SpaceAction.Leave a -> leave(s, a.core(), a.thread(), g);
            case SpaceAction.Fill a -> fill(s, a.core(), a.thread(), a.page(), a.frame(), g);
            case SpaceAction.Allow a -> allow(s, a.core(), a.thread(), a.page(), g);
            case SpaceAction.Copy a -> copy(s, a.core(), a.thread(), a.page(), a.frame(), g);
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

    /** Action Join. */
    public static boolean join(SpaceState s, int thread, int space, Guard g) {
        if (!(g.holds("Homeless", s.space(thread) == NONE)
                && g.holds("Live", s.life(space) == LIVE))) {
            return false;
        }
        s.space(thread, space);
        return true;
    }

    /** Action Quit. */
    public static boolean quit(SpaceState s, int thread, Guard g) {
        int space = s.space(thread);
        if (!(g.holds("Member", space != NONE)
                && g.holds("Born", !s.unborn(thread))
                && g.holds("NotQueued", !s.queued(thread))
                && g.holds("NotChanger", s.changer(space) != thread)
                && g.holds("NothingLeft", !s.alone(thread) || s.unused(space)))) {
            return false;
        }
        s.space(thread, NONE);
        return true;
    }

    /** Action Load; the space may be NONE. */
    public boolean load(SpaceState s, int core, int space, Guard g) {
        if (!(g.holds("OtherTables", s.root(core) != space)
                && g.holds("Live", space == NONE || s.life(space) == LIVE)
                && g.holds("Lived", space == NONE || !s.deserted(space)))) {
            return false;
        }
        s.root(core, space);
        s.flush(core);
        for (int of = 0; of < at.spaces; of++) {
            s.need(of, core, false);
        }
        return true;
    }

    /** Action Bear. */
    public static boolean bear(SpaceState s, int space, Guard g) {
        if (!g.holds("BearDue", s.bearDue(space))) {
            return false;
        }
        s.life(space, LIVE);
        return true;
    }

    /** Action FreeSpace. */
    public static boolean freeSpace(SpaceState s, int space, Guard g) {
        if (!g.holds("FreeDue", s.freeDue(space))) {
            return false;
        }
        s.life(space, FREE);
        return true;
    }

    // --- system calls

    /** Action Map. */
    public static boolean map(
            SpaceState s, int core, int thread, int lo, int hi, int protection, Guard g) {
        if (!begins(s, core, thread, g)) {
            return false;
        }
        int space = s.space(thread);
        if (!g.holds("MapFits", s.fits(space, lo, hi))) {
            return false;
        }
        use(s, space, lo, hi, protection);
        return true;
    }

    /** Action Unmap. */
    public boolean unmap(SpaceState s, int core, int thread, int lo, int hi, Guard g) {
        if (!begins(s, core, thread, g)) {
            return false;
        }
        int space = s.space(thread);
        boolean filled = false;
        for (int page = lo; page <= hi; page++) {
            filled |= s.frame(space, page) != NONE;
        }
        if (!g.holds("Used", !s.fits(space, lo, hi))) {
            return false;
        }
        use(s, space, lo, hi, NO_RIGHTS);
        if (filled) {
            jobs.begin(s, space, thread, UNMAP, lo, hi);
        }
        return true;
    }

    /** Action Protect. */
    public boolean protect(
            SpaceState s, int core, int thread, int lo, int hi, int protection, Guard g) {
        if (!begins(s, core, thread, g)) {
            return false;
        }
        int space = s.space(thread);
        boolean tooMuch = false;
        for (int page = lo; page <= hi; page++) {
            tooMuch |= SpaceJobs.tooMuch(s, space, page, protection);
        }
        if (!(g.holds("Used", s.used(space, lo, hi))
                && g.holds("Differs", !s.protectedAs(space, lo, hi, protection)))) {
            return false;
        }
        use(s, space, lo, hi, protection);
        if (tooMuch) {
            jobs.begin(s, space, thread, PROTECT, lo, hi);
        }
        return true;
    }

    private static void use(SpaceState s, int space, int lo, int hi, int protection) {
        for (int page = lo; page <= hi; page++) {
            s.area(space, page, protection);
        }
    }

    /** Action Fork; its first thread lives nowhere yet. */
    public boolean fork(SpaceState s, int core, int thread, int first, int into, Guard g) {
        if (!(begins(s, core, thread, g)
                && g.holds("Homeless", s.space(first) == NONE)
                && g.holds("Free", s.life(into) == FREE))) {
            return false;
        }
        int space = s.space(thread);
        s.life(into, MAKING);
        s.space(first, into);
        for (int page = 0; page < at.pages; page++) {
            s.area(into, page, s.area(space, page));
        }
        jobs.begin(s, space, thread, FORK, 0, at.pages - 1);
        s.child(space, into);
        return true;
    }

    /** Action Leave. */
    public boolean leave(SpaceState s, int core, int thread, Guard g) {
        if (!begins(s, core, thread, g)) {
            return false;
        }
        int space = s.space(thread);
        if (!(g.holds("Alone", s.alone(thread)) && g.holds("Used", !s.unused(space)))) {
            return false;
        }
        boolean filled = false;
        for (int page = 0; page < at.pages; page++) {
            filled |= s.frame(space, page) != NONE;
        }
        use(s, space, 0, at.pages - 1, NO_RIGHTS);
        if (filled) {
            jobs.begin(s, space, thread, LEAVE, 0, at.pages - 1);
        }
        return true;
    }

    // --- page faults

    /** Action Fill. */
    public static boolean fill(SpaceState s, int core, int thread, int page, int frame, Guard g) {
        if (!begins(s, core, thread, g)) {
            return false;
        }
        int space = s.space(thread);
        int area = s.area(space, page);
        if (!(g.holds("Used", area != NO_RIGHTS)
                && g.holds("NoFrame", s.frame(space, page) == NONE)
                && g.holds("FrameFree", s.refs(frame) == 0))) {
            return false;
        }
        s.entry(space, page, frame, area);
        s.refer(frame, 1);
        return true;
    }

    /** Action Allow. */
    public static boolean allow(SpaceState s, int core, int thread, int page, Guard g) {
        if (!begins(s, core, thread, g)) {
            return false;
        }
        int space = s.space(thread);
        int frame = s.frame(space, page);
        int area = s.area(space, page);
        if (!(g.holds("HasFrame", frame != NONE)
                && g.holds("Lags", s.hard(space, page) != area)
                && g.holds("WriterAlone", area != WRITE || s.refs(frame) == 1))) {
            return false;
        }
        s.entry(space, page, frame, area);
        return true;
    }

    /** Action Copy. */
    public boolean copy(SpaceState s, int core, int thread, int page, int frame, Guard g) {
        if (!begins(s, core, thread, g)) {
            return false;
        }
        int space = s.space(thread);
        int shared = s.frame(space, page);
        if (!(g.holds("MayWrite", s.area(space, page) == WRITE)
                && g.holds("ReadOnly", s.hard(space, page) == READ)
                && g.holds("Shared", s.refs(shared) > 1)
                && g.holds("FrameFree", s.refs(frame) == 0))) {
            return false;
        }
        s.refer(frame, 1);
        if (jobs.loadedByOthers(s, space, core)) {
            s.dying(space, shared, true);
            jobs.outdated(s, space, page);
            s.entry(space, page, frame, READ);
            jobs.begin(s, space, thread, COPY, page, page);
        } else {
            s.entry(space, page, frame, WRITE);
            s.refer(shared, -1);
            s.flush(core);
        }
        return true;
    }

    // --- what other cores do for a job, and the queue

    /** Action Acknowledge. */
    public static boolean acknowledge(SpaceState s, int core, Guard g) {
        int space = s.root(core);
        if (!g.holds("Asked", space != NONE && s.need(space, core))) {
            return false;
        }
        s.need(space, core, false);
        s.flush(core);
        return true;
    }

    /** Action Release. */
    public static boolean release(SpaceState s, int space, Guard g) {
        if (!g.holds("ReleaseDue", s.releaseDue(space))) {
            return false;
        }
        s.phase(space, FREEING);
        return true;
    }

    /** Action WaitTurn. */
    public static boolean waitTurn(SpaceState s, int core, int thread, Guard g) {
        if (!(mayAct(s, core, thread, g) && g.holds("Busy", s.changer(s.space(thread)) != NONE))) {
            return false;
        }
        s.append(s.space(thread), thread);
        return true;
    }

    /** Action Admit. */
    public static boolean admit(SpaceState s, int space, Guard g) {
        if (!(g.holds("NotBusy", s.changer(space) == NONE)
                && g.holds("SomebodyWaits", s.waitingCount(space) > 0))) {
            return false;
        }
        s.removeFirst(space);
        return true;
    }

    // --- guards

    /** Whether a thread runs on a core and neither has a job nor waits for one's end. */
    private static boolean mayAct(SpaceState s, int core, int thread, Guard g) {
        int space = s.space(thread);
        return g.holds("Member", space != NONE)
                && g.holds("TablesLoaded", s.root(core) == space)
                && g.holds("NotQueued", !s.queued(thread))
                && g.holds("NotChanger", s.changer(space) != thread);
    }

    /** Whether a thread may begin something in its space, which is nobody's job. */
    public static boolean begins(SpaceState s, int core, int thread, Guard g) {
        return mayAct(s, core, thread, g)
                && g.holds("NotBusy", s.changer(s.space(thread)) == NONE)
                && g.holds("AllAdmitted", s.waitingCount(s.space(thread)) == 0);
    }
}
