package norma.kernel.sim.explore;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import norma.abi.Event;
import norma.kernel.sim.Failure;
import norma.kernel.sim.load.ClassEdit;
import norma.kernel.sim.load.KernelLoader;
import norma.kernel.sim.race.Site;
import org.jspecify.annotations.Nullable;

/**
 * All that can happen in one scenario with one build of the kernel.
 *
 * <p>Contract: what a search finds and counts is a function of the kernel's classes and of the
 * scenario alone, whatever was searched before.
 */
public final class Exploration {
    /** Changes of core with which the simplest way to a failure is looked for. */
    private static final int SIMPLE = 8;

    /** States after which a simpler way is not looked for any more. */
    private static final long SIMPLE_STATES = 2_000_000;

    private final Case scenario;
    private final List<Site> sites;
    private final Board board;
    private final AtomicBoolean stopped = new AtomicBoolean();

    /** The last search needed more memory than there is. */
    private boolean exhausted;

    /** What failed before the scenario began, or null. */
    private final @Nullable Failure beginning;

    /** The kernel with {@code edit} applied, booted, at the scenario's beginning. */
    public Exploration(ClassEdit edit, Case scenario) {
        this(edit, scenario, true);
    }

    /** The same; without {@code merging} what a core has read in the kernel tells states apart. */
    Exploration(ClassEdit edit, Case scenario, boolean merging) {
        KernelLoader loader = new ExploredLoader(edit);
        this.scenario = scenario;
        sites = new ArrayList<>(loader.sites());
        board = new Board(loader, scenario, merging, false);
        board.within(() -> board.setUp(board::moves));
        beginning = board.failure();
        board.forgive();
    }

    /**
     * What a search found.
     *
     * @param failure the first failure, or null
     * @param choices those that lead to it
     * @param complete every state was visited
     * @param states states visited
     * @param transitions steps made
     * @param ends states in which nothing can happen any more
     * @param deepest steps of the longest way that was followed
     * @param modelStates states of the model that were reached
     * @param modelSteps different steps of the model
     * @param endings hash of all ends
     * @param observed hash of all steps as seen from outside, or 0 ({@link Search#observed})
     */
    public record Outcome(
            @Nullable Failure failure,
            List<String> choices,
            boolean complete,
            long states,
            long transitions,
            long ends,
            int deepest,
            int modelStates,
            int modelSteps,
            long endings,
            long observed) {}

    /** From any thread: the search in progress is given up. */
    public void stop() {
        stopped.set(true);
    }

    /** Why the last search was given up before it had visited {@code most} states. */
    public String reason(Outcome outcome, long most) {
        if (stopped.get()) {
            return "interrupted";
        }
        if (outcome.states() >= most) {
            return "given up at its bound, " + most + " states";
        }
        return exhausted
                ? "out of memory after " + outcome.states() + " states"
                : "given up: there is no end to what the code reads";
    }

    /** What was seen of the scenario's operations, for people. */
    public List<String> covered() {
        return board.coverage().lines(scenario.text());
    }

    /** Visits every state, or as many as {@code most}; {@code reduced}: see {@link Search}. */
    public Outcome search(boolean reduced, long most) {
        return within(search(reduced, most, Search.UNBOUNDED, false));
    }

    /** The same, or as many as there is memory for. */
    public Outcome searchInMemory(boolean reduced, long most) {
        exhausted = false;
        Search search = search(reduced, most, Search.UNBOUNDED, false);
        try {
            return within(search);
        } catch (OutOfMemoryError e) {
            exhausted = true; // What was visited before is as good as ever.
            return outcome(search);
        }
    }

    /** Visits every state, or as many as {@code most}, and keeps what is seen from outside. */
    public Outcome watch(long most) {
        return within(search(false, most, Search.UNBOUNDED, true));
    }

    /**
     * A way to a failure with the fewest changes of core that suffice, or {@code found} if there is
     * none that is simple.
     */
    public Outcome simplest(Outcome found) {
        if (beginning != null) {
            return found;
        }
        for (int bound = 0; bound <= SIMPLE; bound++) {
            Outcome outcome = within(search(false, SIMPLE_STATES, bound, false));
            if (outcome.failure() != null) {
                return outcome;
            }
        }
        return found;
    }

    /**
     * What a random run found.
     *
     * @param failure the first failure, or null
     * @param steps steps made
     * @param runs times that the scenario began
     */
    public record Random(@Nullable Failure failure, long steps, long runs) {}

    /** Makes {@code most} random steps, or those up to a failure: see {@link RandomRun}. */
    public Random random(long seed, long most) {
        if (beginning != null) {
            return new Random(beginning, 0, 0);
        }
        board.forgive();
        RandomRun run = new RandomRun(board, sites, scenario.waiting(), seed);
        board.within(() -> run.run(most));
        Failure failure = board.failure();
        board.forgive();
        return new Random(failure, run.steps(), run.runs());
    }

    private Outcome within(Search search) {
        if (beginning != null) {
            return new Outcome(beginning, List.of(), false, 0, 0, 0, 0, 0, 0, 0, 0);
        }
        board.forgive();
        board.within(search::run);
        return outcome(search);
    }

    private Outcome outcome(Search search) {
        Failure failure = board.failure();
        board.forgive();
        return new Outcome(
                failure,
                failure == null
                        ? List.of()
                        : Arrays.stream(search.path()).mapToObj(Choice::text).toList(),
                search.complete() && failure == null,
                search.states(),
                search.transitions(),
                search.terminals().size(),
                search.deepest(),
                board.models().states(),
                board.models().steps(),
                search.terminals().sum(),
                search.observed());
    }

    private Search search(boolean reduced, long most, int bound, boolean watching) {
        return new Search(
                board, sites, scenario.waiting(), most, reduced, bound, watching, stopped::get);
    }

    /**
     * Makes choices one after the other; the events, and at the end what failed. Null: a choice
     * that there was not.
     */
    public @Nullable Failure replay(List<String> choices, List<String> events) {
        if (beginning != null) {
            return beginning;
        }
        @Nullable Failure[] failure = new @Nullable Failure[1];
        board.within(() -> {
            board.back(0);
            board.tell(node -> {
                if (node.eventKind() != Event.SNAPSHOT) {
                    events.add(board.models().describe(node));
                }
            });
            failure[0] = follow(choices);
            board.tell(null);
        });
        board.forgive();
        return failure[0];
    }

    private @Nullable Failure follow(List<String> choices) {
        Footprint.Trace before = Footprint.Trace.NONE;
        int last = -1;
        for (int i = 0; i < choices.size() && board.failure() == null; i++) {
            int choice = Choice.parse(choices.get(i));
            if (choice < 0 || !(board.possible(choice, true) && board.moves(choice))) {
                return new Failure(
                        Way.MALFORMED,
                        "choice " + i + ", " + choices.get(i) + ", is none here",
                        List.of(Integer.toString(i)));
            }
            boolean other = last >= 0 && Choice.core(last) != Choice.core(choice);
            int @Nullable [] race = other ? board.footprint().race(before) : null;
            if (race != null) {
                board.race(race, sites);
            }
            before =
                    Choice.kind(choice) == Choice.LEAP
                            ? Footprint.Trace.NONE
                            : board.footprint().trace();
            last = choice;
        }
        if (board.failure() == null && board.quiet()) {
            board.end(scenario.waiting());
        }
        return board.failure();
    }
}
