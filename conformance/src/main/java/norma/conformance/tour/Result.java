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
 * @param predicates guards whose conjunct was seen to be what forbids an action
 * @param allPredicates those that some state that can be reached shows
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
        int predicates,
        int allPredicates,
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
        return actions == drivableActions && most(edges, drivable, least) && refuted.isEmpty();
    }

    /** Is so much enough? Nothing of nothing is not. */
    static boolean most(int edges, int drivable) {
        return most(edges, drivable, LEAST_EDGES);
    }

    private static boolean most(int edges, int drivable, int least) {
        return drivable > 0 && (long) edges * PERCENT >= (long) drivable * least;
    }

    /** The share of drivable edges in percent. */
    double share() {
        return drivable == 0 ? 0 : (double) PERCENT * edges / drivable;
    }
}
