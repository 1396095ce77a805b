package norma.conformance.tour;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Collections;
import java.util.List;
import norma.conformance.tour.Moves.Move;

/**
 * Legs that take every edge that moves can take and that is still wanted: from where a leg is, the
 * shortest way to the nearest move that takes a wanted edge, until the leg is long enough or
 * nothing wanted can be reached. Nothing is planned twice.
 */
final class Planner {
    private final Moves moves;
    private final BitSet wanted;
    private final int states;
    private final BitSet exhausted = new BitSet();

    /** Plans over a graph of so many states; takes what it plans out of {@code wanted}. */
    Planner(Moves moves, int states, BitSet wanted) {
        this.moves = moves;
        this.states = states;
        this.wanted = wanted;
    }

    /** A leg of at most {@code most} moves from a state; empty if nothing wanted can be reached. */
    List<Move> leg(int start, int most) {
        List<Move> leg = new ArrayList<>();
        int at = start;
        while (leg.size() < most) {
            List<Move> way = nearest(at, most - leg.size());
            if (way.isEmpty()) {
                break;
            }
            for (Move move : way) {
                for (int edge : move.edges()) {
                    wanted.clear(edge);
                }
            }
            leg.addAll(way);
            at = way.getLast().end();
        }
        return leg;
    }

    /** The shortest way whose last move takes a wanted edge. */
    private List<Move> nearest(int start, int most) {
        int[] cameFrom = new int[states];
        Move[] by = new Move[states];
        Arrays.fill(cameFrom, -1);
        int[] depth = new int[states];
        ArrayDeque<Integer> open = new ArrayDeque<>();
        open.add(start);
        cameFrom[start] = start;
        while (!open.isEmpty()) {
            int at = open.remove();
            if (depth[at] >= most) {
                continue;
            }
            Move gain = exhausted.get(at) ? null : gainful(at);
            if (gain != null) {
                List<Move> way = new ArrayList<>(List.of(gain));
                for (int back = at; back != start; back = cameFrom[back]) {
                    way.add(by[back]);
                }
                Collections.reverse(way);
                return way;
            }
            exhausted.set(at);
            for (Move move : moves.from(at)) {
                if (cameFrom[move.end()] < 0) {
                    cameFrom[move.end()] = at;
                    by[move.end()] = move;
                    depth[move.end()] = depth[at] + 1;
                    open.add(move.end());
                }
            }
        }
        return List.of();
    }

    /** A move with a wanted edge, or null: of those, one that ends where there is more to do. */
    private @org.jspecify.annotations.Nullable Move gainful(int at) {
        Move best = null;
        for (Move move : moves.from(at)) {
            for (int edge : move.edges()) {
                if (wanted.get(edge)) {
                    if (moves.runs(move.end()) >= 0) {
                        return move;
                    }
                    best = move;
                    break;
                }
            }
        }
        return best;
    }
}
