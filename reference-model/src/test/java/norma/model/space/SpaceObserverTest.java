package norma.model.space;

import static norma.model.State.NONE;
import static norma.model.space.SpaceState.EXECUTE;
import static norma.model.space.SpaceState.READ;
import static norma.model.space.SpaceState.WRITE;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import norma.model.Elements;
import norma.model.Guard;
import norma.model.Observation;
import norma.model.State;
import org.junit.jupiter.api.Test;

/** What is told of a machine's spaces, and what is asked about them. */
class SpaceObserverTest {
    private static final int CORES = 2;
    private static final int THREADS = 3;
    private static final int SPACES = 2;
    private static final int PAGES = 3;
    private static final int FRAMES = 2;
    private static final SpaceModel.Constants CONSTANTS =
            new SpaceModel.Constants(CORES, THREADS, SPACES, PAGES, FRAMES, 7);
    private static final SpaceModel MODEL = new SpaceModel(CONSTANTS);

    /** The first space is there all the time, so that somebody can always join; others go. */
    private static final SpaceAction LAST = new SpaceAction.FreeSpace(0);

    private static final int STEPS = 20_000;
    private static final int LENGTH = 300;
    private static final int PAIRS = 8_000;

    private final Guard guard = new Guard();

    private static SpaceState initial() {
        return MODEL.initialStates().getFirst();
    }

    private List<SpaceState> walk() {
        List<? extends norma.model.Action> actions =
                MODEL.actions().stream().filter(a -> !a.equals(LAST)).toList();
        Random random = new Random(5);
        List<SpaceState> states = new ArrayList<>();
        SpaceState state = initial();
        while (states.size() < STEPS) {
            guard.begin();
            if (MODEL.step(state, actions.get(random.nextInt(actions.size())), guard)) {
                states.add(state.copy());
                state = states.size() % LENGTH == 0 ? initial() : state;
            }
        }
        return states;
    }

    /** All that can be seen, in the spec's words. */
    private static List<Elements.Element> seen(State state) {
        return Elements.of(state, MODEL.names()).stream()
                .filter(e -> !e.variable().equals("stale"))
                .toList();
    }

    private static void tell(SpaceState to, SpaceState state, Observation seen) {
        SpaceObserver observer = new SpaceObserver(state, CONSTANTS, seen);
        for (int thread = 0; thread < THREADS; thread++) {
            observer.member(thread, to.space(thread));
        }
        for (int frame = 0; frame < FRAMES; frame++) {
            observer.refs(frame, to.refs(frame));
        }
        for (int space = 0; space < SPACES; space++) {
            tell(space, to, observer);
        }
    }

    private static void tell(int of, SpaceState to, SpaceObserver observer) {
        observer.life(of, to.life(of), to.child(of));
        observer.job(
                of, to.changer(of), to.job(of), to.phase(of), to.spanFirst(of), to.spanLast(of));
        long loaded = 0;
        long asked = 0;
        for (int core = 0; core < CORES; core++) {
            loaded |= to.root(core) == of ? 1L << core : 0;
            asked |= to.need(of, core) ? 1L << core : 0;
        }
        observer.cores(of, loaded, asked);
        long dying = 0;
        for (int frame = 0; frame < FRAMES; frame++) {
            dying |= to.dying(of, frame) ? 1L << frame : 0;
        }
        observer.dying(of, dying);
        int[] turns = new int[to.waitingCount(of)];
        for (int i = 0; i < turns.length; i++) {
            turns[i] = to.waiting(of, i);
        }
        observer.turns(of, turns, turns.length);
        for (int page = 0; page < PAGES; page++) {
            observer.page(of, page, to.area(of, page), to.frame(of, page), to.hard(of, page));
        }
    }

    @Test
    void aStateIsMadeWhatIsSeen() {
        List<SpaceState> states = walk();
        Random random = new Random(6);
        Set<String> told = new TreeSet<>();
        for (int i = 0; i < PAIRS; i++) {
            int at = random.nextInt(states.size() - LENGTH);
            SpaceState to = states.get(at);
            SpaceState from = states.get(i % 2 == 0 ? at + random.nextInt(4) : at + LENGTH - 1);
            SpaceState state = from.copy();
            Observation seen = new Observation();
            tell(to, state, seen);
            assertEquals(seen(to), seen(state));
            assertEquals(seen(from).equals(seen(to)), seen.count() == 0);
            seen.differences().forEach(line -> told.add(line.substring(0, line.indexOf('['))));
            Observation again = new Observation();
            tell(to, state, again);
            assertEquals(List.of(), again.differences());
        }
        assertEquals(
                "[area, changer, child, dying, frame, hard, job, life, need, phase, refs, root,"
                        + " space, span, turns]",
                told.toString());
    }

    /** What is told names the object, and both values. */
    @Test
    void aDifferenceNamesBothValues() {
        Observation seen = new Observation();
        SpaceState state = initial();
        SpaceObserver observer = new SpaceObserver(state, CONSTANTS, seen);
        observer.job(0, NONE, 0, 0, 1, 2);
        observer.cores(0, 0b10, 0b01);
        observer.dying(0, 0b10);
        observer.turns(0, new int[] {2, 1}, 2);
        assertEquals(
                List.of(
                        "span[0]: the model 0..-1, seen 1..2",
                        "need[0][0]: the model false, seen true",
                        "root[1]: the model -1, seen 0",
                        "dying[0][1]: the model false, seen true",
                        "turns[0]: the model [], seen [2, 1]"),
                seen.differences());
        seen.begin();
        observer.cores(0, 0, 0b01);
        assertEquals(List.of("root[1]: the model 0, seen not 0"), seen.differences());
    }

