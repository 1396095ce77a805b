package norma.model.space;

import static norma.model.State.NONE;
import static norma.model.space.SpaceState.NO_RIGHTS;
import static norma.model.space.SpaceState.READ;
import static norma.model.space.SpaceState.WRITE;

/** What a check of a machine reads of its address spaces; no part of the model's steps. */
public final class SpaceView {
    private SpaceView() {}

    /** What the process may do with a page: 0 none, 1 read, 2 write, 3 execute. */
    public static int area(SpaceState s, int of, int page) {
        return s.area(of, page);
    }

    /** What the table allows. */
    public static int hard(SpaceState s, int of, int page) {
        return s.hard(of, page);
    }

    /** A page's frame in the table, or NONE. */
    public static int frame(SpaceState s, int of, int page) {
        return s.frame(of, page);
    }

    /** Number of references to a frame. */
    public static int refs(SpaceState s, int frame) {
        return s.refs(frame);
    }

    /** Number of cores that have not flushed yet since a space's changer asked them. */
    public static int missing(SpaceState s, int of, int cores) {
        int missing = 0;
        for (int core = 0; core < cores; core++) {
            missing += s.need(of, core) ? 1 : 0;
        }
        return missing;
    }

    /**
     * Whether an access can be given to a process, at once or after a page fault: it may have it,
     * and there is a frame, its own if it writes, or one is free.
     */
    public static boolean mayReach(SpaceState s, int of, int page, int access, int frames) {
        int area = s.area(of, page);
        boolean allowed = area != NO_RIGHTS && (access == READ || access == area);
        int own = s.frame(of, page);
        boolean room = own != NONE && (access != WRITE || s.refs(own) == 1);
        for (int frame = 0; frame < frames; frame++) {
            room |= s.refs(frame) == 0;
        }
        return allowed && room;
    }

    /**
     * Makes {@code small} the first spaces of a machine that has more, and is otherwise of the same
     * constants; false if one of the others is not free.
     */
    public static boolean first(
            SpaceState all, int spaces, SpaceState small, SpaceModel.Constants constants) {
        for (int of = constants.spaces(); of < spaces; of++) {
            if (all.life(of) != SpaceState.FREE) {
                return false;
            }
        }
        for (int thread = 0; thread < constants.threads(); thread++) {
            small.space(thread, all.space(thread));
        }
        for (int frame = 0; frame < constants.frames(); frame++) {
            small.refer(frame, all.refs(frame) - small.refs(frame));
        }
        for (int of = 0; of < constants.spaces(); of++) {
            copy(all, small, of, constants);
        }
        for (int core = 0; core < constants.cores(); core++) {
            small.root(core, all.root(core));
            small.flush(core);
            for (int translation = 0;
                    translation < constants.frames() * constants.pages() * SpaceLayout.RIGHTS;
                    translation++) {
                if (all.stale(core, translation)) {
                    small.outdated(core, translation);
                }
            }
        }
        return true;
    }

    private static void copy(SpaceState all, SpaceState small, int of, SpaceModel.Constants c) {
        small.life(of, all.life(of));
        small.changer(of, all.changer(of));
        small.job(of, all.job(of));
        small.phase(of, all.phase(of));
        small.span(of, all.spanFirst(of), all.spanLast(of));
        small.child(of, all.child(of));
        for (int page = 0; page < c.pages(); page++) {
            small.area(of, page, all.area(of, page));
            small.entry(of, page, all.frame(of, page), all.hard(of, page));
        }
        for (int core = 0; core < c.cores(); core++) {
            small.need(of, core, all.need(of, core));
        }
        for (int frame = 0; frame < c.frames(); frame++) {
            small.dying(of, frame, all.dying(of, frame));
        }
        while (small.waitingCount(of) > 0) {
            small.removeFirst(of);
        }
        for (int i = 0; i < all.waitingCount(of); i++) {
            small.append(of, all.waiting(of, i));
        }
    }
}
