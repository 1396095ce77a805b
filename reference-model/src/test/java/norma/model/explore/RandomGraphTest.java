package norma.model.explore;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import norma.model.Action;
import norma.model.CanonicalText;
import norma.model.Guard;
import norma.model.Invariant;
import norma.model.Model;
import norma.model.Names;
import norma.model.State;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The explorer, its table and its digests on random graphs, against a search that is plain. */
class RandomGraphTest {
    private static final int VALUES = 5;

    private static final class Words extends State {
        private final int width;

        Words(long[] words, int width) {
            super(words, 0, width);
            this.width = width;
        }

        void put(int at, long value) {
            set(at, value);
        }

        @Override
        public State copy() {
            return new Words(cloneWords(), width);
        }

        @Override
        public List<String> variables() {
            return List.of("words");
        }

        @Override
        public boolean write(String variable, CanonicalText out) {
            out.number(number());
            return true;
        }

        long number() {
            long number = 0;
            for (int i = 0; i < width; i++) {
                number = number * VALUES + word(i);
            }
            return number;
        }
    }

    /** Puts a value into a word, where a random table says that it may. */
    private record Put(int at, int value) implements Action {}

    /** Fills every word with one value. */
    private record Fill(int value) implements Action {}

    /**
     * Only {@code slots} of the words change, spread over all of them: so the graph stays small.
     */
    private record RandomModel(
            int width, int slots, long seed, int chance, int initials, long forbidden)
            implements Model<Words> {
        private int at(int slot) {
            return slots == 1 ? 0 : slot * (width - 1) / (slots - 1);
        }

        private boolean may(long state, int action) {
            long z = (seed + 1) * 0x9E3779B97F4A7C15L ^ state * 0xBF58476D1CE4E5B9L ^ action;
            z = (z ^ z >>> 30) * 0x94D049BB133111EBL;
            return (z >>> 33) % 100 < chance;
        }

        @Override
        public List<Words> initialStates() {
            List<Words> all = new ArrayList<>();
            for (int i = 0; i < initials; i++) {
                Words words = new Words(new long[width], width);
                words.put(at(i % slots), i % VALUES);
                all.add(words);
            }
            return all;
        }

        @Override
        public List<Action> actions() {
            List<Action> all = new ArrayList<>();
            for (int slot = 0; slot < slots; slot++) {
                for (int value = 0; value < VALUES; value++) {
                    all.add(new Put(at(slot), value));
                }
            }
            for (int value = 0; value < VALUES; value++) {
                all.add(new Fill(value));
            }
            return all;
        }

        @Override
        public boolean step(Words s, Action action, Guard g) {
            if (!g.holds("May", may(s.number(), action.hashCode()))) {
                return false;
            }
            if (action instanceof Put put) {
                s.put(put.at(), put.value());
            } else if (action instanceof Fill fill) {
                for (int i = 0; i < slots; i++) {
                    s.put(at(i), fill.value());
                }
            }
            return true;
        }

        @Override
        public List<Invariant<Words>> invariants() {
            return List.of(
                    new Invariant<>("Always", "one", (s, i) -> true),
                    new Invariant<>("NotForbidden", "one", (s, i) -> s.number() != forbidden),
                    new Invariant<>(
                            "NotForbiddenEither", "one", (s, i) -> s.number() != forbidden));
        }

        @Override
        public Names names() {
            return new Names()
                    .listed("one", "it")
                    .integers("at", 0, 17)
                    .integers("value", 0, VALUES);
        }
    }

    /** What the explorer tells, as it tells it. */
    private static final class Heard implements GraphListener {
        final List<String> states = new ArrayList<>();
        final List<String> edges = new ArrayList<>();

        @Override
        public void state(int number, CharSequence canonical) {
            assertEquals(states.size(), number);
            states.add(canonical.toString());
        }

        @Override
        public void edge(int from, String label, int to) {
            edges.add(states.get(from) + " " + label + " " + states.get(to));
        }
    }

    /** The same graph by a search that holds everything. */
    private static final class Plain {
        final List<String> states = new ArrayList<>();
        final List<String> edges = new ArrayList<>();
        final Map<String, Integer> depths = new HashMap<>();
        final Set<String> used = new HashSet<>();
        @Nullable String dead;

