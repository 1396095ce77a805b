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
}
