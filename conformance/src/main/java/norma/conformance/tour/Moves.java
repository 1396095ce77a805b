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
 * The moves of a tour: from a state in user mode, or halted, what a thread does or which deadlines
 * come, and all that the kernel then does until it is left.
 *
 * <p>Where the kernel's next step depends on the clock, the {@link Pace} decides: is the time slice
 * of a thread over when the kernel is left, or not?
 */
final class Moves implements Planner.Possible {
    /** How long slices are, compared with system calls. */
    enum Pace {
        /** A slice outlasts the leg: a thread goes on before its equals. Deadlines are planned. */
        STEADY,
        /** A slice is over when the thread has first spun for as long as that takes. */
        SLICED
    }

    /**
     * A move.
     *
     * @param thread who acts; NONE if the core has halted and a deadline comes
     * @param action what it does; Tick if deadlines come
     * @param over the thread's slice must be over when the kernel is left
     * @param woken whose deadlines come, in order; a Tick without any is a deadline whose call is
     *     over
     * @param edges the edges taken
     * @param end the state in which the kernel is left
     */
    record Move(
            int thread,
            KernelAction action,
            boolean over,
            List<Integer> woken,
            List<Integer> edges,
            int end) {
        /** Does an interrupt come that wakes nobody? */
        boolean idleTick() {
            return action instanceof KernelAction.Tick && woken.isEmpty();
        }

        /** Must two deadlines come so close together that one interrupt serves both? */
        boolean chancy() {
            return woken.size() > 1;
        }
    }

    private final ModelGraph<KernelState> graph;
    private final Drivable<KernelState, Discipline> drivable;
    private final Pace pace;
    private final int threads;
    private final Map<Integer, List<Move>> known = new HashMap<>();
    private final KernelState scratch;

    /** The path of edges that a move under construction takes, and its clock's side. */
    private final List<Integer> path = new ArrayList<>();

    private boolean over;
    private boolean asked;

    Moves(
            ModelGraph<KernelState> graph,
            Drivable<KernelState, Discipline> drivable,
            Pace pace,
            int threads) {
        this.graph = graph;
        this.drivable = drivable;
        this.pace = pace;
        this.threads = threads;
        scratch = graph.state(0).copy();
    }

    @Override
    public boolean deadlines() {
        return pace == Pace.STEADY;
    }

    /** The moves from a state in which no core is in the kernel. */
    @Override
    public List<Move> from(int state) {
        return known.computeIfAbsent(state, this::compute);
    }

    private List<Move> compute(int state) {
        List<Move> moves = new ArrayList<>();
        KernelState s = graph.state(state).copy();
        int thread = s.sched().mode(0) == SchedState.USER ? s.sched().cur(0) : NONE;
        for (int edge = graph.first(state); edge < graph.first(state + 1); edge++) {
            KernelAction action = (KernelAction) graph.action(edge);
            if (!drivable.edges().get(edge)) {
                continue;
            }
            if (action instanceof KernelAction.Tick) {
                if (pace == Pace.STEADY) {
                    deadlines(s, edge, thread, moves);
                } else if (thread != NONE) {
                    begin(true);
                    add(moves, thread, action, List.of(), take(edge, Discipline.DONE));
                }
            } else {
                begin(false);
                add(moves, thread, action, List.of(), take(edge, Discipline.DONE));
                if (pace == Pace.SLICED && asked) {
                    begin(true);
                    add(moves, thread, action, List.of(), take(edge, Discipline.DONE));
                }
            }
        }
        return moves;
    }

    private void begin(boolean sliceOver) {
        path.clear();
        over = sliceOver;
        asked = false;
    }

    /**
     * The deadline of one sleeper, or of one timed call, comes; or of all at once; or one that
     * wakes nobody.
     */
    private void deadlines(KernelState s, int tick, int thread, List<Move> moves) {
        List<Integer> sleepers = new ArrayList<>();
        for (int t = 0; t < threads; t++) {
            if (s.asleep(t) || (s.ipc().calling(t) && s.ipc().timed(t))) {
                sleepers.add(t);
                deadline(tick, thread, List.of(t), moves);
            }
        }
        if (sleepers.size() > 1) {
            deadline(tick, thread, sleepers, moves);
        }
        deadline(tick, thread, List.of(), moves);
    }

    private void deadline(int tick, int thread, List<Integer> woken, List<Move> moves) {
        begin(false);
        int phase = take(tick, Discipline.DONE);
        int at = graph.to(tick);
        for (int t : woken) {
            phase = settle(at, phase);
            at = graph.to(path.getLast());
            int edge = expiry(at, t);
            graph.load(at, scratch);
            if (edge == ModelGraph.NONE
                    || drivable.order().refuses(scratch, graph.action(edge), phase) != null) {
                return;
            }
            phase = take(edge, phase);
            at = graph.to(edge);
        }
        add(moves, thread, (KernelAction) graph.action(tick), woken, phase);
    }

    /** What a time-out has made due is done before the next deadline is looked for; the phase. */
    private int settle(int from, int before) {
        int at = from;
        int phase = before;
        graph.load(at, scratch);
        int edge = next(at, phase);
        while (edge != ModelGraph.NONE
                && (graph.action(edge) instanceof KernelAction.Grant
                        || graph.action(edge) instanceof KernelAction.Inherit)) {
            phase = take(edge, phase);
            at = graph.to(edge);
            graph.load(at, scratch);
            edge = next(at, phase);
        }
        return phase;
    }

    /** The edge of a thread's deadline, or NONE. */
    private int expiry(int at, int thread) {
        int edge = graph.edge(at, new KernelAction.Wake(0, thread));
        return edge != ModelGraph.NONE ? edge : graph.edge(at, new KernelAction.TimeOut(0, thread));
    }

    /** Puts an edge on the path; the phase after it. */
    private int take(int edge, int phase) {
        path.add(edge);
        return drivable.order().after(phase, (KernelAction) graph.action(edge));
    }

    /** Completes a move, if the kernel's way out is clear. */
    private void add(
            List<Move> moves, int thread, KernelAction action, List<Integer> woken, int phase) {
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
        boolean timed = over && asked;
        moves.add(new Move(thread, action, timed, woken, List.copyOf(path), state));
    }

    private int next(int state, int phase) {
        int resume = graph.edge(state, new KernelAction.Resume(0));
        int preempt = graph.edge(state, new KernelAction.Preempt(0));
        boolean choice = resume != ModelGraph.NONE && preempt != ModelGraph.NONE;
        asked |= choice;
        int found = ModelGraph.NONE;
        for (int edge = graph.first(state); edge < graph.first(state + 1); edge++) {
            KernelAction action = (KernelAction) graph.action(edge);
            boolean deadline =
                    action instanceof KernelAction.Wake || action instanceof KernelAction.TimeOut;
            boolean otherSide = choice && edge == (over ? resume : preempt);
            if (!deadline
                    && !otherSide
                    && drivable.order().refuses(scratch, action, phase) == null) {
                if (found != ModelGraph.NONE) {
                    return ModelGraph.NONE;
                }
                found = edge;
            }
        }
        return found;
    }

    @Override
    public int runs(int state) {
        KernelState s = graph.state(state);
        return s.sched().mode(0) == SchedState.USER ? s.sched().cur(0) : NONE;
    }
}
