package norma.kernel.sim.mutate;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import java.util.List;
import java.util.Map;
import norma.kernel.sim.load.ClassEdit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The kernel keeps its promises, and each check of one finds a kernel that does not. */
class ContractsTest {
    /** For each contract a mutant that breaks it. */
    private static final Map<String, String> BREAKS =
            Map.ofEntries(
                    Map.entry("epochs", "Epochs.begin:constant-2"),
                    Map.entry("checkpoint-due", "Recorder.due:negate-1"),
                    Map.entry("checkpoint-begun", "Checkpoints.catchUp:constant-1"),
                    Map.entry("sweep-order", "Checkpoints.sweepCore:negate-1"),
                    Map.entry("catching-up", "Core.saw:drop-store-1"),
                    Map.entry("stalls", "Recorder.waitForRoom:off-by-one-3"),
                    Map.entry("giving-up", "Recorder.waitForRoom:swap-3"),
                    Map.entry("round-robin", "Scheduler.resumeOrPreempt:negate-3"),
                    Map.entry("timer", "Core.armBy:drop-store-1"),
                    Map.entry("invitation", "Scheduler.inviteThief:negate-2"),
                    Map.entry("record-answer", "SystemCalls.record:constant-4"),
                    Map.entry("first-registers", "Frame.start:constant-1"));

    private static final Map<String, Mutant> MUTANTS = Catalogue.possibleOfKernel().mutants();

    static List<String> names() {
        return Contracts.names();
    }

    @Test
    void theKernelKeepsAll() {
        for (String name : names()) {
            assertNull(Contracts.finding(ClassEdit.NONE, name), name);
        }
    }

    @ParameterizedTest
    @MethodSource("names")
    void isBroken(String name) {
        Mutant mutant = MUTANTS.get(BREAKS.get(name));
        if (mutant == null) {
            throw new IllegalStateException("no mutant breaks " + name);
        }
        assertEquals(name, Contracts.broken(mutant));
    }
}
