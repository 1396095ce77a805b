package norma.model.space;

import static norma.model.State.NONE;
import static norma.model.space.SpaceState.COPY;
import static norma.model.space.SpaceState.EXECUTE;
import static norma.model.space.SpaceState.FORK;
import static norma.model.space.SpaceState.FREE;
import static norma.model.space.SpaceState.LEAVE;
import static norma.model.space.SpaceState.LIVE;
import static norma.model.space.SpaceState.MAKING;
import static norma.model.space.SpaceState.NO_JOB;
import static norma.model.space.SpaceState.NO_PHASE;
import static norma.model.space.SpaceState.NO_RIGHTS;
import static norma.model.space.SpaceState.READ;
import static norma.model.space.SpaceState.UNMAP;
import static norma.model.space.SpaceState.WAIT;
import static norma.model.space.SpaceState.WORK;
import static norma.model.space.SpaceState.WRITE;

import java.util.List;
import norma.model.Invariant;

/** The state invariants of {@code AddressSpace.tla}. */
public final class SpaceInvariants {
    private final SpaceLayout at;

    /** Invariants of machines with the given layout. */
    public SpaceInvariants(SpaceLayout layout) {
        at = layout;
    }

    /** All of them. */
    public List<Invariant<SpaceState>> all() {
        return List.of(
                new Invariant<>("RefsExact", "frame", this::refsExact),
                new Invariant<>("TablesExact", "space", this::tablesExact),
                new Invariant<>("FreeUnreachable", "core", this::freeUnreachable),
                new Invariant<>("WriterAlone", "core", this::writerAlone),
                new Invariant<>("OneImage", "core", this::oneImage),
                new Invariant<>("WriteXorExecute", "core", this::writeXorExecute),
                new Invariant<>("StaleAwaited", "core", this::staleAwaited),
                new Invariant<>("GoneWhenReturned", "core", this::goneWhenReturned),
                new Invariant<>("JobExact", "space", this::jobExact),
                new Invariant<>("MakingExact", "space", this::makingExact),
                new Invariant<>("QueueOfMembers", "space", this::queueOfMembers),
                new Invariant<>("NothingLeft", "space", this::nothingLeft));
    }

    private boolean refsExact(SpaceState s, int frame) {
        int references = 0;
        for (int space = 0; space < at.spaces; space++) {
            for (int page = 0; page < at.pages; page++) {
                references += s.frame(space, page) == frame ? 1 : 0;
            }
            references += s.dying(space, frame) ? 1 : 0;
        }
        return s.refs(frame) == references;
    }

    private boolean tablesExact(SpaceState s, int space) {
        for (int page = 0; page < at.pages; page++) {
            boolean filled = s.frame(space, page) != NONE;
            boolean worked = s.phase(space) == WORK && s.span(space, page);
            boolean used = filled || s.area(space, page) != NO_RIGHTS;
            if (filled == (s.hard(space, page) == NO_RIGHTS)
                    || filled && !worked && !allowed(s, space, page, s.hard(space, page))
                    || used && s.life(space) == FREE) {
                return false;
            }
        }
        return true;
    }

    private static boolean allowed(SpaceState s, int space, int page, int rights) {
        int area = s.area(space, page);
        return area != NO_RIGHTS && (rights == READ || rights == area);
    }

    private boolean freeUnreachable(SpaceState s, int core) {
        for (int x = 0; x < at.translations; x++) {
            if (s.cached(core, x) && s.refs(at.frameOf(x)) == 0) {
                return false;
            }
        }
        return true;
    }

    private boolean writerAlone(SpaceState s, int core) {
        for (int x = 0; x < at.translations; x++) {
            if (at.rightsOf(x) == WRITE && s.cached(core, x) && !alone(s, core, x)) {
                return false;
            }
        }
        return true;
    }

    private boolean alone(SpaceState s, int core, int translation) {
        for (int space = 0; space < at.spaces; space++) {
            for (int page = 0; page < at.pages; page++) {
                boolean other = space != s.root(core) || page != at.pageOf(translation);
                if (other
                        && s.life(space) == LIVE
                        && s.frame(space, page) == at.frameOf(translation)) {
                    return false;
                }
            }
        }
        return !cachedElsewhere(s, core, translation);
    }

    /** Whether a translation's frame may be used in another space, or as another page. */
    private boolean cachedElsewhere(SpaceState s, int core, int translation) {
        for (int other = 0; other < at.cores; other++) {
            for (int x = 0; x < at.translations; x++) {
                if (at.frameOf(x) == at.frameOf(translation)
                        && (s.root(other) != s.root(core) || at.pageOf(x) != at.pageOf(translation))
                        && s.cached(other, x)) {
                    return true;
                }
            }
        }
        return false;
    }

