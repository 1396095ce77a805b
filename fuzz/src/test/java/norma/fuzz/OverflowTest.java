package norma.fuzz;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.Optional;
import norma.conformance.check.Reason;
import norma.conformance.check.Verdict;
import norma.conformance.job.Images;
import norma.conformance.machine.Accel;
import norma.conformance.machine.Arch;
import norma.conformance.scenario.Outcome;
import norma.conformance.scenario.Plan;
import norma.conformance.scenario.ScriptParser;
import norma.conformance.scenario.Session;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** A ring that is too small: the verdict says so, and what would be enough. */
class OverflowTest {
    private static final String YIELDS =
            """
            program main
              set r5 500
            again:
              yield
              loop r5 again
              end
            """;

    @ParameterizedTest
    @EnumSource(Arch.class)
    void aFullRingIsInconclusive(Arch arch) throws Exception {
        assertOverflow(outcome(arch, "events 64 calls 4096"));
    }

    /**
     * What a log has lost contradicts nothing: the thread that wrote it does not wait. What was
     * compared before it was lost is not missing.
     */
    @ParameterizedTest
    @EnumSource(Arch.class)
    void aFullLogIsInconclusiveUnlessItWasReadInTime(Arch arch) throws Exception {
        Outcome outcome = outcome(arch, "events 8192 calls 64");
        if (outcome.verdict() != Verdict.CONFORMS) {
            assertOverflow(outcome);
        }
    }

    private static void assertOverflow(Outcome outcome) {
        assertEquals(Verdict.INCONCLUSIVE, outcome.verdict());
        assertNotNull(outcome.finding());
        assertEquals(Reason.OVERFLOW, outcome.finding().reason());
    }

    private static Outcome outcome(Arch arch, String size) throws Exception {
        String script = size + "\n" + YIELDS;
        Plan plan =
                new Plan(
                        arch,
                        1,
                        Accel.ICOUNT,
                        Images.kernel(arch),
                        ScriptParser.parse(script),
                        1,
                        Duration.ofSeconds(60),
                        Optional.empty());
        return new Session(plan, (validator, seconds) -> {}).run();
    }

    /** Rings that may not hold a whole checkpoint are refused before anything runs. */
    @ParameterizedTest
    @CsvSource({"1, 1024, ''", "2, 1024, ''", "3, 1024, 2048", "4, 1024, 2048", "4, 2048, ''"})
    void ringsForCheckpointsNeedASize(int cpus, int ring, String needed) throws Exception {
        String script = "recorder overwrite " + ring + "\n" + YIELDS;
        Plan plan =
                new Plan(
                        Arch.X86_64,
                        cpus,
                        Accel.ICOUNT,
                        Images.kernel(Arch.X86_64),
                        ScriptParser.parse(script),
                        1,
                        Duration.ofSeconds(60),
                        Optional.empty());
        Outcome outcome = new Session(plan, (validator, seconds) -> {}).run();
        if (needed.isEmpty()) {
            assertNull(outcome.finding());
            return;
        }
        assertEquals(Verdict.INCONCLUSIVE, outcome.verdict());
        assertEquals(Reason.TRUNCATED, outcome.finding().reason());
        assertTrue(
                outcome.finding().summary().endsWith(": " + needed + " are needed"),
                outcome.finding().summary());
    }
}
