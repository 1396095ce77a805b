package norma.kernel.sim.explore;

import java.util.List;
import java.util.SplittableRandom;
import norma.kernel.sim.Failure;
import norma.kernel.sim.race.Site;
import org.jspecify.annotations.Nullable;

/**
 * The alternative to a {@link Search}: from the scenario's beginning, each step is drawn from those
 * that there are, with equal chances; where nothing can happen any more the run begins anew. The
 * machine is the same, and so is what counts as a failure.
 *
 * <p>It says what exploring is worth: a bug that such runs find as soon is not one that needs every
 * interleaving.
 */
final class RandomRun {
    private final Board board;
    private final List<Site> sites;
    private final boolean waiting;
    private final SplittableRandom random;
    private final int[] enabled = new int[Choice.LIMIT];
    private long steps;
    private long runs;
    private int last;
    private Footprint.Trace before = Footprint.Trace.NONE;

    /** {@code waiting}: threads may be left that wait for each other. */
    RandomRun(Board board, List<Site> sites, boolean waiting, long seed) {
        this.board = board;
        this.sites = sites;
        this.waiting = waiting;
        random = new SplittableRandom(seed);
    }

    /** Steps made. */
    long steps() {
        return steps;
    }

    /** Times that the run began. */
    long runs() {
        return runs;
    }

    /** Makes {@code most} steps, or those up to a failure: {@link Board#failure}. */
    void run(long most) {
        begin();
        while (board.failure() == null && steps < most) {
            if (!moved(false) && board.failure() == null && !moved(true)) {
                board.end(waiting);
                if (board.failure() == null) {
                    begin();
                }
            }
        }
    }

    private void begin() {
        board.back(0);
        last = -1;
        before = Footprint.Trace.NONE;
        runs++;
    }

    /** Makes a step, if there is one. {@code idle}: see {@link Board#possible}. */
    private boolean moved(boolean idle) {
        int count = 0;
        for (int choice = 0; choice < Choice.LIMIT; choice++) {
            if (board.possible(choice, idle)) {
                enabled[count++] = choice;
            }
        }
        int mark = board.memory().now();
        while (count > 0) {
            int at = random.nextInt(count);
            int choice = enabled[at];
            if (board.moves(choice)) {
                steps++;
                follow(choice);
                return true;
            }
            board.back(mark); // It only spins.
            enabled[at] = enabled[--count];
        }
        return false;
    }

    /** Is the step just made unordered after the one before it, of another core? */
    private void follow(int choice) {
        boolean leap = Choice.kind(choice) == Choice.LEAP;
        boolean other = !leap && last >= 0 && Choice.core(last) != Choice.core(choice);
        @Nullable Failure failure = board.failure();
        int @Nullable [] race = other && failure == null ? board.footprint().race(before) : null;
        if (race != null) {
            board.race(race, sites);
        }
        before = leap ? Footprint.Trace.NONE : board.footprint().trace();
        last = choice;
    }
}
