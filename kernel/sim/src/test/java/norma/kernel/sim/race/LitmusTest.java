package norma.kernel.sim.race;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The litmus tests of memory models on {@link WeakMemory}: every interleaving with every choice of
 * messages, and which outcome is among them, per mode of access. What may happen is what RC11 lets
 * happen, but for load buffering, which a semantics without promises never shows.
 */
class LitmusTest {
    /** Modes: of a read, a write, or both. */
    private enum Mode {
        OPAQUE(0, 0),
        ORDERED(Probe.ACQUIRE, Probe.RELEASE),
        VOLATILE(Probe.ACQUIRE | Probe.VOLATILE, Probe.RELEASE | Probe.VOLATILE);

        final int read;
        final int write;

        Mode(int read, int write) {
            this.read = Probe.READ | read;
            this.write = Probe.WRITE | write;
        }
    }

    private static final Mode O = Mode.OPAQUE;
    private static final Mode A = Mode.ORDERED;
    private static final Mode V = Mode.VOLATILE;

    /** What a step does: {@code R}ead, {@code W}rite, or {@code U}pdate by adding. */
    private record Step(char kind, String word, Mode mode, long value) {}

    /** What one core does. */
    private record Program(List<Step> steps) {}

    private static Step read(String word, Mode mode) {
        return new Step('R', word, mode, 0);
    }

    private static Step write(String word, Mode mode, long value) {
        return new Step('W', word, mode, value);
    }

    private static Step add(String word, Mode mode, long value) {
        return new Step('U', word, mode, value);
    }

    /** A test: cores, an outcome ("what is read, core after core; x y z in the end"), possible? */
    record Litmus(String name, List<Program> cores, String outcome, boolean possible) {
        @Override
        public String toString() {
            return name + " " + outcome + (possible ? " may be" : " never is");
        }
    }

    private static Program core(Step... steps) {
        return new Program(List.of(steps));
    }

    private static Litmus test(String name, String outcome, boolean possible, Program... cores) {
        return new Litmus(name, List.of(cores), outcome, possible);
    }

    static Stream<Litmus> tests() {
        List<Litmus> all = new ArrayList<>();
        for (Mode mode : Mode.values()) {
            boolean weak = mode == O;
            boolean free = mode != V;
            all.addAll(twoWords(mode, weak, free));
            all.addAll(manyCores(mode, weak, free));
            all.addAll(oneWord(mode));
        }
        all.addAll(mixed());
        return all.stream();
    }

    private static List<Litmus> twoWords(Mode m, boolean weak, boolean free) {
        return List.of(
                test(
                        "SB " + m,
                        "0 0",
                        free,
                        core(write("x", m, 1), read("y", m)),
                        core(write("y", m, 1), read("x", m))),
                test(
                        "MP " + m,
                        "1 0",
                        weak,
                        core(write("x", m, 1), write("y", m, 1)),
                        core(read("y", m), read("x", m))),
                test(
                        "LB " + m,
                        "1 1",
                        false,
                        core(read("x", m), write("y", m, 1)),
                        core(read("y", m), write("x", m, 1))),
                test(
                        "2+2W " + m,
                        "; 1 1",
                        free,
                        core(write("x", m, 1), write("y", m, 2)),
                        core(write("y", m, 1), write("x", m, 2))),
                test(
                        "S " + m,
                        "1; 2 1",
                        weak,
                        core(write("x", m, 2), write("y", m, 1)),
                        core(read("y", m), write("x", m, 1))),
                test(
                        "R " + m,
                        "0; 1 2",
                        free,
                        core(write("x", m, 1), write("y", m, 1)),
                        core(write("y", m, 2), read("x", m))));
    }

