package norma.conformance.tour;

import static norma.model.State.NONE;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import norma.model.kernel.KernelAction;
import norma.model.kernel.KernelState;
import norma.model.sched.SchedState;

/**
 * The moves of a tour: from a state in user mode, or halted, what a thread does or which deadline
 * comes, and all that the kernel then does until it is left.
 *
 * <p>Where the kernel's next step depends on the clock, the {@link Pace} decides: is the time slice
 * of a thread over when it enters the kernel, or not?
 */
final class Moves {
    /** How long slices are, compared with system calls. */
    enum Pace {
        /** A slice outlasts the tour's leg: a thread goes on before its equals. */
        STEADY,
        /** A slice is over before the kernel is left: a thread gives way to its equals. */
        HURRIED
    }

    /**
     * A move.
     *
     * @param thread who acts; NONE if the core has halted and a deadline comes
     * @param action what it does, or the Wake of the thread whose deadline comes
     * @param edges the edges taken
     * @param end the state in which the kernel is left
     */
    record Move(int thread, KernelAction action, List<Integer> edges, int end) {}

    private final ModelGraph<KernelState> graph;
    private final Drivable drivable;
    private final Pace pace;
    private final int threads;
    private final Map<Integer, List<Move>> known = new HashMap<>();
    private final KernelState scratch;
    private final List<Integer> path = new ArrayList<>();

    Moves(ModelGraph<KernelState> graph, Drivable drivable, Pace pace, int threads) {
        this.threads = threads;
        this.graph = graph;
        this.drivable = drivable;
        this.pace = pace;
        scratch = graph.state(0).copy();
    }

    /** The moves from a state in which no core is in the kernel. */
    List<Move> from(int state) {
        return known.computeIfAbsent(state, this::compute);
    }

    private List<Move> compute(int state) {
        List<Move> moves = new ArrayList<>();
        graph.load(state, scratch);
        KernelState s = scratch.copy();
        int thread = s.sched().mode(0) == SchedState.USER ? s.sched().cur(0) : NONE;
        for (int edge = graph.first(state); edge < graph.first(state + 1); edge++) {
            KernelAction action = (KernelAction) graph.action(edge);
            if (!drivable.edges().get(edge)) {
                continue;
            }
            if (action instanceof KernelAction.Tick) {
                deadlines(s, edge, thread, moves);
            } else {
                path.clear();
                add(moves, thread, action, take(edge, Discipline.DONE));
            }
        }
        return moves;
    }

    /** A sleeper's deadline comes; only steady legs know when. */
    private void deadlines(KernelState s, int tick, int thread, List<Move> moves) {
        if (pace != Pace.STEADY) {
            return;
        }
        for (int t = 0; t < threads; t++) {
            if (s.asleep(t)) {
                path.clear();
                int phase = take(tick, Discipline.DONE);
                KernelAction.Wake wake = new KernelAction.Wake(0, t);
                int edge = graph.edge(graph.to(tick), wake);
                if (edge != ModelGraph.NONE) {
                    add(moves, thread, wake, take(edge, phase));
                }
            }
        }
    }

    /** Puts an edge on the path; the phase after it. */
    private int take(int edge, int phase) {
        path.add(edge);
        return drivable.discipline().after(phase, (KernelAction) graph.action(edge));
    }

    /** Completes a move, if the kernel's way out is clear. */
    private void add(List<Move> moves, int thread, KernelAction action, int phase) {
        int state = graph.to(path.getLast());
        int at = phase;
        while (true) {
            graph.load(state, scratch);
            if (scratch.sched().mode(0) != SchedState.KERNEL) {
                break;
            }
            int edge = next(state, at);
            if (edge == ModelGraph.NONE) {
                return;
            }
            at = take(edge, at);
            state = graph.to(edge);
        }
        moves.add(new Move(thread, action, List.copyOf(path), state));
    }

    private int next(int state, int phase) {
        int found = ModelGraph.NONE;
        for (int edge = graph.first(state); edge < graph.first(state + 1); edge++) {
            KernelAction action = (KernelAction) graph.action(edge);
            boolean deadline =
                    action instanceof KernelAction.Wake || action instanceof KernelAction.TimeOut;
            boolean otherPace =
                    pace == Pace.STEADY
                            ? action instanceof KernelAction.Preempt && resumes(state)
                            : action instanceof KernelAction.Resume && preempts(state);
            if (!deadline
                    && !otherPace
                    && drivable.discipline().refuses(scratch, action, phase) == null) {
                if (found != ModelGraph.NONE) {
                    return ModelGraph.NONE;
                }
                found = edge;
            }
        }
        return found;
    }

    private boolean resumes(int state) {
        return graph.edge(state, new KernelAction.Resume(0)) != ModelGraph.NONE;
    }

    private boolean preempts(int state) {
        return graph.edge(state, new KernelAction.Preempt(0)) != ModelGraph.NONE;
    }

    /** Thread that runs in a state in user mode; NONE if the core has halted. */
    int runs(int state) {
        KernelState s = graph.state(state);
        return s.sched().mode(0) == SchedState.USER ? s.sched().cur(0) : NONE;
    }
}
