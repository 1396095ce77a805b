package norma.fuzz;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;

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
import org.junit.jupiter.params.provider.EnumSource;

/** A ring that is too small for a run that nobody drains: the guest stops, and says why. */
class OverflowTest {
    @ParameterizedTest
    @EnumSource(Arch.class)
    void aFullRingIsInconclusive(Arch arch) throws Exception {
        overflows(arch, "events 64 calls 4096");
    }

    /** What a log has lost contradicts nothing: the thread that wrote it does not wait. */
    @ParameterizedTest
    @EnumSource(Arch.class)
    void aFullLogIsInconclusive(Arch arch) throws Exception {
        overflows(arch, "events 8192 calls 64");
    }

    private static void overflows(Arch arch, String size) throws Exception {
        String script =
                size
                        + """

                        program main
                          set r5 500
                        again:
                          yield
                          loop r5 again
                          end
                        """;
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
        Outcome outcome = new Session(plan, (validator, seconds) -> {}).run();
        assertEquals(Verdict.INCONCLUSIVE, outcome.verdict());
        assertNotNull(outcome.finding());
        assertEquals(Reason.OVERFLOW, outcome.finding().reason());
    }
}
