package norma.conformance.tour;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import norma.conformance.tour.Moves.Move;
import norma.model.State;
import norma.model.kernel.KernelAction;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Legs over random graphs: ways that begin at the start, take every edge, and nothing twice over.
 */
class PlannerTest {
    private static final int MOST = 30;

    /** A graph of moves of one or two edges; some states have halted, some moves are interrupts. */
    private static final class Toy implements Planner.Possible {
        final Map<Integer, List<Move>> moves = new HashMap<>();
        final BitSet halted = new BitSet();
        int edges;

        @Override
        public List<Move> from(int state) {
            return moves.getOrDefault(state, List.of());
        }

        @Override
        public int runs(int state) {
            return halted.get(state) ? State.NONE : 0;
        }

        @Override
        public boolean deadlines() {
            return true;
        }

        void add(int from, KernelAction action, List<Integer> woken, int length, int to) {
            List<Integer> path = new ArrayList<>();
            for (int i = 0; i < length; i++) {
                path.add(edges++);
            }
            moves.computeIfAbsent(from, f -> new ArrayList<>())
                    .add(new Move(0, action, false, woken, path, to));
        }
    }

    private static Toy random(long seed, int states) {
        Random random = new Random(seed);
        Toy toy = new Toy();
        for (int state = 0; state < states; state++) {
            if (random.nextInt(5) == 0) {
                toy.halted.set(state);
            }
            for (int i = random.nextInt(4); i > 0; i--) {
                int to = random.nextInt(states);
                toy.add(state, new KernelAction.Yield(0), List.of(), 1 + random.nextInt(2), to);
            }
            if (random.nextInt(3) == 0) {
                toy.add(state, new KernelAction.Tick(0), List.of(), 1, state);
            }
            if (random.nextInt(4) == 0) {
                int to = random.nextInt(states);
                toy.add(state, new KernelAction.Tick(0), List.of(1), 2, to);
            }
        }
        return toy;
    }

    private static BitSet reachable(Toy toy) {
        BitSet seen = new BitSet();
        BitSet edges = new BitSet();
        List<Integer> open = new ArrayList<>(List.of(0));
        seen.set(0);
        while (!open.isEmpty()) {
            for (Move move : toy.from(open.removeLast())) {
                move.edges().forEach(edges::set);
                if (!seen.get(move.end())) {
                    seen.set(move.end());
                    open.add(move.end());
                }
            }
        }
        return edges;
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16})
    void legsTakeWhatCanBeReached(long seed) {
        int states = 4 + (int) (seed % 12);
        Toy toy = random(seed, states);
        BitSet wanted = new BitSet();
        wanted.set(0, toy.edges);
        BitSet taken = new BitSet();
        Planner planner = new Planner(toy, states, wanted);
        List<Move> leg = planner.leg(0, MOST);
        while (!leg.isEmpty()) {
            assertTrue(leg.size() <= MOST);
            int at = 0;
            BitSet before = (BitSet) taken.clone();
            boolean deadline = false;
            for (Move move : leg) {
                assertTrue(toy.from(at).contains(move), "a way");
                assertTrue(!(deadline && move.idleTick()), "nobody woken is woken first");
                deadline |= move.action() instanceof KernelAction.Tick;
                move.edges().forEach(taken::set);
                at = move.end();
            }
            assertTrue(taken.cardinality() > before.cardinality(), "a leg takes something new");
            leg = planner.leg(0, MOST);
        }
        BitSet left = reachable(toy);
        left.andNot(taken);
        // What is left can only be taken by an interrupt that wakes nobody behind one that does.
        for (int state = 0; state < states; state++) {
            for (Move move : toy.from(state)) {
                if (!move.idleTick()) {
                    move.edges().forEach(edge -> assertTrue(!left.get(edge), "edge " + edge));
                }
            }
        }
    }

    @Test
    void aMoveThatChanceDecidesEndsItsLeg() {
        Toy toy = new Toy();
        toy.add(0, new KernelAction.Tick(0), List.of(0, 1), 1, 1);
        toy.add(1, new KernelAction.Yield(0), List.of(), 1, 1);
        toy.add(0, new KernelAction.Refuse(0), List.of(), 1, 1);
        BitSet wanted = new BitSet();
        wanted.set(0, 3);
        Planner planner = new Planner(toy, 2, wanted);
        List<Integer> sizes = new ArrayList<>();
        List<Move> leg = planner.leg(0, MOST);
        while (!leg.isEmpty()) {
            sizes.add(leg.size());
            assertTrue(leg.stream().limit(leg.size() - 1L).noneMatch(Move::chancy));
            leg = planner.leg(0, MOST);
        }
        assertEquals(3, sizes.stream().mapToInt(Integer::intValue).sum());
        assertTrue(wanted.isEmpty());
    }
}
