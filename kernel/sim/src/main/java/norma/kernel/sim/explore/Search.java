package norma.kernel.sim.explore;

import java.util.Arrays;
import java.util.List;
import java.util.function.BooleanSupplier;
import norma.kernel.sim.Failure;
import norma.kernel.sim.race.Site;
import org.jspecify.annotations.Nullable;

/**
 * A depth-first search over the states of a {@link Board}, each visited once.
 *
 * <p>Reduced, a state has one successor only if some core's next step uses no word that another
 * core can use before it: one that no other core uses, or that is guarded by a lock which the core
 * holds. Such a step commutes with everything that the others do before it, so nothing is missed
 * (persistent sets: Godefroid 1996; locks: Flanagan and Qadeer, Transactions for software model
 * checking, 2003). Which words are shared and which locks guard them is assumed ({@link Guards}),
 * and the search is repeated when it turns out that too much was assumed; so at the end it holds
 * for every state that was visited, and thus for those that were left out, of which the first to
 * break it would be a reordering of one that was visited. Steps that are each the only one are made
 * in one go, and only the state at their end is kept; after {@link #ROW} of them a state is
 * expanded in full, so that nobody is put off for ever.
 *
 * <p>Bounded, a search counts how often a core is left that could have gone on; with a small bound
 * it finds the simplest way to a failure.
 */
final class Search {
    private static final int FRAMES = 1 << 10;

    /** More steps in a row than a kernel makes that does not wait for another core. */
    private static final int ROW = 1_000;

    /** States after which a reduced search first looks whether it assumes too much. */
    private static final long FIRST_LOOK = 1_000;

    /** Runs of the code from an entry: a hundred times what the largest scenario needs. */
    private static final long TRIALS = 1_000_000;

    private final Board board;
    private final List<Site> sites;
    private final boolean waiting;
    private final long most;
    private final boolean reduced;
    private final int bound;
    private final BooleanSupplier stop;

    /** What a reduced search assumes of words and locks. */
    private final Guards assumed;

    private Guards found;

    /** Steps as they are seen from outside, or null if nobody wants to know. */
    private final @Nullable StateSet seen;

    private StateSet visited = new StateSet();
    private StateSet terminals = new StateSet();
    private int[] marks = new int[FRAMES];
    private int[] next = new int[FRAMES];
    private int[] choices = new int[FRAMES];
    private int[] left = new int[FRAMES];
    private boolean[] moved = new boolean[FRAMES];
    private Footprint.Trace[] traces = new Footprint.Trace[FRAMES];

    /** Steps before it, one behind the other, that were each the only one. */
    private int[] row = new int[FRAMES];

    private int depth;
    private int deepest;
    private boolean whole;
    private long transitions;
    private long look = FIRST_LOOK;

    /** No bound on changes of core. */
    static final int UNBOUNDED = Integer.MAX_VALUE;

    /**
     * A search.
     *
     * @param waiting threads may be left that wait for each other
     * @param most states after which it is given up
     * @param reduced see above
     * @param bound changes of core, see above, or {@link #UNBOUNDED}
     * @param watching the steps as seen from outside are kept
     * @param stop asked before each step whether to give up
     */
    Search(
            Board board,
            List<Site> sites,
            boolean waiting,
            long most,
            boolean reduced,
            int bound,
            boolean watching,
            BooleanSupplier stop) {
        seen = watching ? new StateSet() : null;
        this.board = board;
        this.sites = sites;
        this.waiting = waiting;
        this.most = most;
        this.reduced = reduced;
        this.bound = bound;
        this.stop = stop;
        assumed = new Guards(board.words());
        found = assumed;
    }

    /** States visited. */
    long states() {
        return visited.size();
    }

    long transitions() {
        return transitions;
    }

    /**
     * Hash of all steps that are to be seen from outside the kernel, in no order; 0 if they were
     * not kept. Two kernels with one hash do the same in the same situations, whatever their code
     * looks like and however many states it has inside.
     */
    long observed() {
        return seen == null ? 0 : seen.sum();
    }

    StateSet terminals() {
        return terminals;
    }

    int deepest() {
        return deepest;
    }

