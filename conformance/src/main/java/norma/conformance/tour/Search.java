package norma.conformance.tour;

import java.io.PrintStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Locale;
import java.util.ServiceLoader;
import norma.conformance.forced.Rehearsal;
import norma.conformance.forced.Rehearsal.Rehearsed;
import norma.model.kernel.KernelConstants;

/**
 * Looks for ways that take what is wanted, on one board after the other. It ends by tries: what it
 * finds depends on its seed alone, not on how busy a machine is. Its time is only a deadline, and
 * {@link #outOfTime()} says that it came first.
 *
 * <p>Not for several threads.
 */
final class Search {
    /** Ways that are tried at most, when all is wanted that can be found. */
    static final int MOST = 20_000;

    /** Ways that one board rehearses: it keeps all that it has learned. */
    private static final int BOARD = 150;

    /** Ways between two lines of progress. */
    private static final int PROGRESS = 500;

    private final Rehearsal.Stage stage =
            ServiceLoader.load(Rehearsal.Stage.class)
                    .findFirst()
                    .orElseThrow(() -> new IllegalStateException("nobody can rehearse"));
    private final String name;
    private final KernelConstants constants;
    private final Ways paths;
    private final GatedScript script;
    private final PrintStream out;
    private final long start = System.nanoTime();
    private final long patience;
    private final List<Rehearsed> ways = new ArrayList<>();
    private final BitSet met = new BitSet();
    private int tries;
    private boolean outOfTime;

    /**
     * Nothing is looked for yet.
     *
     * @param name of the graph, for people
     * @param patience the deadline, from now on
     */
    Search(
            String name,
            KernelConstants constants,
            Ways paths,
            GatedScript script,
            Duration patience,
            PrintStream out) {
        this.name = name;
        this.constants = constants;
        this.paths = paths;
        this.script = script;
        this.patience = patience.toNanos();
        this.out = out;
    }

    Rehearsal.Stage stage() {
        return stage;
    }

    /** Ways that take something that was wanted when they were found. */
    List<Rehearsed> ways() {
        return ways;
    }

    /** Edges that all ways tried so far take. */
    BitSet met() {
        return met;
    }

    /** Did the time come to its end before the tries did? */
    boolean outOfTime() {
        return outOfTime;
    }

    /**
     * Tries ways until nothing is wanted any more, so many have been tried, or so many in a row
     * were of no use.
     */
    void look(Wanted wanted, int most, int fruitless, long seed) {
        long chance = seed;
        int left = most;
        int idle = 0;
        while (left > 0 && idle < fruitless && goesOn(wanted)) {
            Rehearsal board =
                    stage.open(script.script(constants.firstPriority(), false), constants.cores());
            Walker walker = new Walker(board, paths.graph(), paths, constants, script, chance++);
            for (int i = 0; i < BOARD && left > 0 && idle < fruitless && goesOn(wanted); i++) {
                left--;
                idle = walked(walker, wanted) ? 0 : idle + 1;
            }
        }
    }

    private boolean goesOn(Wanted wanted) {
        if (wanted.edges().isEmpty()) {
            return false;
        }
        outOfTime = System.nanoTime() - start >= patience;
        return !outOfTime;
    }

    private boolean walked(Walker walker, Wanted wanted) {
        int edges = wanted.edges().cardinality();
        Rehearsed way = walker.walk(wanted);
        met.or(walker.met());
        boolean moved = way.course().steps().size() > way.beginning().steps().size();
        boolean found = moved && wanted.edges().cardinality() < edges;
        if (found) {
            ways.add(way);
        }
        if (++tries % PROGRESS == 0) {
            said(wanted.edges().cardinality() + " edges are wanted still");
        }
        return found;
    }

    /** Prints how far it has come. */
    void said(String more) {
        out.printf(
                Locale.ROOT,
                "rehearsed %d ways of %s, %d of use, in %.1f s: %s%n",
                tries,
                name,
                ways.size(),
                (System.nanoTime() - start) / 1e9,
                outOfTime ? "the time is up; " + more : more);
        out.flush();
    }
}