    private static List<Litmus> manyCores(Mode m, boolean weak, boolean free) {
        return List.of(
                test(
                        "IRIW " + m,
                        "1 0 1 0",
                        free,
                        core(write("x", m, 1)),
                        core(write("y", m, 1)),
                        core(read("x", m), read("y", m)),
                        core(read("y", m), read("x", m))),
                test(
                        "WRC " + m,
                        "1 1 0",
                        weak,
                        core(write("x", m, 1)),
                        core(read("x", m), write("y", m, 1)),
                        core(read("y", m), read("x", m))),
                test(
                        "ISA2 " + m,
                        "1 1 0",
                        weak,
                        core(write("x", m, 1), write("y", m, 1)),
                        core(read("y", m), write("z", m, 1)),
                        core(read("z", m), read("x", m))));
    }

    /** Coherence: one word changes in one order for all, in any mode. */
    private static List<Litmus> oneWord(Mode m) {
        return List.of(
                test(
                        "CoRR " + m,
                        "2 1",
                        false,
                        core(write("x", m, 1), write("x", m, 2)),
                        core(read("x", m), read("x", m))),
                test(
                        "CoRR2 " + m,
                        "1 2 2 1",
                        false,
                        core(write("x", m, 1)),
                        core(write("x", m, 2)),
                        core(read("x", m), read("x", m)),
                        core(read("x", m), read("x", m))),
                test(
                        "CoWR " + m,
                        "0",
                        false,
                        core(write("x", m, 1), read("x", m)),
                        core(write("x", m, 2))),
                test(
                        "CoRW " + m,
                        "2; 2",
                        false,
                        core(read("x", m), write("x", m, 1)),
                        core(write("x", m, 2))),
                test("CoWW " + m, "; 1", false, core(write("x", m, 1), write("x", m, 2))),
                test("two updates " + m, "0 0", false, core(add("x", m, 1)), core(add("x", m, 1))),
                test(
                        "nothing comes into an update " + m,
                        "0; 1",
                        false,
                        core(add("x", m, 1)),
                        core(write("x", m, 5))));
    }

    private static List<Litmus> mixed() {
        Program opaqueUpdate = core(add("y", O, 1));
        Program opaqueWrite = core(write("y", O, 2));
        Program released = core(write("x", O, 1), write("y", A, 1));
        Program acquires = core(read("y", A), read("x", O));
        return List.of(
                test("MP opaque data", "1 0", false, released, acquires),
                test(
                        "MP opaque flag read",
                        "1 0",
                        true,
                        released,
                        core(read("y", O), read("x", A))),
                test(
                        "MP opaque flag write",
                        "1 0",
                        true,
                        core(write("x", O, 1), write("y", O, 1)),
                        acquires),
                test(
                        "WRC opaque first",
                        "1 1 0",
                        false,
                        core(write("x", O, 1)),
                        core(read("x", O), write("y", A, 1)),
                        acquires),
                test("release sequence", "1 2 0", false, released, opaqueUpdate, acquires),
                test("no release sequence", "2 0", true, released, opaqueWrite, acquires),
                test(
                        "SB volatile writes only",
                        "0 0",
                        true,
                        core(write("x", V, 1), read("y", O)),
                        core(write("y", V, 1), read("x", O))),
                test(
                        "SB volatile reads only",
                        "0 0",
                        true,
                        core(write("x", O, 1), read("y", V)),
                        core(write("y", O, 1), read("x", V))),
                test(
                        "SB with updates",
                        "0 0 0 0",
                        false,
                        core(add("x", V, 1), read("y", V)),
                        core(add("y", V, 1), read("x", V))));
    }

    @ParameterizedTest
    @MethodSource("tests")
    void outcome(Litmus litmus) {
        Set<String> outcomes = new Search(litmus.cores).outcomes();
        boolean reads = !litmus.outcome.startsWith(";");
        boolean ends = litmus.outcome.contains(";");
        boolean found =
                outcomes.stream()
                        .map(all -> reads ? all : all.substring(all.indexOf(';')))
                        .map(all -> ends ? all : all.substring(0, all.indexOf(';')))
                        .anyMatch(litmus.outcome::equals);
        assertEquals(litmus.possible, found, () -> litmus + ": " + outcomes);
        assertTrue(outcomes.size() > 1 || litmus.cores.size() == 1, outcomes.toString());
    }

