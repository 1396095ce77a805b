package norma.model.explore;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import norma.model.Action;
import norma.model.CanonicalText;
import norma.model.Guard;
import norma.model.Invariant;
import norma.model.Model;
import norma.model.Names;
import norma.model.State;
import org.junit.jupiter.api.Test;

/** The explorer on a counter that is small enough to know by heart. */
class ExplorerTest {
    private static final class Counter extends State {
        Counter(long[] words) {
            super(words, 0, 1);
        }

        long value() {
            return word(0);
        }

        void value(long value) {
            set(0, value);
        }

        @Override
        public State copy() {
            return new Counter(cloneWords());
        }

        @Override
        public List<String> variables() {
            return List.of("value");
        }

        @Override
        public boolean write(String variable, CanonicalText out) {
            out.number(value());
            return true;
        }
    }

    private record Add(int step) implements Action {}

    private record Never() implements Action {}

    /** Adds 1 or 2 up to a limit. */
    private record CounterModel(int limit, int forbidden) implements Model<Counter> {
        @Override
        public List<Counter> initialStates() {
            return List.of(new Counter(new long[1]));
        }

        @Override
        public List<Action> actions() {
            return List.of(new Add(1), new Add(2), new Never());
        }

        @Override
        public boolean step(Counter s, Action action, Guard g) {
            if (!(action instanceof Add add)) {
                return g.holds("Never", false);
            }
            if (!g.holds("BelowLimit", s.value() + add.step() <= limit)) {
                return false;
            }
            s.value(s.value() + add.step());
            return true;
        }

        @Override
        public List<Invariant<Counter>> invariants() {
            return List.of(
                    new Invariant<>("NotForbidden", "one", (s, i) -> s.value() != forbidden));
        }

        @Override
        public Names names() {
            return new Names().listed("one", "it").integers("step", 0, 3);
        }
    }

    private static Exploration explore(int limit, int forbidden, boolean deadlock) {
        return new Explorer<>(new CounterModel(limit, forbidden), null).run(deadlock);
    }

    @Test
    void countsStatesEdgesAndDepth() {
        Exploration found = explore(10, -1, false);
        assertEquals(11, found.states());
        assertEquals(19, found.edges());
        assertEquals(6, found.depth());
        assertNull(found.violation());
        assertEquals(List.of("Never"), found.unusedActions());
    }

    @Test
    void growsItsTables() {
        int limit = 127; // the largest value that packs into a byte
        assertEquals(limit + 1, explore(limit, -1, false).states());
        assertThrows(IllegalStateException.class, () -> explore(limit + 1, -1, false));
    }

    @Test
    void findsAShortestPath() {
        Exploration found = explore(10, 5, false);
        assertEquals("NotForbidden", found.violation());
        assertEquals(
                List.of("Initial", "Add(1)", "Add(2)", "Add(2)"),
                found.path().stream().map(Exploration.Step::label).toList());
        assertEquals("value=5 ", found.path().getLast().state());
    }

    @Test
    void reportsDeadlock() {
        assertEquals(Explorer.DEADLOCK, explore(3, -1, true).violation());
    }

    @Test
    void digestsIgnoreOrderButNotDirection() {
        GraphDigest forth = new GraphDigest();
        forth.state(0, "a");
        forth.state(1, "b");
        forth.edge(0, "x", 1);
        GraphDigest renumbered = new GraphDigest();
        renumbered.state(0, "b");
        renumbered.state(1, "a");
        renumbered.edge(1, "x", 0);
        GraphDigest back = new GraphDigest();
        back.state(0, "a");
        back.state(1, "b");
        back.edge(1, "x", 0);
        assertEquals(forth.text(), renumbered.text());
        assertNotEquals(forth.text(), back.text());
    }
}
