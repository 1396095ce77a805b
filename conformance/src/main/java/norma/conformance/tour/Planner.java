package norma.conformance.tour;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Collections;
import java.util.List;
import norma.conformance.tour.Moves.Move;
import norma.model.kernel.KernelAction;
import org.jspecify.annotations.Nullable;

/**
 * Legs that take every edge that moves can take and that is still wanted: from where a leg is, the
 * shortest way to the nearest move that takes a wanted edge, until the leg is long enough or
 * nothing wanted can be reached. Nothing is planned twice.
 *
 * <p>A steady leg has at most one interrupt that wakes nobody, and before all others, because the
 * kernel then looks for the deadlines that are left. What depends on chance ends a leg.
 */
final class Planner {
    private final Possible moves;
    private final BitSet wanted;
    private final int states;

    /** States from which no wanted edge is taken: what is wanted only becomes less. */
    private final BitSet exhausted = new BitSet();

    private boolean ticked;

    /** What can be done in the states of a graph. */
    interface Possible {
        /** The moves from a state. */
        List<Move> from(int state);

        /** Thread that runs in a state; NONE if the core has halted. */
        int runs(int state);

        /** Are interrupts planned by deadlines? */
        boolean deadlines();
    }

    /** Plans over a graph of so many states; takes what it plans out of {@code wanted}. */
    Planner(Possible moves, int states, BitSet wanted) {
        this.moves = moves;
        this.states = states;
        this.wanted = wanted;
    }

    /** A leg of at most {@code most} moves from a state; empty if nothing wanted can be reached. */
    List<Move> leg(int start, int most) {
        List<Move> leg = new ArrayList<>();
        int at = start;
        ticked = false;
        while (leg.size() < most) {
            List<Move> way = nearest(at, most - leg.size());
            if (way.isEmpty()) {
                break;
            }
            for (Move move : way) {
                move.edges().forEach(wanted::clear);
                ticked |= deadline(move);
            }
            leg.addAll(way);
            at = way.getLast().end();
            if (way.getLast().chancy()) {
                break;
            }
        }
        return leg;
    }

    /** The shortest way whose last move takes a wanted edge. */
    private List<Move> nearest(int start, int most) {
        int[] cameFrom = new int[states];
        Move[] by = new Move[states];
        int[] depth = new int[states];
        BitSet late = new BitSet();
        Arrays.fill(cameFrom, -1);
        ArrayDeque<Integer> open = new ArrayDeque<>();
        open.add(start);
        cameFrom[start] = start;
        while (!open.isEmpty()) {
            int at = open.remove();
            if (depth[at] >= most) {
                break;
            }
            Move gain = gainful(at, ticked || late.get(at));
            if (gain != null) {
                List<Move> way = new ArrayList<>(List.of(gain));
                for (int back = at; back != start; back = cameFrom[back]) {
                    way.add(by[back]);
                }
                Collections.reverse(way);
                return way;
            }
            for (Move move : moves.from(at)) {
                if (cameFrom[move.end()] < 0 && !move.idleTick() && !move.chancy()) {
                    cameFrom[move.end()] = at;
                    by[move.end()] = move;
                    depth[move.end()] = depth[at] + 1;
                    late.set(move.end(), late.get(at) || deadline(move));
                    open.add(move.end());
                }
            }
        }
        return List.of();
    }

    private boolean deadline(Move move) {
        return move.action() instanceof KernelAction.Tick && moves.deadlines();
    }

    /** A move with a wanted edge, or null: of those, one that ends where there is more to do. */
    private @Nullable Move gainful(int at, boolean late) {
        if (exhausted.get(at)) {
            return null;
        }
        Move best = null;
        boolean later = false;
        for (Move move : moves.from(at)) {
            if (move.edges().stream().anyMatch(wanted::get)) {
                if (late && move.idleTick() && deadline(move)) {
                    later = true;
                } else if (best == null || moves.runs(move.end()) >= 0) {
                    best = move;
                }
            }
        }
        if (best == null && !later) {
            exhausted.set(at);
        }
        return best;
    }
}
