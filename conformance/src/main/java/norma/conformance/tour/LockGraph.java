package norma.conformance.tour;

import java.util.BitSet;
import java.util.Map;
import norma.model.Action;
import norma.model.Guard;
import norma.model.lock.LockModel;
import norma.model.lock.LockState;
import org.jspecify.annotations.Nullable;

/**
 * The graph of one ticket lock, to which each of the kernel's locks is an instance of its own, and
 * what has been seen of it.
 */
abstract class LockGraph {
    private final LockModel model;
    private final ModelGraph<LockState> graph;
    private final BitSet edges = new BitSet();
    private final BitSet states = new BitSet();
    private final Guard guard = new Guard();
    private @Nullable String contradiction;

    LockGraph(LockModel model) {
        this.model = model;
        graph = new ModelGraph<>(model);
    }

    /** Takes a step of one of the locks, which begin as free ones. */
    final void step(Map<Integer, LockState> locks, int lock, Action action) {
        LockState state = locks.computeIfAbsent(lock, l -> model.initialStates().getFirst());
        int from = graph.find(state);
        guard.begin();
        if (from == ModelGraph.NONE || !model.step(state, action, guard)) {
            contradiction = "lock " + lock + ": " + action + ", " + guard.failed();
        } else {
            edges.set(graph.edge(from, action));
            states.set(from);
            states.set(graph.find(state));
        }
    }

    final ModelGraph<LockState> graph() {
        return graph;
    }

    final BitSet edges() {
        return edges;
    }

    final BitSet states() {
        return states;
    }

    /** A lock event that is no step of its lock, or null. */
    final @Nullable String contradiction() {
        return contradiction;
    }
}
