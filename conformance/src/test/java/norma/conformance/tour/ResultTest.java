package norma.conformance.tour;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What is enough. */
class ResultTest {
    private static Result result(int actions, int edges, int drivable, List<String> refuted) {
        return result(actions, edges, drivable, refuted, new Result.Predicates(19, 20, 30, 95));
    }

    private static Result result(
            int actions,
            int edges,
            int drivable,
            List<String> refuted,
            Result.Predicates predicates) {
        return new Result(
                "X",
                actions,
                3,
                edges,
                drivable,
                200,
                predicates,
                Map.of(),
                List.of(),
                refuted,
                95);
    }

    @Test
    void everyActionAndNineteenOfTwentyEdges() {
        assertTrue(result(3, 95, 100, List.of()).enough());
        assertFalse(result(3, 94, 100, List.of()).enough());
        assertFalse(result(2, 100, 100, List.of()).enough(), "an action was never taken");
        assertFalse(result(3, 100, 100, List.of("a rule")).enough(), "a rule is wrong");
        Result.Predicates few = new Result.Predicates(18, 20, 30, 95);
        assertFalse(result(3, 100, 100, List.of(), few).enough(), "predicates were not seen");
        assertFalse(result(3, 0, 0, List.of()).enough(), "nothing of nothing");
    }
}
