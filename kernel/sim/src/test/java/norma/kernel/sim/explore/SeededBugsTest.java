package norma.kernel.sim.explore;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Each scenario has its bugs, and the checks of bugs and of operations can fail. */
class SeededBugsTest {
    private static final String SUPERFLUOUS =
            """
            # explore: cpus 2 leaps 0
            slice 1ms
            priority 7
            program main
              spawn 1 server priority 3 serves 0
              spawn 2 client priority 3
              end
            program client
              set r7 1
              call 0 5
              end
            program server
              end
            """;

    private final StringWriter text = new StringWriter();
    private final PrintWriter out = new PrintWriter(text, true);

    private static Case named(String name) {
        return Case.find(name).orElseThrow();
    }

    @Test
    void everyScenarioHasABugThatRandomRunsMiss() {
        for (String name : Case.names()) {
            assertTrue(SeededBug.of(name).stream().anyMatch(SeededBug::rare), name);
        }
        for (SeededBug bug : SeededBugs.ALL) {
            assertTrue(Case.names().contains(bug.scenario()), bug.toString());
        }
    }

    @Test
    void everyBugCanStillBeMade() {
        // Each anchor is looked for, and must match once.
        assertEquals(SeededBugs.ALL.size(), SeededBugs.ALL.stream().map(SeededBug::edit).count());
    }

    @Test
    void smallScenariosFindTheirs() {
        BugCheck check = new BugCheck(Manifest.ofScenarios(), 1, out);
        check.run(List.of(named("call-death"), named("donate"), named("reply-cancel")));
        assertEquals(0, check.failed(), text.toString());
        assertEquals(6, check.passed());
    }

    /** What is left out commutes in the kernel; that it also does for the model, bugs show. */
    @ParameterizedTest
    @ValueSource(strings = {"donate", "call-death", "reply-cancel", "spawn-exit", "tags-cancel"})
    void theReductionLosesNoBug(String scenario) {
        for (SeededBug bug : SeededBug.of(scenario)) {
            Exploration.Outcome found =
                    new Exploration(bug.edit(), named(scenario)).search(true, 1_000_000);
            assertNotNull(found.failure(), bug.toString());
        }
    }

    @Test
    void aBugThatRandomRunsFindIsNotRare() {
        SeededBug common =
                new SeededBug(
                        "donate", SeededBugs.named("donate-skipped"), Set.of("UNDISCHARGED"), true);
        BugCheck check = new BugCheck(Manifest.ofScenarios(), 1, out);
        check.check(named("donate"), common);
        assertEquals(1, check.failed());
        assertTrue(text.toString().contains("WRONG: seed 1 found it after"), text.toString());
    }

    @Test
    void aBugThatIsNotFoundOrFoundAsAnotherIsWrong() {
        BugCheck check = new BugCheck(Manifest.ofScenarios(), 1, out);
        SeededBug elsewhere =
                new SeededBug(
                        "call-death", SeededBugs.named("time-out-waits-on"), Set.of("RACE"), false);
        check.check(named("call-death"), elsewhere);
        assertTrue(text.toString().contains("WRONG: survived"), text.toString());
        SeededBug other =
                new SeededBug("donate", SeededBugs.named("donate-skipped"), Set.of("RACE"), false);
        check.check(named("donate"), other);
        assertTrue(text.toString().contains("WRONG: not one of [RACE]"), text.toString());
        assertEquals(2, check.failed());
    }

    @Test
    void everyOperationOfASmallScenarioMatters() {
        OperationCheck check = new OperationCheck(Manifest.ofScenarios(), out);
        check.run(List.of(named("call-death"), named("donate"), named("queue-death")));
        assertEquals(0, check.failed(), text.toString());
        assertEquals(19, check.passed(), text.toString());
    }

    @Test
    void anOperationThatDoesNothingIsFound() {
        // As call-death, with its counts and bug: but for the operation too many.
        OperationCheck check = new OperationCheck(Manifest.ofScenarios(), out);
        check.run(List.of(Case.parse("call-death", SUPERFLUOUS)));
        assertEquals(1, check.failed(), text.toString());
        assertTrue(
                text.toString().contains("client:9 set r7 1")
                        && text.toString().contains("WRONG: nothing is lost without it"),
                text.toString());
    }
}
