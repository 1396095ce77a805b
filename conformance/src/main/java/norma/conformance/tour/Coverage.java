package norma.conformance.tour;

import java.util.BitSet;
import java.util.Set;
import java.util.TreeSet;
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
    private final Phases<KernelState> phases;
    private final SmallLocks locks;
    private final Set<String> refuted = new TreeSet<>();
    private long steps;
    private int last = ModelGraph.NONE;

    /** In which phases the run may be. */
    private int set = Phases.BEGINNING;

    private final int threads;

    /** Of a machine of full size. */
    Coverage(Drivable<KernelState, ?> drivable, KernelConstants constants) {
        this(drivable, constants, Limits.THREADS);
    }

    /** Of a machine with so many threads. */
    Coverage(Drivable<KernelState, ?> drivable, KernelConstants constants, int threads) {
        graph = drivable.graph();
        this.threads = threads;
        projection = new Projection(constants);
        phases = new Phases<>(graph, drivable);
        locks = new SmallLocks(constants);
    }

    /** Follows the events that a validator will accept. */
    void follow(Validator validator) {
        int[] at = {begin(validator.state())};
        validator.addSink(event -> at[0] = step(at[0], event, validator.state()));
    }

    /** Where a run begins. */
    int begin(KernelState full) {
        locks.begin();
        int at = place(full);
        visit(at);
        set = at == 0 ? Phases.BEGINNING : phases.any(at);
        return at;
    }

    private int place(KernelState full) {
        KernelState small = projection.of(full, threads, Limits.TAGS);
        if (small == null) {
            return ModelGraph.NONE;
        }
        locks.into(small);
        return graph.find(small);
    }

    private void visit(int state) {
        if (state != ModelGraph.NONE) {
            states.set(state);
        }
    }

    /** Where an event leads to. */
    int step(int from, EventView event, KernelState after) {
        KernelAction step = Steps.of(event);
        KernelAction action = step == null ? locks.take(event) : step;
        if (action == null) {
            return from;
        }
        events[event.kind()]++;
        int to = place(after);
        visit(to);
        last = ModelGraph.NONE;
        if (from == ModelGraph.NONE || to == ModelGraph.NONE) {
            set = phases.any(to);
            return to;
        }
        int edge = graph.edge(from, action);
        if (edge != ModelGraph.NONE && graph.to(edge) == to) {
            last = edge;
            edges.set(edge);
            steps++;
            follow(edge);
            return to;
        }
        set = phases.any(to);
        if (from != to && graph.knows(action) && contradiction == null) {
            contradiction = event.describe() + " is no step of the small machine";
        }
        return to;
    }

    private void follow(int edge) {
        int next = phases.unknown(set) ? Phases.REFUTED : phases.take(set, edge);
        if (next == Phases.REFUTED && !phases.unknown(set)) {
            refuted.add(phases.refuted(set, edge));
        }
        set = next == Phases.REFUTED ? phases.any(graph.to(edge)) : next;
    }

    /** Rules that steps have refuted, with the steps. */
    Set<String> refuted() {
        return refuted;
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
