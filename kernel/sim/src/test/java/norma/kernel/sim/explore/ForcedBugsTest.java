package norma.kernel.sim.explore;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.stream.Stream;
import norma.conformance.check.Reason;
import org.junit.jupiter.api.Test;

/** For each bug that is forced on the machine one reason will do, and no other. */
class ForcedBugsTest {
    private static List<SeededBug> bugs() {
        return Case.names().stream().flatMap(name -> SeededBug.of(name).stream()).toList();
    }

    @Test
    void theMachineMustSayWhatTheExplorationSaid() {
        for (SeededBug bug : bugs()) {
            for (String kind : bug.kinds()) {
                String expected = ForcedBugs.expected(bug, kind);
                boolean named = ForcedBugs.otherwise().contains(bug.mutant().name());
                assertEquals(!named, expected.equals(kind), bug.mutant().name());
                long accepted =
                        Stream.of(Reason.values()).filter(r -> r.name().equals(expected)).count();
                assertTrue(accepted <= 1 && !expected.equals("conforms"), expected);
            }
        }
    }

    @Test
    void anotherReasonIsWrong() {
        SeededBug bug = SeededBug.of("donate").getFirst();
        assertNotEquals("VERSION_GAP", ForcedBugs.expected(bug, "RESULT_MISMATCH"));
        SeededBug cut = SeededBug.of("checkpoints").getFirst();
        assertEquals("VERSION_GAP", ForcedBugs.expected(cut, "POST_STATE_MISMATCH"));
    }

    @Test
    void everyNamedBugIsForced() {
        List<String> forced = bugs().stream().map(bug -> bug.mutant().name()).toList();
        assertTrue(forced.containsAll(ForcedBugs.otherwise()));
        assertTrue(forced.containsAll(ForcedBugs.ungated()));
    }
}