        Plain(RandomModel model) {
            List<Words> open = new ArrayList<>();
            for (Words initial : model.initialStates()) {
                reach(initial, 1, open);
            }
            for (int i = 0; i < open.size(); i++) {
                Words from = open.get(i);
                int before = edges.size();
                for (Action action : model.actions()) {
                    Words to = (Words) from.copy();
                    Guard guard = new Guard();
                    guard.begin();
                    if (model.step(to, action, guard)) {
                        used.add(action.getClass().getSimpleName());
                        reach(to, depths.get(text(from, model)) + 1, open);
                        String label = model.names().label(action);
                        edges.add(text(from, model) + " " + label + " " + text(to, model));
                    }
                }
                if (edges.size() == before && dead == null) {
                    dead = text(from, model);
                }
            }
        }

        private void reach(Words state, int depth, List<Words> open) {
            String text = text(state, null);
            if (depths.putIfAbsent(text, depth) == null) {
                states.add(text);
                open.add(state);
            }
        }

        static String text(Words state, @Nullable RandomModel model) {
            StringBuilder text = new StringBuilder();
            state.canonical(text, model == null ? new Names() : model.names());
            return text.toString();
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 4, 6, 7, 8, 9, 17})
    void findsTheGraphThatAPlainSearchFinds(int width) {
        for (long seed = 0; seed < 3; seed++) {
            RandomModel model = new RandomModel(width, Math.min(width, 4), seed, 30, 3, -1);
            Plain plain = new Plain(model);
            Heard heard = new Heard();
            Exploration found = new Explorer<>(model, heard).run(false);
            assertEquals(plain.states, heard.states);
            assertEquals(plain.edges, heard.edges);
            assertEquals(plain.states.size(), found.states());
            assertEquals(plain.edges.size(), found.edges());
            assertEquals(plain.depths.get(plain.states.getLast()), found.depth());
            assertNull(found.violation());
            Set<String> unused = new TreeSet<>(Set.of("Put", "Fill"));
            unused.removeAll(plain.used);
            assertEquals(List.copyOf(unused), found.unusedActions());
            assertTrue(found.cpuNanos() > 0);
            assertEquals(found.states() * 1e9 / found.cpuNanos(), found.statesPerSecond(), 1e-3);
        }
    }

    @Test
    void moreStatesThanItsFirstTablesHold() {
        RandomModel model = new RandomModel(6, 6, 9, 40, 1, -1);
        Heard heard = new Heard();
        Exploration found = new Explorer<>(model, heard).run(false);
        assertTrue(found.states() > 3 * 4096, () -> found.states() + " states");
        assertEquals(found.states(), new HashSet<>(heard.states).size());
        assertEquals(new Plain(model).states.size(), found.states());
    }

    @Test
    void aDeadEndIsAViolationOnlyIfAskedFor() {
        for (long seed = 0; seed < 20; seed++) {
            RandomModel model = new RandomModel(3, 3, seed, 8, 2, -1);
            Plain plain = new Plain(model);
            assertNull(new Explorer<>(model, null).run(false).violation());
            Exploration found = new Explorer<>(model, null).run(true);
            if (plain.dead == null) {
                assertNull(found.violation());
            } else {
                assertEquals(Explorer.DEADLOCK, found.violation());
                assertEquals(plain.dead, found.path().getLast().state());
            }
        }
    }

    @Test
    void stopsAtTheFirstViolationOnAShortestPath() {
        for (long seed = 0; seed < 10; seed++) {
            Plain plain = new Plain(new RandomModel(4, 4, seed, 60, 1, -1));
            long forbidden = 200 + seed;
            RandomModel model = new RandomModel(4, 4, seed, 60, 1, forbidden);
            Exploration found = new Explorer<>(model, null).run(true);
            assertEquals("NotForbidden", found.violation());
            List<Exploration.Step> path = found.path();
            String last = path.getLast().state();
            assertEquals(plain.depths.get(last), path.size());
            assertEquals(path.size(), found.depth());
            assertTrue(found.states() <= plain.states.size());
            assertEquals(Explorer.INITIAL, path.getFirst().label());
            for (int i = 1; i < path.size(); i++) {
                String edge = path.get(i - 1).state() + " " + path.get(i).label() + " ";
                assertTrue(plain.edges.contains(edge + path.get(i).state()));
            }
        }
    }

