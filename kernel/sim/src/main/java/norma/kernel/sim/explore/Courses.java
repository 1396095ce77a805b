package norma.kernel.sim.explore;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import norma.conformance.forced.Course;
import norma.kernel.sim.Failure;
import norma.kernel.sim.load.ClassEdit;
import norma.kernel.sim.load.KernelLoader;
import org.jspecify.annotations.Nullable;

/**
 * Ways through a scenario from boot to its end, as courses that an image with gates can be made to
 * take: each step, and each record with its versions.
 */
public final class Courses {
    /** Chances that a core goes on if it can: from a change at each access to few changes. */
    private static final double[] STICKY = {0, 0.5, 0.8, 0.95};

    /** Random ways for each different one that is looked for. */
    private static final int TRIES = 4;

    private final Board board;
    private final int cpus;
    private final List<Course.Step> steps = new ArrayList<>();
    private final List<List<long[]>> records = new ArrayList<>();
    private final int first;
    private final int[] firstRecords;
    private final Course beginning;
    private int gone;

    /** Choices of the last kept way that a machine with gates makes as steps of their own. */
    private final List<Integer> own = new ArrayList<>();

    /**
     * A way and its course.
     *
     * @param choices from the scenario's beginning on
     */
    public record Taken(List<String> choices, Course course) {}

    /** The shipped kernel, booted, at the scenario's beginning. */
    public Courses(Case scenario) {
        this(scenario, ClassEdit.NONE);
    }

    /** A kernel with a bug, which must not show before the scenario begins. */
    Courses(Case scenario, ClassEdit bug) {
        KernelLoader loader = new ExploredLoader(bug);
        cpus = scenario.cpus();
        board = new Board(loader, scenario, false, true);
        for (int core = 0; core < cpus; core++) {
            records.add(new ArrayList<>());
        }
        board.within(() -> {
            board.tell(node -> records.get(node.cell).add(Models.words(node).clone()));
            board.setUp(this::take);
        });
        Failure failure = board.failure();
        if (failure != null) {
            throw new IllegalStateException(scenario.name() + ": " + failure.summary());
        }
        first = steps.size();
        firstRecords = records.stream().mapToInt(List::size).toArray();
        beginning = course();
    }

    /** From boot to where the scenario begins, as all ways do. */
    public Course beginning() {
        return beginning;
    }

    /**
     * So many different ways, each with a trace of its own as long as such are found; fewer if the
     * scenario has no more.
     */
    public List<Taken> random(int count, long seed) {
        List<Taken> all = new ArrayList<>();
        List<Taken> again = new ArrayList<>();
        Set<List<String>> ways = new HashSet<>();
        Set<Integer> traces = new HashSet<>();
        for (int i = 0; i < count * TRIES && all.size() < count; i++) {
            Taken taken = random(new SplittableRandom(seed + i), STICKY[i % STICKY.length]);
            if (ways.add(taken.choices())) {
                boolean other = traces.add(hash(taken.course().records()));
                (other ? all : again).add(taken);
            }
        }
        all.addAll(again.subList(0, Math.min(again.size(), count - all.size())));
        return all;
    }

    private Taken random(SplittableRandom random, double sticky) {
        List<String> choices = new ArrayList<>();
        board.within(() -> {
            begin();
            int last = -1;
            do {
                last = next(random, sticky, last);
                if (last >= 0) {
                    choices.add(Choice.text(last));
                }
            } while (last >= 0);
        });
        return new Taken(choices, course());
    }

    /** The course of a kept way; null if it is none: {@link #gone} says how far it is one. */
    public @Nullable Taken of(Way way) {
        return follow(way.choices()) ? new Taken(way.choices(), course()) : null;
    }

    /** Choices that could be made of the last way. */
    int gone() {
        return gone;
    }

    /** Makes choices as far as they can be made: were they all? */
    private boolean follow(List<String> choices) {
        gone = 0;
        own.clear();
        board.within(() -> {
            begin();
            boolean goes = true;
            while (goes && gone < choices.size()) {
                int choice = Choice.parse(choices.get(gone));
                goes = choice >= 0 && board.possible(choice, true) && follow(choice);
                gone += goes ? 1 : 0;
            }
        });
        return gone == choices.size();
    }

