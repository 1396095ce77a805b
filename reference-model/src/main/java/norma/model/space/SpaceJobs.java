package norma.model.space;

import static norma.model.State.NONE;
import static norma.model.space.SpaceState.FORK;
import static norma.model.space.SpaceState.FREEING;
import static norma.model.space.SpaceState.LEAVE;
import static norma.model.space.SpaceState.NO_JOB;
import static norma.model.space.SpaceState.NO_PHASE;
import static norma.model.space.SpaceState.NO_RIGHTS;
import static norma.model.space.SpaceState.PROTECT;
import static norma.model.space.SpaceState.READ;
import static norma.model.space.SpaceState.UNMAP;
import static norma.model.space.SpaceState.WAIT;
import static norma.model.space.SpaceState.WORK;
import static norma.model.space.SpaceState.WRITE;

import norma.model.Guard;

/** What takes rights away: a space's job, page by page, until all have flushed. */
public final class SpaceJobs {
    private final SpaceLayout at;

    SpaceJobs(SpaceLayout layout) {
        at = layout;
    }

    /** A thread begins a job on pages. */
    void begin(SpaceState s, int space, int thread, int job, int lo, int hi) {
        s.changer(space, thread);
        s.job(space, job);
        s.phase(space, WORK);
        s.span(space, lo, hi);
    }

    /** Whether a page's entry has rights that a protection does not give. */
    static boolean tooMuch(SpaceState s, int space, int page, int protection) {
        int rights = s.hard(space, page);
        return s.frame(space, page) != NONE && rights != READ && rights != protection;
    }

    /** Action Clear. */
    public boolean clear(SpaceState s, int core, int thread, int page, Guard g) {
        if (!works(s, core, thread, WORK, g)) {
            return false;
        }
        int space = s.space(thread);
        if (!(g.holds("Unmaps", s.job(space) == UNMAP || s.job(space) == LEAVE)
                && g.holds("InSpan", s.span(space, page))
                && g.holds("HasFrame", s.frame(space, page) != NONE))) {
            return false;
        }
        outdated(s, space, page);
        s.dying(space, s.frame(space, page), true);
        s.entry(space, page, NONE, NO_RIGHTS);
        return true;
    }

    /** Action Tighten. */
    public boolean tighten(SpaceState s, int core, int thread, int page, Guard g) {
        if (!works(s, core, thread, WORK, g)) {
            return false;
        }
        int space = s.space(thread);
        if (!(g.holds("Protects", s.job(space) == PROTECT)
                && g.holds("InSpan", s.span(space, page))
                && g.holds("TooMuch", tooMuch(s, space, page, s.area(space, page))))) {
            return false;
        }
        outdated(s, space, page);
        s.entry(space, page, s.frame(space, page), READ);
        return true;
    }

    /** Action Share. */
    public boolean share(SpaceState s, int core, int thread, int page, Guard g) {
        if (!works(s, core, thread, WORK, g)) {
            return false;
        }
        int space = s.space(thread);
        if (!(g.holds("Forks", s.job(space) == FORK)
                && g.holds("Unshared", unshared(s, space, page)))) {
            return false;
        }
        int frame = s.frame(space, page);
        int rights = s.hard(space, page);
        if (rights == WRITE) {
            outdated(s, space, page);
            rights = READ;
        }
        s.entry(space, page, frame, rights);
        s.entry(s.child(space), page, frame, rights);
        s.refer(frame, 1);
        return true;
    }

    /** Action Shoot. */
    public boolean shoot(SpaceState s, int core, int thread, Guard g) {
        if (!works(s, core, thread, WORK, g)) {
            return false;
        }
        int space = s.space(thread);
        if (!g.holds("WorkDone", !workLeft(s, space))) {
            return false;
        }
        s.flush(core);
        for (int other = 0; other < at.cores; other++) {
            s.need(space, other, other != core && s.root(other) == space);
        }
        s.phase(space, loadedByOthers(s, space, core) ? WAIT : FREEING);
        s.noSpan(space);
        return true;
    }

    /** Action FreeFrame. */
    public boolean freeFrame(SpaceState s, int core, int thread, int frame, Guard g) {
        if (!(works(s, core, thread, FREEING, g)
                && g.holds("Dying", s.dying(s.space(thread), frame)))) {
            return false;
        }
        s.dying(s.space(thread), frame, false);
        s.refer(frame, -1);
        return true;
    }

    /** Action Finish. */
    public boolean finish(SpaceState s, int core, int thread, Guard g) {
        if (!works(s, core, thread, FREEING, g)) {
            return false;
        }
        int space = s.space(thread);
        boolean freed = true;
        for (int frame = 0; frame < at.frames; frame++) {
            freed &= !s.dying(space, frame);
        }
        if (!g.holds("AllFreed", freed)) {
            return false;
        }
        s.changer(space, NONE);
        s.job(space, NO_JOB);
        s.phase(space, NO_PHASE);
        s.child(space, NONE);
        return true;
    }

    /** A page's entry is about to lose rights: who has it loaded may go on using it. */
    void outdated(SpaceState s, int space, int page) {
        int translation = at.translation(page, s.frame(space, page), s.hard(space, page));
        for (int core = 0; core < at.cores; core++) {
            if (s.root(core) == space) {
                s.outdated(core, translation);
            }
        }
    }

    /** Whether a core other than the given one has a space's tables loaded. */
    public boolean loadedByOthers(SpaceState s, int space, int core) {
        for (int other = 0; other < at.cores; other++) {
            if (other != core && s.root(other) == space) {
                return true;
            }
        }
        return false;
    }

    private boolean workLeft(SpaceState s, int space) {
        for (int page = s.spanFirst(space); page <= s.spanLast(space); page++) {
            if (isLeft(s, space, page)) {
                return true;
            }
        }
        return false;
    }

    private static boolean isLeft(SpaceState s, int space, int page) {
        return switch (s.job(space)) {
            case UNMAP, LEAVE -> s.frame(space, page) != NONE;
            case PROTECT -> tooMuch(s, space, page, s.area(space, page));
            case FORK -> unshared(s, space, page);
            default -> false;
        };
    }

    private static boolean unshared(SpaceState s, int space, int page) {
        return s.span(space, page)
                && s.frame(space, page) != NONE
                && s.frame(s.child(space), page) == NONE;
    }

    private static boolean works(SpaceState s, int core, int thread, int phase, Guard g) {
        int space = s.space(thread);
        return g.holds("Member", space != NONE)
                && g.holds("TablesLoaded", s.root(core) == space)
                && g.holds("Changer", s.changer(space) == thread)
                && g.holds("Phase", s.phase(space) == phase);
    }
}
