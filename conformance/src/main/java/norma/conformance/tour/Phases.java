package norma.conformance.tour;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import norma.model.Action;
import norma.model.State;
import org.jspecify.annotations.Nullable;

/**
 * In which phases runs may be, step by step: a step that the order refuses in all of them refutes
 * the rule that refuses it. Without this a step could pass that is drivable in another phase of its
 * state than the run was in.
 *
 * @param <S> state of the model
 */
final class Phases<S extends State> {
    /** The set of the initial state. */
    static final int BEGINNING = 0;

    /** The set after a step that no phase allows. */
    static final int REFUTED = -1;

    private static final String UNREACHED = "state-not-reached";

    private final ModelGraph<S> graph;
    private final Drivable<S, ?> drivable;
    private final S state;
    private final List<int[]> sets = new ArrayList<>();
    private final Map<List<Integer>, Integer> numbers = new HashMap<>();
    private final Map<Integer, Integer> anywhere = new HashMap<>();
    private final Map<Long, Integer> steps = new HashMap<>();

    Phases(ModelGraph<S> graph, Drivable<S, ?> drivable) {
        this.graph = graph;
        this.drivable = drivable;
        state = graph.copy(0);
        number(IntStream.of(drivable.order().begins()));
    }

    private int number(IntStream phases) {
        int[] set = phases.distinct().sorted().toArray();
        List<Integer> key = Arrays.stream(set).boxed().toList();
        Integer known = numbers.putIfAbsent(key, sets.size());
        if (known == null) {
            sets.add(set);
            return sets.size() - 1;
        }
        return known;
    }

    /** The set of a run that is in that phase. */
    int only(int phase) {
        return number(IntStream.of(phase));
    }

    /** The set of a run of which nothing but the state is known. */
    int any(int at) {
        return anywhere.computeIfAbsent(at, state -> number(drivable.phases(state)));
    }

    /** Is nothing known, since the state is not one of those that can be reached? */
    boolean unknown(int set) {
        return sets.get(set).length == 0;
    }

    /** The set behind an edge, or {@link #REFUTED}. */
    int take(int set, int edge) {
        return steps.computeIfAbsent(
                (long) set << Integer.SIZE | edge, key -> step(sets.get(set), edge));
    }

    private int step(int[] phases, int edge) {
        Action action = graph.action(edge);
        graph.load(graph.from(edge), state);
        int[] allowed =
                Arrays.stream(phases)
                        .filter(phase -> drivable.order().refuses(state, action, phase) == null)
                        .toArray();
        if (allowed.length == 0) {
            return REFUTED;
        }
        graph.load(graph.to(edge), state);
        return number(
                Arrays.stream(allowed)
                        .flatMap(phase ->
                                Arrays.stream(drivable.order().phases(phase, action, state))));
    }

    /** A rule that a step refutes, with the step. */
    String refuted(int set, int edge) {
        graph.load(graph.from(edge), state);
        String rule = UNREACHED;
        for (int phase : sets.get(set)) {
            @Nullable String why = drivable.order().refuses(state, graph.action(edge), phase);
            rule = why == null ? rule : why;
        }
        return "rule " + rule + " is refuted by " + graph.text(edge);
    }
}
