package norma.kernel.sim;

/**
 * Makes a failing schedule simpler: switches that the failure does not need go back to the default.
 *
 * <p>Tries halves, quarters and so on of the forced decisions; keeps what still fails with the same
 * kind. Bounded by a number of runs: cheap first, minimal never promised.
 */
final class Shrinker {
    private static final int RUNS = 400;

    private final Simulator simulator;
    private final Scenario scenario;
    private final int cpus;
    private final long seed;
    private final String kind;
    private int left = RUNS;

    Shrinker(Simulator simulator, Scenario scenario, int cpus, long seed, String kind) {
        this.simulator = simulator;
        this.scenario = scenario;
        this.cpus = cpus;
        this.seed = seed;
        this.kind = kind;
    }

    Schedule shrink(Schedule failing) {
        Schedule best = failing;
        int chunk = Math.max(1, failing.forced() / 2);
        while (left > 0) {
            Schedule shorter = pass(best, chunk);
            boolean same = shorter.forced() == best.forced();
            best = shorter;
            if (same && chunk == 1) {
                break;
            }
            chunk = Math.max(1, chunk / 2);
        }
        return best;
    }

    /** Drops pieces of {@code chunk} forced decisions, from the last to the first. */
    private Schedule pass(Schedule from, int chunk) {
        Schedule best = from;
        int[] forced = from.forcedAt();
        for (int end = forced.length; end > 0 && left > 0; end -= chunk) {
            Schedule candidate = best.without(forced, Math.max(0, end - chunk), end);
            left--;
            Failure failure = simulator.replay(scenario, cpus, seed, candidate).failure();
            if (failure != null && failure.kind().equals(kind)) {
                best = candidate;
            }
        }
        return best;
    }
}
