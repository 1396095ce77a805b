package norma.kernel.sim.mutate;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassTransform;
import java.lang.classfile.CodeModel;
import java.time.Duration;
import norma.kernel.sim.Failure;
import norma.kernel.sim.Scenario;
import norma.kernel.sim.Simulator;
import norma.kernel.sim.explore.Case;
import norma.kernel.sim.explore.Exploration;
import norma.kernel.sim.load.ClassEdit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** A kernel that loops for ever, and never comes to an access, fails; it does not hang the tool. */
class EndlessLoopTest {
    private static final Duration LONG = Duration.ofMinutes(1);

    private static final ClassEdit ENDLESS = endless("norma.kernel.ipc.Channel", "takesTag");

    private static final ClassEdit ENDLESS_SLICE =
            endless("norma.kernel.sched.Scheduler", "continueSlice");

    /** Instead of what the method does: nothing, for ever. */
    private static ClassEdit endless(String type, String called) {
        return (name, bytes) ->
                name.equals(type)
                        ? ClassFile.of()
                                .transformClass(
                                        ClassFile.of().parse(bytes),
                                        ClassTransform.transformingMethods(
                                                m -> m.methodName().equalsString(called),
                                                (method, element) -> {
                                                    if (element instanceof CodeModel) {
                                                        method.withCode(code -> {
                                                            var again = code.newBoundLabel();
                                                            code.goto_(again);
                                                        });
                                                    } else {
                                                        method.with(element);
                                                    }
                                                }))
                        : bytes;
    }

    private static void assertSeen(@Nullable Failure failure) {
        assertNotNull(failure);
        assertEquals(Failure.PANICKED, failure.kind());
        assertTrue(failure.summary().contains("a loop without a schedule point"));
    }

    @Test
    void theExplorationSeesIt() {
        Case scenario = Case.find("call-death").orElseThrow();
        assertSeen(
                assertTimeoutPreemptively(
                        LONG,
                        () -> new Exploration(ENDLESS, scenario).search(false, 100_000).failure()));
    }

    @Test
    void theMachineSeesIt() {
        Scenario scenario = Scenario.find("call-death").orElseThrow();
        assertSeen(
                assertTimeoutPreemptively(
                        LONG, () -> new Simulator(ENDLESS).run(scenario, 2, 0).failure()));
    }

    @Test
    void aContractSeesIt() {
        String finding =
                assertTimeoutPreemptively(
                        LONG, () -> Contracts.finding(ENDLESS_SLICE, "round-robin"));
        assertNotNull(finding);
        assertTrue(finding.contains("for ever"), finding);
    }
}