    /** Was every state visited? */
    boolean complete() {
        return whole && board.failure() == null;
    }

    /**
     * Has the code been run so often that there is no end to what it reads? Then the states it
     * makes would take too long to look at.
     */
    private boolean endless() {
        return board.code().trials() > TRIALS;
    }

    /** The choices that lead to where the search stopped. */
    int[] path() {
        return Arrays.copyOf(choices, depth + 1);
    }

    /** Searches; {@link Board#failure} then says what was found. */
    void run() {
        if (!reduced) {
            once();
            whole = depth < 0;
            return;
        }
        for (int cell = 0; cell < board.words(); cell++) {
            if (board.timed(cell)) {
                assumed.share(cell);
                assumed.note(cell, true, 0, 0);
            }
        }
        boolean wrong = true;
        while (wrong && !over()) {
            visited = new StateSet();
            terminals = new StateSet();
            transitions = 0;
            look = FIRST_LOOK;
            found = new Guards(board.words());
            board.footprint().start();
            board.footprint().guard(found, board.locks());
            once();
            wrong = assumed.restrict(found);
            whole = depth < 0 && !wrong;
        }
    }

    /** Is the search over, whatever it has not visited? */
    private boolean over() {
        return board.failure() != null
                || visited.size() >= most
                || endless()
                || stop.getAsBoolean();
    }

    /** Now and then: has the search already seen that it assumes too much? */
    private boolean futile() {
        if (!reduced || visited.size() < look) {
            return false;
        }
        look *= 2;
        return assumed.exceeds(found);
    }

    private void once() {
        board.back(0);
        depth = 0;
        open(0, Footprint.Trace.NONE, bound);
        seen(bound);
        while (depth >= 0 && goesOn()) {
            if (next[depth] == 0 && reduced && depth > 0) {
                if (alone()) {
                    continue;
                }
                if (known()) {
                    leave();
                    continue;
                }
            }
            int choice = next[depth]++;
            if (choice < Choice.LIMIT) {
                if (board.possible(choice, !moved[depth])) {
                    take(choice);
                }
                continue;
            }
            if (!moved[depth]) {
                terminals.add(board.memory().hash());
                board.end(waiting);
                if (board.failure() != null) {
                    depth--; // The path is what led here.
                    return;
                }
            }
            leave();
        }
    }

    private void leave() {
        depth--;
        if (depth >= 0) {
            board.back(marks[depth]);
        }
    }

    /** Reduced, a state counts where it has several successors. Was it visited before? */
    private boolean known() {
        long key = key(left[depth]);
        if (board.failure() == null && visited.contains(key)) {
            look(choices[depth - 1], traces[depth]);
            return board.failure() == null;
        }
        visited.add(key);
        return false;
    }

    private boolean goesOn() {
        return !over() && !futile();
    }

    /** Is there a core whose step may be the only one? Takes it. */
    private boolean alone() {
        for (int choice = 0; choice < Choice.of(Choice.STEP + 1, 0); choice++) {
            if (!board.possible(choice, false) || !board.inKernel(Choice.core(choice))) {
                continue;
            }
            boolean moves = board.moves(choice);
            if (moves
                    && board.failure() == null
                    && board.footprint().alone(assumed, board.locks())
                    && row[depth] < ROW) {
                transitions++;
                moved[depth] = true;
                next[depth] = Choice.LIMIT;
                choices[depth] = choice;
                enter(choice, bound);
                row[depth] = row[depth - 1] + 1;
                return true;
            }
            if (board.failure() != null) {
                choices[depth] = choice;
                return true;
            }
            board.back(marks[depth]);
        }
        return false;
    }

    private void take(int choice) {
        int cost = cost(choice);
        if (cost > left[depth]) {
            moved[depth] = true; // Something can happen, though not within the bound.
            return;
        }
        long before = seen == null ? 0 : board.onlooker().state();
        if (!board.moves(choice)) {
            board.back(marks[depth]);
            return;
        }
        transitions++;
        moved[depth] = true;
        choices[depth] = choice;
        if (seen != null) {
            look(seen, before, choice);
        }
        race(depth, choice, traces[depth]);
        if (board.failure() != null) {
            return;
        }
        int rest = bound == UNBOUNDED ? bound : left[depth] - cost;
        if (!reduced && seenAt(choice, rest)) {
            look(choice, board.footprint().trace());
            if (board.failure() == null) {
                board.back(marks[depth]);
            }
            return;
        }
        enter(choice, rest);
    }

