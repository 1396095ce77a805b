package norma.conformance.tour;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import norma.abi.Limits;
import norma.model.Guard;
import norma.model.kernel.KernelAction;
import norma.model.kernel.KernelConstants;
import norma.model.kernel.KernelModel;
import norma.model.kernel.KernelState;
import norma.model.space.SpaceModel;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Large machines as small ones. */
class ProjectionTest {
    private static final int THREADS = 6;
    private static final int TAGS = 3;

    private final KernelConstants small = new SmallMachines(Path.of("..")).kernel();

    private static KernelConstants large() {
        return new KernelConstants(
                1, THREADS, 2, TAGS, 1, 8, 8, 8, true, 1, false, false, false, 0);
    }

    @Test
    void aSmallMachineIsItself() {
        ModelGraph<KernelState> graph = new ModelGraph<>(new KernelModel(small));
        Projection projection = new Projection(small);
        for (int state = 0; state < graph.states(); state++) {
            KernelState projected =
                    projection.of(graph.state(state), small.threads(), small.tags());
            assertEquals(state, projected == null ? -1 : graph.find(projected));
        }
    }

    /** The kernel has more spaces than a small machine: they must be free. */
    @Test
    void whatHasSpacesIsItselfAmongMore() {
        KernelConstants two = new SmallMachines(Path.of("..")).kernel(SmallMachines.PROCESSES);
        ModelGraph<KernelState> graph = new ModelGraph<>(new KernelModel(two));
        KernelConstants more = withSpaces(two, Limits.SPACES);
        KernelModel model = new KernelModel(more);
        Projection projection = new Projection(two);
        List<KernelAction> actions =
                model.actions().stream()
                        .filter(a -> !(a instanceof KernelAction.Fork f && f.space() >= 2))
                        .toList();
        KernelState state = model.initial();
        Random random = new Random(1);
        Guard guard = new Guard();
        int at = 0;
        Set<Class<?>> kinds = new HashSet<>();
        for (int i = 0; i < 400_000; i++) {
            if (i % 4_000 == 0) {
                state = model.initial();
                at = 0;
            }
            KernelAction action = actions.get(random.nextInt(actions.size()));
            guard.begin();
            if (model.step(state, action, guard)) {
                KernelState projected = projection.of(state, two.threads(), two.tags());
                int to = projected == null ? ModelGraph.NONE : graph.find(projected);
                int edge = graph.edge(at, action);
                assertTrue(edge != ModelGraph.NONE, action::toString);
                assertEquals(to, graph.to(edge), action::toString);
                at = to;
                kinds.add(action.getClass());
            }
        }
        assertTrue(kinds.contains(KernelAction.Share.class), kinds.toString());
        assertTrue(kinds.contains(KernelAction.FreeSpace.class), kinds.toString());
    }

    @Test
    void whoLivesInAnotherSpaceIsOutside() {
        KernelConstants two = new SmallMachines(Path.of("..")).kernel(SmallMachines.PROCESSES);
        KernelModel model = new KernelModel(withSpaces(two, Limits.SPACES));
        KernelState state = model.initial();
        Projection projection = new Projection(two);
        Guard guard = new Guard();
        guard.begin();
        assertNotNull(projection.of(state, two.threads(), two.tags()));
        KernelAction.Fork fork = new KernelAction.Fork(0, 1, Limits.SPACES - 1);
        assertTrue(model.step(state, fork, guard));
        assertNull(projection.of(state, two.threads(), two.tags()));
    }

    private static KernelConstants withSpaces(KernelConstants c, int spaces) {
        SpaceModel.Constants s = c.spaces();
        return new KernelConstants(
                c.cores(),
                c.threads(),
                c.channels(),
                c.tags(),
                c.payloads(),
                c.priorities(),
                c.incarnations(),
                c.generations(),
                c.timeouts(),
                c.tickets(),
                c.channelLocks(),
                c.coreLocks(),
                c.threadLocks(),
                c.firstPriority(),
                new SpaceModel.Constants(
                        s.cores(), s.threads(), spaces, s.pages(), s.frames(), s.protections()),
                c.spaceLocks());
    }

    /** Every step of the large machine between two projected states is a step, or no change. */
    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6})
    void stepsAreSteps(long seed) {
        ModelGraph<KernelState> graph = new ModelGraph<>(new KernelModel(small));
        Projection projection = new Projection(small);
        KernelModel model = new KernelModel(large());
        KernelState state = model.initial();
        List<KernelAction> actions =
                model.actions().stream().filter(a -> inside(a, small)).toList();
        Random random = new Random(seed);
        Guard guard = new Guard();
        int at = 0;
        int steps = 0;
        for (int i = 0; i < 60_000; i++) {
            KernelAction action = actions.get(random.nextInt(actions.size()));
            guard.begin();
            KernelState before = state.copy();
            if (!model.step(state, action, guard)) {
                continue;
            }
            KernelState projected = projection.of(state, THREADS, TAGS);
            int to = projected == null ? ModelGraph.NONE : graph.find(projected);
            if (to == ModelGraph.NONE) {
                // Further tags, older incarnations: outside. The walk stays inside.
                state.copyFrom(before);
                continue;
            }
            int edge = graph.edge(at, action);
            assertTrue(
                    edge != ModelGraph.NONE, () -> action + " is no action of the small machine");
            assertEquals(to, graph.to(edge), () -> action.toString());
            at = to;
            steps++;
        }
        assertTrue(steps > 300, "the walk got " + steps + " steps far");
    }

    private static boolean inside(KernelAction action, KernelConstants small) {
        return switch (action) {
            case KernelAction.Call a -> a.channel() < small.channels() && !a.timed();
            case KernelAction.Reply a -> a.tag() < small.tags() && a.channel() < small.channels();
            case KernelAction.Receive a -> a.channel() < small.channels();
            case KernelAction.Restart a -> a.channel() < small.channels();
            case KernelAction.Spawn a ->
                    a.thread() < small.threads()
                            && a.priority() < small.priorities()
                            && a.channel() < small.channels();
            case KernelAction.Cancel a -> a.peer() < small.threads();
            default -> true;
        };
    }

    @Test
    void whoTakesPartMakesItNoSmallMachine() {
        KernelModel model = new KernelModel(large());
        Projection projection = new Projection(small);
        Guard guard = new Guard();
        KernelState state = model.initial();
        assertNotNull(projection.of(state, THREADS, TAGS));
        assertTrue(model.step(state, new KernelAction.Spawn(0, 3, 0, -1), guard));
        assertNull(projection.of(state, THREADS, TAGS), "thread 3 is woken");
        assertTrue(model.step(state, new KernelAction.Enqueue(0, 3, 0), guard));
        assertTrue(model.step(state, new KernelAction.Resume(0), guard));
        assertNull(projection.of(state, THREADS, TAGS), "thread 3 is ready");
        assertTrue(model.step(state, new KernelAction.Sleep(0), guard));
        assertTrue(model.step(state, new KernelAction.Dispatch(0, 3), guard));
        assertNull(projection.of(state, THREADS, TAGS), "thread 3 runs");
        KernelState calls = state.copy();
        assertTrue(model.step(state, new KernelAction.Sleep(0), guard));
        assertNotNull(projection.of(state, THREADS, TAGS), "thread 3 sleeps");
        assertTrue(model.step(calls, new KernelAction.Call(0, 0, 0, false), guard));
        assertNull(projection.of(calls, THREADS, TAGS), "thread 3 calls channel 0");
    }
}
