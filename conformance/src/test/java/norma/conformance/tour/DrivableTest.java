package norma.conformance.tour;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.BitSet;
import java.util.List;
import norma.conformance.scenario.Script;
import norma.conformance.tour.Moves.Move;
import norma.conformance.tour.Moves.Pace;
import norma.model.kernel.KernelConstants;
import norma.model.kernel.KernelModel;
import norma.model.kernel.KernelState;
import norma.model.sched.SchedState;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The graphs at the manifest's smallest constants, and what of them can be asked for. */
class DrivableTest {
    private static SmallMachines machines;
    private static ModelGraph<KernelState> graph;
    private static Drivable<KernelState, Discipline> drivable;

    @BeforeAll
    static void explore() {
        machines = new SmallMachines(Path.of(".."));
        KernelConstants constants = machines.kernel();
        graph = new ModelGraph<>(new KernelModel(constants));
        drivable = new Drivable<>(graph, new Discipline(constants));
    }

    @Test
    void theGraphsAreTheManifests() {
        assertEquals(List.of(48_504, 106_992), List.of(graph.states(), graph.edges()));
        ModelGraph<?> ipc = new ModelGraph<>(machines.ipc());
        assertEquals(List.of(1_730, 5_732), List.of(ipc.states(), ipc.edges()));
        ModelGraph<?> scheduler = new ModelGraph<>(machines.scheduler());
        assertEquals(List.of(6_880, 23_808), List.of(scheduler.states(), scheduler.edges()));
    }

    @Test
    void everyEdgeIsDrivableOrHasAReason() {
        int excluded = drivable.excluded().values().stream().mapToInt(Integer::intValue).sum();
        assertEquals(graph.edges(), drivable.edges().cardinality() + excluded);
        // Pinned: a rule that excludes more is a change of what is promised.
        assertEquals(55_520, drivable.edges().cardinality());
        assertEquals(
                List.of(
                        "deadlines-at-tick-in-order",
                        "faulted-ends-first",
                        "grant-first",
                        "incarnation-wraps",
                        "inherit-first",
                        "state-not-reached",
                        "victims-first"),
                drivable.excluded().keySet().stream().toList());
    }

    @Test
    void nothingThatAUserThreadCanDoIsExcluded() {
        for (int state : drivable.states().stream().toArray()) {
            if (graph.state(state).sched().mode(0) != SchedState.KERNEL) {
                for (int edge = graph.first(state); edge < graph.first(state + 1); edge++) {
                    String why = drivable.reason(edge);
                    assertTrue(why == null || why.equals("incarnation-wraps"), why);
                }
            }
        }
    }

    @Test
    void movesTakeEveryDrivableEdgeAndNoOther() {
        BitSet taken = new BitSet();
        for (Pace pace : Pace.values()) {
            Moves moves = new Moves(graph, drivable, pace, machines.kernel().threads());
            for (int state : drivable.states().stream().toArray()) {
                if (graph.state(state).sched().mode(0) != SchedState.KERNEL) {
                    moves.from(state).forEach(move -> move.edges().forEach(taken::set));
                }
            }
        }
        taken.xor(drivable.edges());
        assertEquals(0, taken.cardinality());
    }

    @Test
    void componentsSeeStepsOfTheirOwnGraphs() {
        Component<?> ipc = Component.ipc(graph, machines.ipc());
        assertEquals(3_738, ipc.image(drivable.edges()).cardinality());
        Component<?> scheduler = Component.scheduler(graph, machines.scheduler());
        BitSet image = scheduler.image(drivable.edges());
        assertFalse(image.isEmpty());
        BitSet nothing = ipc.image(new BitSet());
        assertTrue(nothing.isEmpty());
        BitSet kinds = new BitSet();
        for (int edge : ipc.image(drivable.edges()).stream().toArray()) {
            kinds.set(ipc.graph().kind(edge).hashCode() & 0xffff);
        }
        // All thirteen but Donate, which takes two channels, and TimeOut, which takes timed calls.
        assertEquals(11, kinds.cardinality());
    }

    @Test
    void legsBecomeAScript() {
        for (Pace pace : Pace.values()) {
            Moves moves = new Moves(graph, drivable, pace, machines.kernel().threads());
            Planner planner = new Planner(moves, graph.states(), (BitSet) drivable.edges().clone());
            TourScript text = new TourScript(graph, machines.kernel(), pace, 1, 0);
            int operations = 0;
            for (int i = 0; i < 50; i++) {
                List<Move> leg = planner.leg(0, 25);
                operations += (int) leg.stream().filter(move -> move.thread() >= 0).count();
                text.add(leg);
            }
            Script script = text.script(false);
            int legs = 0;
            int at = 0;
            while (at < script.tour().size()) {
                at += 1 + (int) script.tour().get(at)[0];
                legs++;
            }
            assertEquals(List.of(50, script.tour().size()), List.of(legs, at));
            // A thread whose slice is to be over spins before its call.
            assertTrue(script.tour().size() - 50 >= operations);
        }
    }
}
