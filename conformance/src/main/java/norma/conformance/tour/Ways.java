package norma.conformance.tour;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Collections;
import java.util.List;
import norma.model.kernel.KernelAction;
import norma.model.kernel.KernelState;

/** The shortest ways along drivable edges, over pairs of a state and a phase. */
final class Ways {
    private final ModelGraph<KernelState> graph;
    private final Drivable<KernelState, ?> drivable;

    /** For each pair its steps: an edge and the pair behind it, one after the other. */
    private final int[][] steps;

    /** Number of each pair's strongly connected component. */
    private final int[] component;

    private final int[] seen;
    private final int[] cameFrom;
    private final int[] cameBy;
    private final int[] open;
    private int search;

    Ways(ModelGraph<KernelState> graph, Drivable<KernelState, ?> drivable) {
        this.graph = graph;
        this.drivable = drivable;
        int pairs = drivable.pairs();
        steps = new int[pairs][];
        component = new int[pairs];
        KernelState from = graph.state(0).copy();
        KernelState to = from.copy();
        for (int pair = 0; pair < pairs; pair++) {
            steps[pair] = steps(pair, from, to);
        }
        seen = new int[pairs];
        cameFrom = new int[pairs];
        cameBy = new int[pairs];
        open = new int[pairs];
        findComponents();
    }

    /** The machine whose edges they go along. */
    ModelGraph<KernelState> graph() {
        return graph;
    }

    private int[] steps(int pair, KernelState from, KernelState to) {
        int[] found = new int[32];
        int count = 0;
        int state = drivable.state(pair);
        graph.load(state, from);
        for (int edge = graph.first(state); edge < graph.first(state + 1); edge++) {
            KernelAction action = (KernelAction) graph.action(edge);
            if (drivable.order().refuses(from, action, drivable.phase(pair)) != null) {
                continue;
            }
            graph.load(graph.to(edge), to);
            for (int phase : drivable.order().phases(drivable.phase(pair), action, to)) {
                found = count + 2 > found.length ? Arrays.copyOf(found, 2 * count) : found;
                found[count++] = edge;
                found[count++] = drivable.pair(graph.to(edge), phase);
            }
        }
        return Arrays.copyOf(found, count);
    }

    /** Tarjan's components, without recursion. */
    private void findComponents() {
        int[] number = new int[steps.length];
        int[] low = new int[steps.length];
        int[] next = new int[steps.length];
        int[] calls = new int[steps.length];
        int[] stack = new int[steps.length];
        BitSet open = new BitSet();
        int depth = 0;
        int top = 0;
        int numbers = 0;
        int found = 0;
        calls[depth++] = 0;
        while (depth > 0) {
            int pair = calls[depth - 1];
            if (number[pair] == 0) {
                number[pair] = ++numbers;
                low[pair] = numbers;
                stack[top++] = pair;
                open.set(pair);
            }
            if (next[pair] < steps[pair].length) {
                int to = steps[pair][next[pair] + 1];
                if (number[to] == 0) {
                    calls[depth++] = to;
                    continue;
                }
                if (open.get(to)) {
                    low[pair] = Math.min(low[pair], low[to]);
                }
                next[pair] += 2;
                continue;
            }
            depth--;
            if (low[pair] == number[pair]) {
                found++;
                while (open.get(pair)) {
                    int member = stack[--top];
                    open.clear(member);
                    component[member] = found;
                }
            }
        }
    }

    /** Where a run may be after an edge, if it was at one of those pairs before. */
    BitSet after(BitSet before, int edge) {
        BitSet after = new BitSet();
        for (int pair = before.nextSetBit(0); pair >= 0; pair = before.nextSetBit(pair + 1)) {
            for (int i = 0; i < steps[pair].length; i += 2) {
                if (steps[pair][i] == edge) {
                    after.set(steps[pair][i + 1]);
                }
            }
        }
        return after;
    }

    /** Those of the pairs that have no such edge. */
    BitSet without(BitSet pairs, int edge) {
        BitSet rest = new BitSet();
        for (int pair = pairs.nextSetBit(0); pair >= 0; pair = pairs.nextSetBit(pair + 1)) {
            boolean has = false;
            for (int i = 0; i < steps[pair].length; i += 2) {
                has |= steps[pair][i] == edge;
            }
            rest.set(pair, !has);
        }
        return rest;
    }

    /**
     * The edges of the shortest way from one of the pairs whose last edge is wanted; empty if there
     * is none.
     *
     * @param refused edges that are not taken
     * @param lively no way back is lost
     */
    List<Integer> nearest(BitSet from, BitSet wanted, BitSet refused, boolean lively) {
        search++;
        int end = 0;
        for (int pair = from.nextSetBit(0); pair >= 0; pair = from.nextSetBit(pair + 1)) {
            seen[pair] = search;
            cameFrom[pair] = ModelGraph.NONE;
            open[end++] = pair;
        }
        for (int next = 0; next < end; next++) {
            int[] here = steps[open[next]];
            for (int i = 0; i < here.length; i += 2) {
                int edge = here[i];
                int to = here[i + 1];
                if (refused.get(edge) || (lively && component[to] != component[open[next]])) {
                    continue;
                }
                if (wanted.get(edge)) {
                    return path(open[next], edge);
                }
                if (seen[to] != search) {
                    seen[to] = search;
                    cameFrom[to] = open[next];
                    cameBy[to] = edge;
                    open[end++] = to;
                }
            }
        }
        return List.of();
    }

    private List<Integer> path(int last, int edge) {
        List<Integer> path = new ArrayList<>(List.of(edge));
        for (int at = last; cameFrom[at] != ModelGraph.NONE; at = cameFrom[at]) {
            path.add(cameBy[at]);
        }
        Collections.reverse(path);
        return path;
    }

    /** Where a run may be of which nothing but the state is known. */
    BitSet at(int state) {
        BitSet pairs = new BitSet();
        for (int pair = 0; pair < steps.length; pair++) {
            pairs.set(pair, drivable.state(pair) == state);
        }
        return pairs;
    }

    Drivable<KernelState, ?> drivable() {
        return drivable;
    }

    /** Where a run is at the beginning. */
    BitSet beginning() {
        BitSet pairs = new BitSet();
        pairs.set(0);
        return pairs;
    }
}
