package norma.model.space;

import static norma.model.State.NONE;

import java.util.Arrays;
import norma.model.Observation;

/**
 * Puts what is seen of a machine's address spaces and memory into a state; see {@link Observation}.
 *
 * <p>What cores may have kept of older tables, a ghost, cannot be seen: it stays as it is.
 */
public final class SpaceObserver {
    private final SpaceState state;
    private final SpaceLayout at;
    private final Observation seen;

    /** An observer that writes to {@code state}, a machine's with the given constants. */
    public SpaceObserver(SpaceState state, SpaceModel.Constants constants, Observation seen) {
        this.state = state;
        at = new SpaceLayout(constants);
        this.seen = seen;
    }

    /** Space that a thread lives in, or NONE. */
    public void member(int thread, int space) {
        if (seen.differs("space", thread, state.space(thread), space)) {
            state.space(thread, space);
        }
    }

    /**
     * Whether a space is free, in the making, or lived in; the space that its job makes, or NONE.
     */
    public void life(int of, int life, int child) {
        if (seen.differs("life", of, state.life(of), life)) {
            state.life(of, life);
        }
        if (seen.differs("child", of, state.child(of), child)) {
            state.child(of, child);
        }
    }

    /** A space's job, and the pages that it works on: the empty span is 0 and NONE. */
    public void job(int of, int changer, int job, int phase, int first, int last) {
        if (seen.differs("changer", of, state.changer(of), changer)) {
            state.changer(of, changer);
        }
        if (seen.differs("job", of, state.job(of), job)) {
            state.job(of, job);
        }
        if (seen.differs("phase", of, state.phase(of), phase)) {
            state.phase(of, phase);
        }
        if (state.spanFirst(of) != first || state.spanLast(of) != last) {
            seen.note(
                    "span",
                    of,
                    state.spanFirst(of) + ".." + state.spanLast(of),
                    first + ".." + last);
            state.span(of, first, last);
        }
    }

    /** Cores that have a space's tables loaded, and of these, who has been asked to flush. */
    public void cores(int of, long loaded, long asked) {
        for (int core = 0; core < at.cores; core++) {
            boolean here = (loaded >>> core & 1) != 0;
            if ((state.root(core) == of) != here) {
                seen.note("root", core, "" + state.root(core), here ? "" + of : "not " + of);
                state.root(core, here ? of : NONE);
            }
            boolean need = (asked >>> core & 1) != 0;
            if (state.need(of, core) != need) {
                seen.note("need[" + of + "]", core, "" + state.need(of, core), "" + need);
                state.need(of, core, need);
            }
        }
    }

    /** Frames that a space's job has taken out of the table, a bit each. */
    public void dying(int of, long frames) {
        for (int frame = 0; frame < at.frames; frame++) {
            boolean dying = (frames >>> frame & 1) != 0;
            if (state.dying(of, frame) != dying) {
                seen.note("dying[" + of + "]", frame, "" + state.dying(of, frame), "" + dying);
                state.dying(of, frame, dying);
            }
        }
    }

    /** The threads that wait for the end of a space's job, oldest first. */
    public void turns(int of, int[] threads, int count) {
        int list = at.turnsOf(of);
        boolean same = state.waitingCount(of) == count;
        for (int i = 0; same && i < count; i++) {
            same = state.waiting(of, i) == threads[i];
        }
        if (!same) {
            seen.note(
                    "turns",
                    of,
                    state.listText(list),
                    Arrays.toString(Arrays.copyOf(threads, count)));
            while (state.waitingCount(of) > 0) {
                state.removeFirst(of);
            }
            for (int i = 0; i < count; i++) {
                state.append(of, threads[i]);
            }
        }
    }

    /** A page: what the process may do, the frame in the table or NONE, what the table allows. */
    public void page(int of, int page, int area, int frame, int hard) {
        if (seen.differs("area[" + of + "]", page, state.area(of, page), area)) {
            state.area(of, page, area);
        }
        boolean moved = seen.differs("frame[" + of + "]", page, state.frame(of, page), frame);
        if (seen.differs("hard[" + of + "]", page, state.hard(of, page), hard) || moved) {
            state.entry(of, page, frame, hard);
        }
    }

    /** Number of references to a frame. */
    public void refs(int frame, int count) {
        if (seen.differs("refs", frame, state.refs(frame), count)) {
            state.refer(frame, count - state.refs(frame));
        }
    }
}
