package norma.conformance.tour;

import java.util.List;
import java.util.Map;

/**
 * What the traces of an architecture have shown of one graph.
 *
 * @param spec the graph's name
 * @param actions actions that were taken
 * @param drivableActions actions that can be asked for
 * @param edges drivable edges that were taken
 * @param drivable edges that can be asked for
 * @param all edges of the graph
 * @param predicates what was seen of the guards
 * @param excluded edges that cannot be asked for, counted by reason
 * @param missed the drivable edges, and the actions and predicates, that were not reached, one line
 *     each
 * @param refuted what the traces show of the rules to be wrong
 * @param least least share of drivable edges, in percent
 */
record Result(
        String spec,
        int actions,
        int drivableActions,
        int edges,
        int drivable,
        int all,
        Predicates predicates,
        Map<String, Integer> excluded,
        List<String> missed,
        List<String> refuted,
        int least) {
    private static final int PERCENT = 100;

    /** Least share of drivable edges, in percent. */
    static final int LEAST_EDGES = 95;

    Result {
        excluded = Map.copyOf(excluded);
        missed = List.copyOf(missed);
        refuted = List.copyOf(refuted);
    }

    /** Are all actions and enough edges covered, and is no rule refuted? */
    boolean enough() {
        return actions == drivableActions
                && most(edges, drivable, least)
                && predicates.enough()
                && refuted.isEmpty();
    }

    /**
     * Guards' conjuncts that were seen to be what forbids their action.
     *
     * @param seen those that were seen
     * @param drivable those that a state shows which can be reached
     * @param all those that a state of the graph shows
     * @param least least share of the drivable ones, in percent
     */
    record Predicates(int seen, int drivable, int all, int least) {
        boolean enough() {
            return most(seen, drivable, least) || drivable == 0;
        }
    }

    /** Is so much enough? Nothing of nothing is not. */
    static boolean most(int edges, int drivable) {
        return most(edges, drivable, LEAST_EDGES);
    }

    static boolean most(int edges, int drivable, int least) {
        return drivable > 0 && (long) edges * PERCENT >= (long) drivable * least;
    }

    /** The share of drivable edges in percent. */
    double share() {
        return drivable == 0 ? 0 : (double) PERCENT * edges / drivable;
    }
}
