package norma.conformance.tour;

import java.util.BitSet;
import norma.abi.Event;
import norma.abi.Limits;
import norma.conformance.check.EventView;
import norma.conformance.check.Validator;
import norma.model.kernel.KernelAction;
import norma.model.kernel.KernelConstants;
import norma.model.kernel.KernelState;
import org.jspecify.annotations.Nullable;

/**
 * What the validated traces of one architecture have shown of a graph: states visited and edges
 * taken. An edge counts if the state before, the action with its parameters, and the state after
 * are the graph's.
 */
final class Coverage {
    private final ModelGraph<KernelState> graph;
    private final Projection projection;
    private final BitSet edges = new BitSet();
    private final BitSet states = new BitSet();
    private final long[] events = new long[Event.LIMIT];
    private @Nullable String contradiction;
    private long steps;
    private int last = ModelGraph.NONE;

    private final int threads;

    /** Of a machine of full size. */
    Coverage(ModelGraph<KernelState> graph, KernelConstants constants) {
        this(graph, constants, Limits.THREADS);
    }

    /** Of a machine with so many threads. */
    Coverage(ModelGraph<KernelState> graph, KernelConstants constants, int threads) {
        this.graph = graph;
        this.threads = threads;
        projection = new Projection(constants);
    }

    /** Follows the events that a validator will accept. */
    void follow(Validator validator) {
        int[] at = {begin(validator.state())};
        validator.addSink(event -> at[0] = step(at[0], event, validator.state()));
    }

    /** Where a run begins. */
    int begin(KernelState full) {
        int at = place(full);
        visit(at);
        return at;
    }

    private int place(KernelState full) {
        KernelState small = projection.of(full, threads, Limits.TAGS);
        return small == null ? ModelGraph.NONE : graph.find(small);
    }

    private void visit(int state) {
        if (state != ModelGraph.NONE) {
            states.set(state);
        }
    }

    /** Where an event leads to. */
    int step(int from, EventView event, KernelState after) {
        KernelAction action = Steps.of(event);
        if (action == null) {
            return from;
        }
        events[event.kind()]++;
        int to = place(after);
        visit(to);
        last = ModelGraph.NONE;
        if (from == ModelGraph.NONE || to == ModelGraph.NONE) {
            return to;
        }
        int edge = graph.edge(from, action);
        if (edge != ModelGraph.NONE && graph.to(edge) == to) {
            last = edge;
            edges.set(edge);
            steps++;
        } else if (from != to && contradiction == null) {
            contradiction = event.describe() + " is no step of the small machine";
        }
        return to;
    }

    /** Edge that the last event was, or {@link ModelGraph#NONE}. */
    int last() {
        return last;
    }

    /** Edges taken. */
    BitSet edges() {
        return edges;
    }

    /** States visited. */
    BitSet states() {
        return states;
    }

    /** Steps that were edges, each time they were taken. */
    long steps() {
        return steps;
    }

    /** Events of a kind, inside the graph and outside. */
    long events(int kind) {
        return events[kind];
    }

    /**
     * An event that led from a state of the graph to another, but by none of its edges, or null.
     */
    @Nullable String contradiction() {
        return contradiction;
    }
}