    private boolean follow(int choice) {
        if (Choice.kind(choice) == Choice.LEAP || board.steps().of(choice) != null) {
            own.add(choice);
        }
        return take(choice);
    }

    /**
     * The course of a way on which the kernel fails, or behind which nothing can happen any more;
     * null if it is none when each core goes on to its next gate, as it does on a machine with
     * gates.
     */
    @Nullable Course failing(List<String> choices) {
        if (!follow(choices)) {
            return null;
        }
        boolean[] fails = new boolean[1];
        board.within(() -> {
            begin();
            boolean goes = true;
            for (int i = 0; goes && i < own.size() && board.failure() == null; i++) {
                int choice = own.get(i);
                goes = board.possible(choice, true) && take(choice);
                finish(Choice.core(choice));
            }
            fails[0] = board.failure() != null || (goes && board.quiet());
        });
        Course course = new Course(steps, records(), board.off());
        board.forgive();
        return fails[0] ? course : null;
    }

    /** A machine with gates does not stop behind a write, or where the model is left. */
    private void finish(int core) {
        int choice = Choice.of(Choice.STEP, core);
        boolean goes = board.inKernel(core);
        while (goes && board.possible(choice, false) && board.steps().of(choice) == null) {
            int before = board.memory().now();
            // A panic is one for ever: whoever is in it goes nowhere.
            goes = take(choice) && board.memory().now() != before && board.inKernel(core);
        }
    }

    private void begin() {
        board.forgive();
        board.back(0);
        steps.subList(first, steps.size()).clear();
        for (int core = 0; core < cpus; core++) {
            List<long[]> own = records.get(core);
            own.subList(firstRecords[core], own.size()).clear();
        }
    }

    private Course course() {
        Failure failure = board.failure();
        if (failure != null) {
            throw new IllegalStateException("a way fails: " + failure.summary());
        }
        return new Course(steps, records(), board.off());
    }

    private List<List<long[]>> records() {
        List<List<long[]>> copy = new ArrayList<>();
        records.forEach(own -> copy.add(List.copyOf(own)));
        return copy;
    }

    /** Makes one of the choices there are; -1 if nothing can happen any more. */
    private int next(SplittableRandom random, double sticky, int last) {
        if (board.failure() != null) {
            return -1;
        }
        if (last >= 0 && random.nextDouble() < sticky) {
            int same = Choice.of(Choice.STEP, Choice.core(last));
            if (Choice.kind(last) != Choice.LEAP && board.possible(same, false) && take(same)) {
                return same;
            }
        }
        int[] choices = new int[Choice.LIMIT];
        for (boolean idle : new boolean[] {false, true}) {
            int count = 0;
            for (int choice = 0; choice < Choice.LIMIT; choice++) {
                if (board.possible(choice, idle)) {
                    choices[count++] = choice;
                }
            }
            while (count > 0) {
                int at = random.nextInt(count);
                if (take(choices[at])) {
                    return choices[at];
                }
                choices[at] = choices[--count];
            }
        }
        return -1;
    }

    /** Makes a choice, unless it changes nothing. */
    private boolean take(int choice) {
        boolean leap = Choice.kind(choice) == Choice.LEAP;
        Course.Step step = leap ? null : board.steps().of(choice);
        int mark = board.memory().now();
        if (!board.moves(choice)) {
            board.back(mark);
            return false;
        }
        if (leap) {
            steps.add(board.steps().leap());
        } else if (step != null) {
            steps.add(step);
        }
        return true;
    }

    /** A number for all that a course's records say. */
    static int hash(List<List<long[]>> records) {
        int hash = 1;
        for (List<long[]> own : records) {
            for (long[] words : own) {
                hash = 31 * hash + Arrays.hashCode(words);
            }
            hash = 31 * hash + own.size();
        }
        return hash;
    }
}
