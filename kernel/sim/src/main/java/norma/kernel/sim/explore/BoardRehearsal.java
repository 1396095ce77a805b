package norma.kernel.sim.explore;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;
import norma.abi.Limits;
import norma.abi.Op;
import norma.conformance.forced.Course;
import norma.conformance.forced.Rehearsal;
import norma.conformance.scenario.Script;
import norma.kernel.sim.Failure;
import norma.kernel.sim.load.ClassEdit;
import org.jspecify.annotations.Nullable;

/** A rehearsal on a {@link Board} on which nothing is masked: records have their versions. */
final class BoardRehearsal implements Rehearsal {
    private static final long NOTHING = -1;

    private final Board board;
    private final Script script;
    private final int cpus;
    private final List<Course.Step> steps = new ArrayList<>();
    private final List<List<long[]>> records = new ArrayList<>();
    private final List<Integer> order = new ArrayList<>();
    private final Course beginning;
    private final int firstStep;
    private final int firstRecord;
    private final int[] firstRecords;
    private final List<Node> pending = new ArrayList<>();

    /** For each thread the interrupts since its last step: where they find it, it decides yet. */
    private final List<List<Integer>> undecided = new ArrayList<>();

    /** What each thread has last begun. */
    private final long[] begun = new long[Limits.THREADS];

    private Consumer<long[]> listener = words -> {};

    /** Finds rehearsals as a service. */
    public static final class OnBoard implements Stage {
        /** For the service loader. */
        public OnBoard() {}

        @Override
        public Rehearsal open(Script script, int cpus) {
            return new BoardRehearsal(script, cpus);
        }
    }

    private BoardRehearsal(Script script, int cpus) {
        this.script = script;
        this.cpus = cpus;
        Case scenario = new Case("rehearsal", "", script, cpus, 0, true);
        board = new Board(new ExploredLoader(ClassEdit.NONE), scenario, false, true);
        for (int core = 0; core < cpus; core++) {
            records.add(new ArrayList<>());
        }
        for (int thread = 0; thread < Limits.THREADS; thread++) {
            undecided.add(new ArrayList<>());
        }
        board.users().improvise();
        board.within(() -> {
            board.tell(this::hear);
            board.setUp(choice -> take(choice, false));
        });
        Failure failure = board.failure();
        if (failure != null) {
            throw new IllegalStateException("a rehearsal does not begin: " + failure.summary());
        }
        firstStep = steps.size();
        firstRecord = order.size();
        firstRecords = records.stream().mapToInt(List::size).toArray();
        beginning = new Course(steps, records.stream().map(List::copyOf).toList(), false);
    }

    /** A step's records are kept until it is known that it is not undone. */
    private void hear(Node node) {
        pending.add(node);
    }

    private void keep() {
        for (Node node : pending) {
            long[] words = Models.words(node).clone();
            records.get(node.cell).add(words);
            order.add(node.cell);
            listener.accept(words);
        }
        pending.clear();
    }

    @Override
    public void begin(Consumer<long[]> hears) {
        board.forgive();
        board.back(0);
        listener = hears;
        undecided.forEach(List::clear);
        Arrays.fill(begun, NOTHING);
        steps.subList(firstStep, steps.size()).clear();
        order.subList(firstRecord, order.size()).clear();
        for (int core = 0; core < cpus; core++) {
            List<long[]> own = records.get(core);
            own.subList(firstRecords[core], own.size()).clear();
        }
    }

    @Override
    public Rehearsed rehearsed() {
        List<List<long[]>> copy = new ArrayList<>();
        records.forEach(own -> copy.add(List.copyOf(own)));
        List<long[][]> programs = new ArrayList<>();
        for (long[][] program : script.programs()) {
            int end = program.length;
            while (end > 0 && program[end - 1][0] == Op.END) {
                end--;
            }
            long[][] used = new long[end][];
            Arrays.setAll(used, i -> program[i].clone());
            programs.add(used);
        }
        return new Rehearsed(beginning, new Course(steps, copy, board.off()), order, programs);
    }