    private void look(StateSet steps, long before, int choice) {
        long after = board.onlooker().state();
        if (after != before || board.onlooker().said() != 0) {
            steps.add(Models.mix(Models.mix(before + choice) + board.onlooker().said()) + after);
        }
    }

    /**
     * What a choice costs of the bound: leaving a core that could go on, or an event from outside.
     */
    private int cost(int choice) {
        if (bound == UNBOUNDED || depth == 0) {
            return 0;
        }
        int before = Choice.core(choices[depth - 1]);
        if (Choice.kind(choice) != Choice.STEP) {
            return 1;
        }
        if (Choice.core(choice) == before || !board.inKernel(before)) {
            return 0;
        }
        boolean could = board.moves(Choice.of(Choice.STEP, before));
        board.back(marks[depth]);
        board.forgive();
        return could ? 1 : 0;
    }

    private void enter(int choice, int rest) {
        depth++;
        deepest = Math.max(deepest, depth);
        Footprint.Trace trace =
                Choice.kind(choice) == Choice.LEAP
                        ? Footprint.Trace.NONE
                        : board.footprint().trace();
        if (!reduced) {
            seen(rest);
        }
        open(depth, trace, rest);
    }

    private void seen(int rest) {
        visited.add(key(rest));
    }

    private boolean seenAt(int choice, int rest) {
        return visited.contains(
                bound == UNBOUNDED
                        ? board.memory().hash()
                        : mix(board.memory().hash(), Choice.core(choice), rest));
    }

    private long key(int rest) {
        return bound == UNBOUNDED || depth == 0
                ? board.memory().hash()
                : mix(board.memory().hash(), Choice.core(choices[depth - 1]), rest);
    }

    private static long mix(long hash, int core, int rest) {
        long z = hash + (rest * 8L + core + 1) * 0x9E3779B97F4A7C15L;
        z = (z ^ (z >>> 30)) * 0xBF58476D1CE4E5B9L;
        return z ^ (z >>> 31);
    }

    private void open(int at, Footprint.Trace trace, int rest) {
        if (at + 1 >= marks.length) {
            int length = marks.length * 2;
            marks = Arrays.copyOf(marks, length);
            next = Arrays.copyOf(next, length);
            choices = Arrays.copyOf(choices, length);
            left = Arrays.copyOf(left, length);
            moved = Arrays.copyOf(moved, length);
            traces = Arrays.copyOf(traces, length);
            row = Arrays.copyOf(row, length);
        }
        marks[at] = board.memory().now();
        next[at] = 0;
        moved[at] = false;
        traces[at] = trace;
        row[at] = 0;
        left[at] = rest;
    }

    // --- races ------------------------------------------------------------------------------

    /** Is the step just made unordered after the one before it, of another core? */
    private void race(int at, int choice, Footprint.Trace before) {
        if (at == 0
                || Choice.kind(choice) == Choice.LEAP
                || Choice.core(choice) == Choice.core(choices[at - 1])) {
            return;
        }
        int @Nullable [] found = board.footprint().race(before);
        if (found != null) {
            board.race(found, sites);
        }
    }

    /** The state was visited before: whoever could follow this step is compared with it. */
    private void look(int choice, Footprint.Trace trace) {
        if (Choice.kind(choice) == Choice.LEAP) {
            return;
        }
        int mark = board.memory().now();
        for (int other = 0; other < Choice.of(Choice.LEAP, 0); other++) {
            if (Choice.core(other) != Choice.core(choice) && board.possible(other, false)) {
                Failure before = board.failure();
                board.moves(other);
                board.forgive();
                int @Nullable [] found = board.footprint().race(trace);
                board.back(mark);
                if (found != null && before == null) {
                    board.race(found, sites);
                    depth++;
                    choices[depth] = other;
                    return;
                }
            }
        }
    }
}