    private boolean oneImage(SpaceState s, int core) {
        for (int x = 0; x < at.translations; x++) {
            if (at.rightsOf(x) == WRITE && s.cached(core, x) && otherImage(s, core, x)) {
                return false;
            }
        }
        return true;
    }

    /** Whether a core of the same tables may use another frame for a translation's page. */
    private boolean otherImage(SpaceState s, int core, int translation) {
        for (int other = 0; other < at.cores; other++) {
            for (int x = 0; x < at.translations; x++) {
                if (s.root(other) == s.root(core)
                        && at.pageOf(x) == at.pageOf(translation)
                        && at.frameOf(x) != at.frameOf(translation)
                        && s.cached(other, x)) {
                    return true;
                }
            }
        }
        return false;
    }

    private boolean writeXorExecute(SpaceState s, int core) {
        for (int x = 0; x < at.translations; x++) {
            if (at.rightsOf(x) == WRITE && s.cached(core, x) && executable(s, at.frameOf(x))) {
                return false;
            }
        }
        return true;
    }

    private boolean executable(SpaceState s, int frame) {
        for (int core = 0; core < at.cores; core++) {
            for (int page = 0; page < at.pages; page++) {
                if (s.cached(core, at.translation(page, frame, EXECUTE))) {
                    return true;
                }
            }
        }
        return false;
    }

    private boolean staleAwaited(SpaceState s, int core) {
        boolean stale = false;
        for (int x = 0; x < at.translations; x++) {
            stale |= s.stale(core, x);
        }
        int space = s.root(core);
        return !stale || space != NONE && (s.phase(space) == WORK || s.need(space, core));
    }

    private boolean goneWhenReturned(SpaceState s, int core) {
        int space = s.root(core);
        if (space == NONE || s.changer(space) != NONE) {
            return true;
        }
        for (int x = 0; x < at.translations; x++) {
            if (s.cached(core, x) && !allowed(s, space, at.pageOf(x), at.rightsOf(x))) {
                return false;
            }
        }
        return true;
    }

    private boolean jobExact(SpaceState s, int space) {
        int changer = s.changer(space);
        int job = s.job(space);
        int phase = s.phase(space);
        return (changer == NONE) == (job == NO_JOB)
                && (job == NO_JOB) == (phase == NO_PHASE)
                && (changer == NONE || s.space(changer) == space && !s.waits(space, changer))
                && (phase == WORK || !s.hasSpan(space))
                && needsLoaded(s, space)
                && (!hasDying(s, space) || job == UNMAP || job == LEAVE || job == COPY)
                && (s.child(space) != NONE) == (job == FORK);
    }

    private boolean hasDying(SpaceState s, int space) {
        boolean any = false;
        for (int frame = 0; frame < at.frames; frame++) {
            any |= s.dying(space, frame);
        }
        return any;
    }

    private boolean needsLoaded(SpaceState s, int space) {
        for (int core = 0; core < at.cores; core++) {
            if (s.need(space, core) && (s.root(core) != space || s.phase(space) != WAIT)) {
                return false;
            }
        }
        return true;
    }

    private boolean makingExact(SpaceState s, int space) {
        int makers = 0;
        int members = 0;
        boolean active = s.changer(space) != NONE;
        for (int other = 0; other < at.spaces; other++) {
            makers += s.child(other) == space ? 1 : 0;
        }
        for (int thread = 0; thread < at.threads; thread++) {
            members += s.space(thread) == space ? 1 : 0;
        }
        for (int core = 0; core < at.cores; core++) {
            active |= s.root(core) == space;
        }
        boolean making = s.life(space) == MAKING;
        return makers <= (making ? 1 : 0)
                && (s.life(space) == LIVE || !active && members == (making ? 1 : 0));
    }

    private boolean nothingLeft(SpaceState s, int space) {
        boolean filled = false;
        for (int page = 0; page < at.pages; page++) {
            filled |= s.frame(space, page) != NONE;
        }
        return s.life(space) != LIVE
                || !s.deserted(space)
                || s.unused(space) && !filled && !hasDying(s, space);
    }

    private boolean queueOfMembers(SpaceState s, int space) {
        for (int i = 0; i < s.waitingCount(space); i++) {
            if (s.space(s.waiting(space, i)) != space) {
                return false;
            }
            for (int j = 0; j < i; j++) {
                if (s.waiting(space, j) == s.waiting(space, i)) {
                    return false;
                }
            }
        }
        return true;
    }
}
