package norma.conformance.tour;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.IntFunction;
import norma.model.Action;
import norma.model.Guard;
import norma.model.State;
import norma.model.kernel.KernelState;
import org.jspecify.annotations.Nullable;

/** Makes results of what was covered. */
final class Measure {
    private static final String NOT_TAKEN = "not taken by any leg";

    private Measure() {}

    /** Of the composed machine: with its predicates, and with the rules that its traces refute. */
    static Result kernel(Route route, Coverage coverage) {
        ModelGraph<KernelState> graph = route.graph();
        Drivable<?> drivable = route.drivable();
        List<String> refuted = refuted(graph, drivable, coverage);
        BitSet taken = coverage.edges();
        Set<String> all = predicates(graph, drivable.states());
        BitSet visited = (BitSet) coverage.states().clone();
        visited.and(drivable.states());
        Set<String> seen = predicates(graph, visited);
        List<String> missed = new ArrayList<>();
        all.stream().filter(p -> !seen.contains(p)).forEach(p -> missed.add("predicate " + p));
        return result(
                route.name(),
                graph,
                route.asked(),
                taken,
                route::reason,
                new int[] {seen.size(), all.size()},
                missed,
                refuted,
                Result.LEAST_EDGES);
    }

    /** Of a component, by the edges of the composed machine. */
    static <S extends State> Result component(
            String spec, Component<S> component, BitSet drivable, BitSet taken, int least) {
        return result(
                spec,
                component.graph(),
                component.image(drivable),
                component.image(taken),
                component::reason,
                new int[] {0, 0},
                new ArrayList<>(),
                List.of(),
                least);
    }

    /** Of IPC, by the edges of the composed machine. */
    static Result ipc(Route route, BitSet taken) {
        return result(
                route.ipcName(),
                route.ipc().graph(),
                route.ipcAsked(),
                route.ipc().image(taken),
                route::ipcReason,
                new int[] {0, 0},
                new ArrayList<>(),
                List.of(),
                Result.LEAST_EDGES);
    }

    /** Of one lock: nothing of its graph is beyond a single core's system calls and interrupts. */
    static Result lock(String spec, LockCoverage coverage) {
        return whole(
                spec,
                coverage.graph(),
                coverage.edges(),
                coverage.contradiction(),
                Result.LEAST_EDGES);
    }

    /** Of the locks of several cores: nothing of the graph is beyond them. */
    static Result locks(String spec, LockWays ways) {
        return whole(spec, ways.graph(), ways.edges(), ways.contradiction(), Result.LEAST_EDGES);
    }

    /** Of the recorder: no order is told for it, so all of its graph counts as drivable. */
    static Result checkpoints(String spec, CheckpointWays ways) {
        return whole(spec, ways.graph(), ways.edges(), ways.contradiction(), 0);
    }

    /** Of a graph all of whose edges are asked for. */
    private static Result whole(
            String spec,
            ModelGraph<?> graph,
            BitSet taken,
            @Nullable String contradiction,
            int least) {
        BitSet all = new BitSet();
        all.set(0, graph.edges());
        return result(
                spec,
                graph,
                all,
                taken,
                edge -> "",
                new int[] {0, 0},
                new ArrayList<>(),
                contradiction == null ? List.of() : List.of(contradiction),
                least);
    }

    /** Of the composed machine of several cores: of what is asked, and with refuted rules. */
    static Result cores(
            ModelGraph<KernelState> graph,
            Drivable<?> drivable,
            BitSet asked,
            Coverage coverage,
            int least) {
        return result(
                SmallMachines.CORES,
                graph,
                asked,
                coverage.edges(),
                edge -> {
                    String why = drivable.reason(edge);
                    return why == null ? Route.SMALLER : why;
                },
                new int[] {0, 0},
                new ArrayList<>(),
                refuted(graph, drivable, coverage),
                least);
    }

    private static List<String> refuted(
            ModelGraph<KernelState> graph, Drivable<?> drivable, Coverage coverage) {
        List<String> refuted = new ArrayList<>();
        String contradiction = coverage.contradiction();
        if (contradiction != null) {
            refuted.add(contradiction);
        }
        BitSet taken = coverage.edges();
        for (int edge = taken.nextSetBit(0); edge >= 0; edge = taken.nextSetBit(edge + 1)) {
            String rule = drivable.ruledOut(edge);
            if (rule != null) {
                refuted.add("rule " + rule + " is refuted by " + text(graph, edge));
            }
        }
        return refuted;
    }

    private static <S extends State> Result result(
            String spec,
            ModelGraph<S> graph,
            BitSet drivable,
            BitSet taken,
            IntFunction<String> reason,
            int[] predicates,
            List<String> missed,
            List<String> refuted,
            int least) {
        Set<String> wanted = new TreeSet<>();
        Set<String> done = new TreeSet<>();
        Map<String, Integer> excluded = new TreeMap<>();
        int covered = 0;
        List<String> edges = new ArrayList<>();
        for (int edge = 0; edge < graph.edges(); edge++) {
            if (!drivable.get(edge)) {
                excluded.merge(reason.apply(edge), 1, Integer::sum);
                continue;
            }
            wanted.add(graph.kind(edge));
            if (taken.get(edge)) {
                covered++;
                done.add(graph.kind(edge));
            } else {
                edges.add(NOT_TAKEN + ": " + text(graph, edge));
            }
        }
        wanted.stream().filter(a -> !done.contains(a)).forEach(a -> missed.add("action " + a));
        missed.addAll(edges);
        return new Result(
                spec,
                done.size(),
                wanted.size(),
                covered,
                drivable.cardinality(),
                graph.edges(),
                predicates[0],
                predicates[1],
                excluded,
                missed,
                refuted,
                least);
    }

    /**
     * For each action, the conjuncts of its guard that are the first to forbid it in some state.
     */
    private static <S extends State> Set<String> predicates(ModelGraph<S> graph, BitSet states) {
        Set<String> found = new TreeSet<>();
        Guard guard = new Guard();
        for (int at = states.nextSetBit(0); at >= 0; at = states.nextSetBit(at + 1)) {
            S state = graph.state(at);
            for (Action action : graph.model().actions()) {
                guard.begin();
                if (graph.model().step(state, action, guard)) {
                    graph.load(at, state);
                } else {
                    found.add(action.getClass().getSimpleName() + ": not " + guard.failed());
                }
            }
        }
        return found;
    }

    private static <S extends State> String text(ModelGraph<S> graph, int edge) {
        StringBuilder text = new StringBuilder(graph.model().names().label(graph.action(edge)));
        text.append(" from ");
        graph.state(graph.from(edge)).canonical(text, graph.model().names());
        return text.toString().strip();
    }
}