    /** A write is seen by all, and nothing comes before it any more, in finite time. */
    @Test
    void everyWriteIsSeen() {
        Object word = new Object();
        WeakMemory memory = new WeakMemory(2, 10, count -> count - 1);
        memory.holds(word, 0, 0);
        memory.write(word, 0, Probe.WRITE, 1, null);
        memory.runs(1, 9);
        assertEquals(0, memory.read(word, 0, Probe.READ).value());
        assertFalse(memory.sees(word, 0));
        memory.runs(1, 10);
        assertEquals(1, memory.read(word, 0, Probe.READ).value());
        assertTrue(memory.sees(word, 0));
    }

    /** All interleavings and choices, one after the other, each from the beginning. */
    private static final class Search {
        private final List<Program> cores;
        private final Set<String> outcomes = new TreeSet<>();
        private final List<Integer> taken = new ArrayList<>();
        private final List<Integer> counts = new ArrayList<>();
        private int decision;

        Search(List<Program> cores) {
            this.cores = cores;
        }

        Set<String> outcomes() {
            do {
                decision = 0;
                outcomes.add(run());
            } while (next());
            return outcomes;
        }

        private boolean next() {
            while (!taken.isEmpty()) {
                int last = taken.size() - 1;
                if (taken.get(last) + 1 < counts.get(last)) {
                    taken.set(last, taken.get(last) + 1);
                    return true;
                }
                taken.removeLast();
                counts.removeLast();
            }
            return false;
        }

        private int choose(int count) {
            if (decision == taken.size()) {
                taken.add(0);
                counts.add(count);
            }
            return taken.get(decision++);
        }

        private String run() {
            List<String> names =
                    cores.stream()
                            .flatMap(core -> core.steps.stream())
                            .map(Step::word)
                            .distinct()
                            .sorted()
                            .toList();
            Object[] words = names.stream().map(name -> new Object()).toArray();
            long[] values = new long[words.length];
            WeakMemory memory = new WeakMemory(cores.size(), 1_000, this::choose);
            for (Object word : words) {
                memory.holds(word, 0, 0);
            }
            int[] at = new int[cores.size()];
            List<List<String>> found = new ArrayList<>();
            cores.forEach(core -> found.add(new ArrayList<>()));
            int left = cores.stream().mapToInt(core -> core.steps.size()).sum();
            for (int time = 0; time < left; time++) {
                int core = core(at);
                Step step = cores.get(core).steps.get(at[core]++);
                int number = names.indexOf(step.word);
                memory.runs(core, time);
                memory.holds(words[number], 0, values[number]);
                switch (step.kind) {
                    case 'R' ->
                            found.get(core)
                                    .add(
                                            ""
                                                    + memory.read(words[number], 0, step.mode.read)
                                                            .value());
                    case 'W' ->
                            values[number] =
                                    memory.write(
                                            words[number], 0, step.mode.write, step.value, null);
                    default -> {
                        int mode = step.mode.read | step.mode.write;
                        long before = memory.readNewest(words[number], 0, mode).value();
                        found.get(core).add("" + before);
                        values[number] = before + step.value;
                        memory.update(words[number], 0, mode, values[number], null);
                    }
                }
            }
            String reads = String.join(" ", found.stream().flatMap(List::stream).toList());
            return reads
                    + "; "
                    + String.join(" ", Arrays.stream(values).mapToObj(v -> "" + v).toList());
        }

        private int core(int[] at) {
            List<Integer> open = new ArrayList<>();
            for (int core = 0; core < at.length; core++) {
                if (at[core] < cores.get(core).steps.size()) {
                    open.add(core);
                }
            }
            return open.get(open.size() == 1 ? 0 : choose(open.size()));
        }
    }
}
