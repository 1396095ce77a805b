package norma.conformance.tour;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import norma.model.Action;
import norma.model.kernel.KernelAction;
import norma.model.kernel.KernelConstants;
import norma.model.kernel.KernelModel;
import norma.model.kernel.KernelState;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** A rule that a run breaks is noticed, in the phase that the run is in. */
class PhasesTest {
    private final KernelConstants constants = new SmallMachines(Path.of("..")).kernelForCores();
    private final ModelGraph<KernelState> graph = new ModelGraph<>(new KernelModel(constants));
    private final CoresDiscipline right = new CoresDiscipline(constants);

    /** The kernel's order with one rule more, which is wrong: no timer ever interrupts. */
    private final Order<KernelState> strict =
            new Order<>() {
                @Override
                public int begins() {
                    return right.begins();
                }

                @Override
                public @Nullable String refuses(KernelState s, Action action, int phase) {
                    return action instanceof KernelAction.Tick
                            ? "never-ticks"
                            : right.refuses(s, action, phase);
                }

                @Override
                public int[] phases(int phase, Action action, KernelState to) {
                    return right.phases(phase, action, to);
                }
            };

    private int edge(int state, Action action) {
        int edge = graph.edge(state, action);
        assertTrue(edge != ModelGraph.NONE, action.toString());
        return edge;
    }

    @Test
    void aRuleThatIsTooStrictIsRefuted() {
        int tick = edge(0, new KernelAction.Tick(0));
        Phases<KernelState> phases = new Phases<>(graph, new Drivable<>(graph, right));
        assertTrue(phases.take(Phases.BEGINNING, tick) != Phases.REFUTED);
        Drivable<KernelState, ?> less = new Drivable<>(graph, strict);
        phases = new Phases<>(graph, less);
        assertEquals(Phases.REFUTED, phases.take(Phases.BEGINNING, tick));
        String text = phases.refuted(Phases.BEGINNING, tick);
        assertTrue(text.startsWith("rule never-ticks is refuted by Tick(c1) from"), text);
        assertEquals("never-ticks", less.ruledOut(tick));
    }

    @Test
    void whatIsDrivableInAnotherPhaseOnlyIsRefuted() {
        Drivable<KernelState, ?> drivable = new Drivable<>(graph, right);
        Phases<KernelState> phases = new Phases<>(graph, drivable);
        int refuted = 0;
        for (int pair = 0; pair < drivable.pairs(); pair++) {
            int state = drivable.state(pair);
            KernelState from = graph.copy(state);
            for (int edge = graph.first(state); edge < graph.first(state + 1); edge++) {
                boolean refuses =
                        right.refuses(from, graph.action(edge), drivable.phase(pair)) != null;
                int next = phases.take(phases.only(drivable.phase(pair)), edge);
                assertEquals(refuses, next == Phases.REFUTED);
                refuted += refuses && drivable.edges().get(edge) ? 1 : 0;
            }
        }
        assertTrue(refuted > 1_000, "edges that are drivable, but not there: " + refuted);
    }
}