    private void does(SpaceState state, SpaceAction action) {
        guard.begin();
        assertTrue(MODEL.step(state, action, guard), action.toString());
    }

    private static String reach(SpaceState state, int page) {
        StringBuilder may = new StringBuilder();
        for (int access = READ; access <= EXECUTE; access++) {
            boolean allowed = SpaceView.mayReach(state, 0, page, access, FRAMES);
            may.append(allowed ? "rwx".charAt(access - READ) : '-');
        }
        return may.toString();
    }

    @Test
    void whatMayBeReached() {
        SpaceState state = initial();
        does(state, new SpaceAction.Join(0, 0));
        does(state, new SpaceAction.Load(1, 0));
        assertEquals("---", reach(state, 0));
        does(state, new SpaceAction.Map(1, 0, 0, 0, WRITE));
        does(state, new SpaceAction.Map(1, 0, 1, 1, READ));
        does(state, new SpaceAction.Map(1, 0, 2, 2, EXECUTE));
        assertEquals(
                "rw- r-- r-x", reach(state, 0) + " " + reach(state, 1) + " " + reach(state, 2));
        does(state, new SpaceAction.Fill(1, 0, 0, 1));
        assertEquals("rw- r--", reach(state, 0) + " " + reach(state, 1));
        does(state, new SpaceAction.Fill(1, 0, 2, 0));
        assertEquals(
                "rw- --- r-x", reach(state, 0) + " " + reach(state, 1) + " " + reach(state, 2));
        // Whose job is under way says nothing about memory.
        does(state, new SpaceAction.Protect(1, 0, 0, 0, READ));
        assertEquals("---", reach(state, 1));
    }

    @Test
    void whatCoresMayUse() {
        SpaceState state = initial();
        SpaceReach reach = new SpaceReach(state, CONSTANTS);
        does(state, new SpaceAction.Join(0, 0));
        does(state, new SpaceAction.Load(1, 0));
        assertEquals(NONE, reach.loaded(0));
        assertEquals(0, reach.loaded(1));
        does(state, new SpaceAction.Map(1, 0, 0, 0, WRITE));
        assertFalse(reach.mayUse(1, 0, 1, WRITE));
        does(state, new SpaceAction.Fill(1, 0, 0, 1));
        assertTrue(reach.mayUse(1, 0, 1, WRITE));
        assertFalse(reach.mayUse(1, 0, 0, WRITE));
        assertFalse(reach.mayUse(0, 0, 1, WRITE));
        does(state, new SpaceAction.Unmap(1, 0, 0, 0));
        does(state, new SpaceAction.Clear(1, 0, 0));
        assertTrue(reach.mayUse(1, 0, 1, WRITE), "until it flushes");
        does(state, new SpaceAction.Shoot(1, 0));
        assertFalse(reach.mayUse(1, 0, 1, WRITE));
    }

    @Test
    void whatIsInTheTable() {
        SpaceState state = initial();
        does(state, new SpaceAction.Join(0, 0));
        does(state, new SpaceAction.Load(0, 0));
        does(state, new SpaceAction.Load(1, 0));
        does(state, new SpaceAction.Map(1, 0, 1, 2, WRITE));
        does(state, new SpaceAction.Fill(1, 0, 1, 1));
        assertEquals(WRITE, SpaceView.area(state, 0, 2));
        assertEquals(NONE, SpaceView.frame(state, 0, 2));
        assertEquals(1, SpaceView.frame(state, 0, 1));
        assertEquals(WRITE, SpaceView.hard(state, 0, 1));
        assertEquals(1, SpaceView.refs(state, 1));
        assertEquals(0, SpaceView.refs(state, 0));
        does(state, new SpaceAction.Protect(1, 0, 1, 1, READ));
        does(state, new SpaceAction.Tighten(1, 0, 1));
        assertEquals(0, SpaceView.missing(state, 0, CORES));
        does(state, new SpaceAction.Shoot(1, 0));
        assertEquals(1, SpaceView.missing(state, 0, CORES));
        does(state, new SpaceAction.Acknowledge(0));
        assertEquals(0, SpaceView.missing(state, 0, CORES));
        does(state, new SpaceAction.Release(0, 0));
        does(state, new SpaceAction.Finish(1, 0));
        does(state, new SpaceAction.Fill(1, 0, 2, 0));
        does(state, new SpaceAction.Unmap(1, 0, 2, 2));
        does(state, new SpaceAction.Clear(1, 0, 2));
        assertEquals(0, SpaceView.missing(state, 0, CORES), "a frame on its way out is no core");
        state.need(1, 0, true);
        assertEquals(0, SpaceView.missing(state, 0, CORES), "nor is one of another space");
        assertEquals(1, SpaceView.missing(state, 1, CORES));
    }

    /** Who writes needs a frame of its own, which there may be none for. */
    @Test
    void whatIsSharedMayBeRead() {
        SpaceState state = initial();
        does(state, new SpaceAction.Join(0, 0));
        does(state, new SpaceAction.Load(1, 0));
        does(state, new SpaceAction.Map(1, 0, 0, 1, WRITE));
        does(state, new SpaceAction.Fill(1, 0, 0, 0));
        does(state, new SpaceAction.Fill(1, 0, 1, 1));
        assertEquals("rw-", reach(state, 0));
        state.refer(0, 1);
        assertEquals("r-- rw-", reach(state, 0) + " " + reach(state, 1));
        state.refer(1, -1);
        assertEquals("rw-", reach(state, 0), "a frame for a copy");
    }
}