    @Test
    void aForbiddenInitialStateIsAPathOfOne() {
        Exploration found = new Explorer<>(new RandomModel(3, 3, 1, 60, 1, 0), null).run(false);
        assertEquals("NotForbidden", found.violation());
        assertEquals(1, found.path().size());
        assertEquals(1, found.depth());
        assertNotNull(found.path().getFirst().state());
    }

    @Test
    void digestsArePinned() {
        // Evidence holds such digests: another function of the same graph would make all of it
        // stale.
        GraphDigest digest = new GraphDigest();
        new Explorer<>(new RandomModel(4, 4, 4, 60, 2, -1), digest).run(false);
        assertEquals(625, digest.states());
        assertEquals(PINNED, digest.text());
        assertEquals(digest.text(), shuffled(new RandomModel(4, 4, 4, 60, 2, -1)).text());
        assertEquals(PINNED_EDGE, digest.lastEdge());
        assertEquals(PINNED_STATE, digest.stateKey(300));
    }

    private static final String PINNED =
            "625 states c26168a57e7644663663a223ff8a194a, 9360 edges d671fda3c455cb8f65b3b3f3d2e945e8";
    private static final long PINNED_EDGE = -6868993178551769339L;
    private static final long PINNED_STATE = -4178540733925250529L;

    /** The digest of the same graph, its states told in another order. */
    private static GraphDigest shuffled(RandomModel model) {
        Plain plain = new Plain(model);
        List<String> states = new ArrayList<>(plain.states);
        java.util.Collections.shuffle(states, new Random(1));
        GraphDigest digest = new GraphDigest();
        Map<String, Integer> numbers = new HashMap<>();
        for (String state : states) {
            numbers.put(state, numbers.size());
            digest.state(numbers.get(state), state);
        }
        for (String edge : plain.edges) {
            String from = plain.states.stream().filter(edge::startsWith).findFirst().orElseThrow();
            String rest = edge.substring(from.length() + 1);
            int space = rest.indexOf(' ');
            digest.edge(
                    numbers.get(from),
                    rest.substring(0, space),
                    numbers.get(rest.substring(space + 1)));
        }
        return digest;
    }

    @Test
    void hashesOfStatesDiffer() {
        // One byte apart, in any byte: a poor hash costs time only, but a great deal of it.
        StateTable table = new StateTable(17);
        Set<Integer> hashes = new HashSet<>();
        int[] low = new int[64];
        for (int at = 0; at < 17; at++) {
            for (int value = 1; value < 100; value++) {
                Words words = new Words(new long[17], 17);
                words.put(at, value);
                table.add(words);
                int hash = table.hashOf(table.count() - 1);
                hashes.add(hash);
                low[hash & 63]++;
            }
        }
        assertEquals(17 * 99, hashes.size());
        assertTrue(Arrays.stream(low).max().orElse(0) < 60, () -> Arrays.toString(low));
    }

    @Test
    void statesOfOneHashAreTwo() {
        // Of so many states some share their 32 bits of hash: about ten pairs.
        StateTable table = new StateTable(4);
        Set<Integer> hashes = new HashSet<>();
        int count = 300_000;
        for (int i = 0; i < count; i++) {
            Words words = new Words(new long[4], 4);
            words.put(0, i & 127);
            words.put(1, i >> 7 & 127);
            words.put(2, i >> 14);
            table.add(words);
            hashes.add(table.hashOf(table.count() - 1));
        }
        assertEquals(count, table.count());
        assertTrue(hashes.size() < count, "no two states share a hash: the test says nothing");
    }

    @Test
    void digestsHaveRoomForMoreStatesThanAtFirst() {
        GraphDigest digest = new GraphDigest();
        int count = 3_000;
        for (int i = 0; i < count; i++) {
            digest.state(i, "s" + i);
            digest.edge(i / 2, "a", i);
        }
        assertEquals(count, digest.states());
        assertEquals(count, digest.edges());
    }
}
