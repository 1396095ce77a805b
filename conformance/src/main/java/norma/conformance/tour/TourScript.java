package norma.conformance.tour;

import static norma.model.State.NONE;

import java.util.List;
import java.util.Map;
import norma.conformance.scenario.Script;
import norma.conformance.scenario.Scripts;
import norma.conformance.tour.Moves.Move;
import norma.model.kernel.KernelAction;
import norma.model.kernel.KernelState;

/**
 * Legs as a script. Time is only estimated: an operation takes at most {@link #operation}, so a
 * sleeper that a leg does not wake sleeps longer than the leg, and one that it wakes sleeps as long
 * as the operations in between may take; who waits for that spins.
 */
final class TourScript {
    /** Of a thread that is to sleep beyond its leg. */
    private static final long BEYOND = 100_000;

    /** A round of a spin takes at least so many ns. */
    private static final long ROUND = 6;

    /** What the conductor does around a leg, in calls of one thread. */
    private static final int AROUND = 40;

    private final ModelGraph<KernelState> graph;
    private final Moves.Pace pace;
    private final StringBuilder text = new StringBuilder();
    private int legs;
    private int longest;

    TourScript(ModelGraph<KernelState> graph, Moves.Pace pace) {
        this.graph = graph;
        this.pace = pace;
    }

    private long operation() {
        return pace == Moves.Pace.STEADY ? 10_000 : 60_000;
    }

    private long slice() {
        return pace == Moves.Pace.STEADY ? 1_000_000_000 : 1_500;
    }

    /** Appends a leg. */
    void add(List<Move> leg) {
        legs++;
        longest += leg.size();
        long time = operation() * (leg.size() + 4L);
        text.append("leg ").append(time).append("ns ").append(waits(leg) ? 1 : 0).append('\n');
        int synchronous = 0;
        for (int i = 0; i < leg.size(); i++) {
            Move move = leg.get(i);
            if (move.thread() != NONE) {
                text.append("at ").append(move.thread()).append(' ');
                text.append(operation(leg, i, synchronous, time)).append('\n');
            }
            if (move.action() instanceof KernelAction.Wake) {
                synchronous = i;
            }
        }
    }

    private boolean waits(List<Move> leg) {
        for (Move move : leg) {
            for (int edge : move.edges()) {
                if (graph.state(graph.to(edge)).ipc().waiterCount(0) > 0) {
                    return true;
                }
            }
        }
        return false;
    }

    private String operation(List<Move> leg, int at, int synchronous, long time) {
        return switch (leg.get(at).action()) {
            case KernelAction.Call a -> "call " + a.channel() + " " + a.payload();
            case KernelAction.Receive a -> "receive " + a.channel();
            case KernelAction.Reply a -> "reply " + a.channel() + " " + a.tag() + " " + a.payload();
            case KernelAction.Cancel a -> "cancel " + a.peer();
            case KernelAction.Restart a -> "restart " + a.channel();
            case KernelAction.Spawn a ->
                    "spawn "
                            + a.thread()
                            + " walker priority "
                            + a.priority()
                            + (a.channel() == NONE ? "" : " serves " + a.channel());
            case KernelAction.Exit a -> "end";
            case KernelAction.Die a -> "end";
            case KernelAction.Yield a -> "yield";
            case KernelAction.Refuse a -> "raw 0";
            case KernelAction.Fault a -> "fault";
            case KernelAction.Sleep a -> "sleep " + duration(leg, at, time) + "ns";
            case KernelAction.Wake a -> "spin " + (at - synchronous + 2) * operation() / ROUND;
            default -> throw new IllegalStateException("no thread does " + leg.get(at).action());
        };
    }

    /** Until the move that wakes this sleeper, or beyond the leg. */
    private long duration(List<Move> leg, int at, long time) {
        int sleeper = leg.get(at).thread();
        for (int i = at + 1; i < leg.size(); i++) {
            if (leg.get(i).action() instanceof KernelAction.Wake wake && wake.thread() == sleeper) {
                return operation() * (i - at);
            }
        }
        return time + BEYOND;
    }

    int legs() {
        return legs;
    }

    /** The script. */
    Script script() {
        int calls = Integer.highestOneBit(longest + AROUND * (legs + 1)) * 2;
        return Scripts.builtIn(
                "tour",
                Map.of(
                        "SLICE",
                        slice(),
                        "EVENTS",
                        1 << 20,
                        "CALLS",
                        Math.max(calls, 1 << 10),
                        "TOUR",
                        text));
    }

    /** The legs as text. */
    String text() {
        return text.toString();
    }
}
