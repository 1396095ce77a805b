package norma.conformance.tour;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What is enough. */
class ResultTest {
    private static Result result(int actions, int edges, int drivable, List<String> refuted) {
        return new Result(
                "X", actions, 3, edges, drivable, 200, 0, 0, Map.of(), List.of(), refuted, 95);
    }

    @Test
    void everyActionAndNineteenOfTwentyEdges() {
        assertTrue(result(3, 95, 100, List.of()).enough());
        assertFalse(result(3, 94, 100, List.of()).enough());
        assertFalse(result(2, 100, 100, List.of()).enough(), "an action was never taken");
        assertFalse(result(3, 100, 100, List.of("a rule")).enough(), "a rule is wrong");
        assertFalse(result(3, 0, 0, List.of()).enough(), "nothing of nothing");
    }
}
