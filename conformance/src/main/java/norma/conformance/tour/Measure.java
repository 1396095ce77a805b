package norma.conformance.tour;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.IntFunction;
import norma.model.State;
import norma.model.checkpoint.CheckpointState;
import norma.model.kernel.KernelState;

/** Makes results of what was covered. */
final class Measure {
    private static final String NOT_TAKEN = "not taken by any leg";
    private static final String UNDRIVABLE = "in no state that can be driven to";

    /** Least share of the predicates, in percent, where the whole graph is toured. */
    private static final int MOST = 95;

    private Measure() {}

    /** Of the composed machine: with the rules that its traces refute. */
    static Result kernel(Route route, Coverage coverage) {
        return result(
                route.name(),
                predicates(route.drivable(), coverage, route.least()),
                route.asked(),
                coverage.edges(),
                route::reason,
                refuted(route.graph(), route.drivable(), coverage),
                Result.LEAST_EDGES);
    }

    /** Of a component, by the edges of the composed machine. */
    static <S extends State> Result component(
            String spec,
            Component<S> component,
            Drivable<KernelState, ?> drivable,
            Coverage coverage,
            int[] least) {
        return result(
                spec,
                predicates(
                        component.graph(),
                        component.places(drivable.states()),
                        component.places(coverage.states()),
                        least[1]),
                component.image(drivable.edges()),
                component.image(coverage.edges()),
                component::reason,
                List.of(),
                least[0]);
    }

    /** Of IPC, by the edges of the composed machine. */
    static Result ipc(Route route, Coverage coverage) {
        return result(
                route.ipcName(),
                predicates(
                        route.ipc().graph(),
                        route.ipc().places(route.drivable().states()),
                        route.ipc().places(coverage.states()),
                        MOST),
                route.ipcAsked(),
                route.ipc().image(coverage.edges()),
                route::ipcReason,
                List.of(),
                Result.LEAST_EDGES);
    }

    /** Of a lock: nothing of its graph is beyond the kernel's system calls and interrupts. */
    static Result lock(String spec, LockGraph seen) {
        String contradiction = seen.contradiction();
        BitSet edges = all(seen.graph().edges());
        return result(
                spec,
                predicates(seen.graph(), all(seen.graph().states()), seen.states(), MOST),
                edges,
                seen.edges(),
                edge -> "",
                contradiction == null ? List.of() : List.of(contradiction),
                Result.LEAST_EDGES);
    }

    /** Of the recorder, on one core. */
    static Result checkpoints(String spec, CheckpointWays ways) {
        Drivable<CheckpointState, ?> drivable = ways.drivable();
        return result(
                spec,
                predicates(ways.graph(), drivable.states(), ways.states(), MOST),
                drivable.edges(),
                ways.edges(),
                edge -> String.valueOf(drivable.reason(edge)),
                ways.refuted(),
                Result.LEAST_EDGES);
    }

    private static BitSet all(int count) {
        BitSet all = new BitSet();
        all.set(0, count);
        return all;
    }

    /** Of a composed machine of which some actions are asked for. */
    static Result actions(
            String spec,
            Drivable<KernelState, ?> drivable,
            BitSet asked,
            Coverage coverage,
            int[] least) {
        return result(
                spec,
                predicates(drivable, coverage, least[1]),
                asked,
                coverage.edges(),
                edge -> {
                    String why = drivable.reason(edge);
                    return why == null ? Route.SMALLER : why;
                },
                refuted(drivable.graph(), drivable, coverage),
                least[0]);
    }

    /**
     * What edges contradict: the model, or the rules. Helpers may bring the machine into states
     * that its own threads cannot: what is taken there refutes nothing.
     */
    private static List<String> refuted(
            ModelGraph<KernelState> graph, Drivable<KernelState, ?> drivable, Coverage coverage) {
        List<String> refuted = new ArrayList<>(coverage.refuted());
        String contradiction = coverage.contradiction();
        if (contradiction != null) {
            refuted.add(contradiction);
        }
        BitSet taken = coverage.edges();
        for (int edge = taken.nextSetBit(0); edge >= 0; edge = taken.nextSetBit(edge + 1)) {
            String rule = drivable.ruledOut(edge);
            if (rule != null) {
                refuted.add("rule " + rule + " is refuted by " + graph.text(edge));
            }
        }
        return refuted;
    }

    /** Which conjuncts were seen, and of each other one why it was not. */
    private record Seen<S extends State>(
            ModelGraph<S> graph, Result.Predicates counts, List<String> missed) {}

    private static Seen<KernelState> predicates(
            Drivable<KernelState, ?> drivable, Coverage coverage, int least) {
        BitSet both = (BitSet) coverage.states().clone();
        both.and(drivable.states());
        ModelGraph<KernelState> graph = drivable.graph();
        return predicates(graph, drivable.conjuncts(), graph.conjuncts(both), least);
    }

    private static <S extends State> Seen<S> predicates(
            ModelGraph<S> graph, BitSet drivable, BitSet visited, int least) {
        BitSet both = (BitSet) visited.clone();
        both.and(drivable);
        return predicates(graph, graph.conjuncts(drivable), graph.conjuncts(both), least);
    }

    private static <S extends State> Seen<S> predicates(
            ModelGraph<S> graph, Set<String> possible, Set<String> seen, int least) {
        Set<String> all = graph.conjuncts();
        List<String> missed = new ArrayList<>();
        for (String one : all) {
            if (!seen.contains(one)) {
                String why = possible.contains(one) ? "in no state that was visited" : UNDRIVABLE;
                missed.add("predicate " + one + " (" + why + ")");
            }
        }
        return new Seen<>(
                graph,
                new Result.Predicates(seen.size(), possible.size(), all.size(), least),
                missed);
    }

    private static <S extends State> Result result(
            String spec,
            Seen<S> seen,
            BitSet drivable,
            BitSet taken,
            IntFunction<String> reason,
            List<String> refuted,
            int least) {
        ModelGraph<S> graph = seen.graph();
        List<String> missed = new ArrayList<>(seen.missed());
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
                edges.add(NOT_TAKEN + ": " + graph.text(edge));
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
                seen.counts(),
                excluded,
                missed,
                refuted,
                least);
    }
}