    @Override
    public boolean user(int core) {
        return board.memory().get(board.layout.mode(core)) == Layout.USER;
    }

    @Override
    public boolean waits(int core) {
        return !user(core) && !board.inKernel(core);
    }

    @Override
    public int thread(int core) {
        return (int) board.memory().get(board.layout.thread(core));
    }

    @Override
    public int place(int thread) {
        return board.users().place(thread);
    }

    @Override
    public boolean pending(int thread) {
        Users users = board.users();
        // Who has ended, and is asked to do so again, has no program any more.
        return !users.begun(thread) || users.calls(thread) || users.doing(thread) == begun[thread];
    }

    @Override
    public void next(int thread, long[] operation) {
        board.users().next(thread, operation);
        for (int at : undecided.get(thread)) {
            Course.Step step = steps.get(at);
            steps.set(at, board.steps().user(step.core(), step.kind(), thread));
        }
    }

    @Override
    public boolean go(int core) {
        return choose(Choice.of(Choice.STEP, core), false);
    }

    @Override
    public boolean goUnheard(int core) {
        return board.inKernel(core) && choose(Choice.of(Choice.STEP, core), true);
    }

    @Override
    public int asks(int core) {
        return board.inKernel(core) ? board.steps().asks(core) : 0;
    }

    @Override
    public boolean interrupt(int core, boolean ipi) {
        return choose(Choice.of(ipi ? Choice.IPI : Choice.TIMER, core), false);
    }

    @Override
    public boolean due(int core) {
        Memory memory = board.memory();
        return memory.get(board.layout.timer(core)) <= memory.get(board.layout.time);
    }

    @Override
    public boolean leap() {
        return choose(Choice.of(Choice.LEAP, 0), false);
    }

    @Override
    public void pass(long nanoseconds) {
        Memory memory = board.memory();
        memory.set(board.layout.time, memory.get(board.layout.time) + nanoseconds);
        steps.add(board.steps().leap());
    }

    @Override
    public boolean over() {
        return board.off();
    }

    @Override
    public @Nullable String wrong() {
        Failure failure = board.failure();
        return failure == null ? null : failure.summary();
    }

    private boolean choose(int choice, boolean unheard) {
        boolean[] made = new boolean[1];
        board.within(() -> made[0] = board.possible(choice, true) && take(choice, unheard));
        return made[0];
    }

    /** Makes a choice, unless it changes nothing, or makes a record and is to make none. */
    private boolean take(int choice, boolean unheard) {
        boolean leap = Choice.kind(choice) == Choice.LEAP;
        Course.Step step = leap ? null : board.steps().of(choice);
        int thread = !leap && user(Choice.core(choice)) ? thread(Choice.core(choice)) : -1;
        boolean begins = thread >= 0 && !board.users().calls(thread);
        long doing = begins ? board.users().doing(thread) : NOTHING;
        int mark = board.memory().now();
        boolean moves = board.moves(choice);
        if (moves && !leap) {
            together(Choice.core(choice));
        }
        if (!moves || (unheard && !pending.isEmpty())) {
            board.back(mark);
            pending.clear();
            return false;
        }
        if (thread >= 0 && Choice.kind(choice) == Choice.STEP) {
            undecided.get(thread).clear();
            begun[thread] = doing;
        } else if (thread >= 0) {
            undecided.get(thread).add(steps.size());
        }
        if (leap) {
            steps.add(board.steps().leap());
        } else if (step != null) {
            steps.add(step);
        }
        keep();
        return true;
    }

    /** What a machine with gates does along with the step before. */
    private void together(int core) {
        int choice = Choice.of(Choice.STEP, core);
        while (board.inKernel(core) && board.steps().of(choice) == null && board.moves(choice)) {
            // On to the next gate.
        }
    }
}
