// Contract: the deepest chain counts, inlined functions have no frame, calls cost their push.
// Owner: norma.aot tests.
package norma.aot.report;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class StackBoundsTest {
    @Test
    void sums_the_deepest_chain() {
        Map<String, Long> frames =
                StackBounds.parse(
                        List.of(
                                "a/B.java:12:entry\t32\tstatic",
                                "a/B.java:20:left\t100\tstatic",
                                "a/B.java:30:right\t16\tstatic",
                                "a/B.java:40:leaf\t200\tstatic"));
        Map<String, List<String>> calls =
                Map.of(
                        "entry", List.of("left", "inlined"),
                        "inlined", List.of("right"),
                        "right", List.of("leaf"));
        assertEquals(
                Map.of("entry", 248L), StackBounds.compute(calls, List.of("entry"), frames, 0));
        assertEquals(
                Map.of("entry", 272L), StackBounds.compute(calls, List.of("entry"), frames, 8));
    }
}
