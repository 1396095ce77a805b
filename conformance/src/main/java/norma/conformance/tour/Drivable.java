package norma.conformance.tour;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.IntStream;
import norma.model.Action;
import norma.model.State;
import org.jspecify.annotations.Nullable;

/**
 * The edges of a graph that this kernel can be brought to take: user threads may do anything that
 * the model lets them do, interrupts may come whenever they can, and what follows is as the {@link
 * Order} says.
 *
 * <p>Computed from the graph alone: a walk over pairs of a state and a phase, from the initial
 * state. Each edge that is left has a reason: the rule that excludes it in every phase in which its
 * state can be reached, or that its state cannot be reached.
 *
 * @param <S> state of the model
 * @param <O> the order
 */
final class Drivable<S extends State, O extends Order<S>> {
    private static final String UNREACHED = "state-not-reached";

    private final ModelGraph<S> graph;
    private final O order;
    private final BitSet edges = new BitSet();
    private final BitSet states = new BitSet();
    private final Map<Integer, String> refused = new HashMap<>();
    private final Map<Long, Integer> numbers = new HashMap<>();
    private final Map<Integer, List<Integer>> byState = new HashMap<>();
    private final Set<String> conjuncts = new TreeSet<>();
    private long[] pairs = new long[1 << 12];
    private int count;

    Drivable(ModelGraph<S> graph, O order) {
        this.graph = graph;
        this.order = order;
        number(0, order.begins());
        S state = graph.copy(0);
        S next = graph.copy(0);
        for (int at = 0; at < count; at++) {
            int from = (int) (pairs[at] >>> Integer.SIZE);
            int phase = (int) pairs[at];
            states.set(from);
            graph.load(from, state);
            for (int edge = graph.first(from); edge < graph.first(from + 1); edge++) {
                Action action = graph.action(edge);
                String why = order.refuses(state, action, phase);
                if (why == null) {
                    edges.set(edge);
                    graph.load(graph.to(edge), next);
                    for (int then : order.phases(phase, action, next)) {
                        number(graph.to(edge), then);
                    }
                } else {
                    refused.putIfAbsent(edge, why);
                }
            }
        }
    }

    private void number(int state, int phase) {
        long pair = (long) state << Integer.SIZE | phase;
        if (numbers.putIfAbsent(pair, count) == null) {
            if (count == pairs.length) {
                pairs = Arrays.copyOf(pairs, 2 * count);
            }
            pairs[count++] = pair;
        }
    }

    /** The edges that can be asked for. */
    BitSet edges() {
        return edges;
    }

    /** The states that can be reached by them. */
    BitSet states() {
        return states;
    }

    /** State of the pair of that number. */
    int state(int pair) {
        return (int) (pairs[pair] >>> Integer.SIZE);
    }

    /** Phase of the pair of that number. */
    int phase(int pair) {
        return (int) pairs[pair];
    }

    /** Number of a pair of a state and a phase, which can be reached. */
    int pair(int state, int phase) {
        return numbers.getOrDefault((long) state << Integer.SIZE | phase, ModelGraph.NONE);
    }

    /** The phases in which a state can be reached. */
    IntStream phases(int state) {
        if (byState.isEmpty()) {
            for (int pair = 0; pair < count; pair++) {
                byState.computeIfAbsent(state(pair), s -> new ArrayList<>()).add(phase(pair));
            }
        }
        return byState.getOrDefault(state, List.of()).stream().mapToInt(Integer::intValue);
    }

    /** Pairs of a state and a phase. */
    int pairs() {
        return count;
    }

    /** Why an edge cannot be asked for, or null if it can. */
    @Nullable String reason(int edge) {
        return edges.get(edge) ? null : refused.getOrDefault(edge, UNREACHED);
    }

    /** The rule that excludes an edge whose state can be reached, or null. */
    @Nullable String ruledOut(int edge) {
        return edges.get(edge) ? null : refused.get(edge);
    }

    /** Conjuncts that forbid an action in a state that can be reached. */
    Set<String> conjuncts() {
        if (conjuncts.isEmpty()) {
            conjuncts.addAll(graph.conjuncts(states));
        }
        return conjuncts;
    }

    /** How many edges each reason excludes. */
    Map<String, Integer> excluded() {
        Map<String, Integer> counts = new TreeMap<>();
        for (int edge = 0; edge < graph.edges(); edge++) {
            String why = reason(edge);
            if (why != null) {
                counts.merge(why, 1, Integer::sum);
            }
        }
        return counts;
    }

    ModelGraph<S> graph() {
        return graph;
    }

    O order() {
        return order;
    }
}
