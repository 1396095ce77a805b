package norma.conformance.tour;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import norma.model.kernel.KernelConstants;
import norma.model.kernel.KernelModel;
import norma.model.kernel.KernelState;
import norma.model.sched.SchedState;
import org.junit.jupiter.api.Test;

/** What can be asked for of machines with processes: pinned, since a rule takes from it. */
class ProcessDisciplineTest {
    private final SmallMachines machines = new SmallMachines(Path.of(".."));

    private Drivable<KernelState, ProcessDiscipline> drivable(String name) {
        KernelConstants constants = machines.kernel(name);
        return new Drivable<>(
                new ModelGraph<>(new KernelModel(constants)), new ProcessDiscipline(constants));
    }

    private static Map<String, Integer> kinds(Drivable<KernelState, ?> drivable) {
        Map<String, Integer> kinds = new TreeMap<>();
        drivable.edges().stream()
                .forEach(edge -> kinds.merge(drivable.graph().kind(edge), 1, Integer::sum));
        return kinds;
    }

    @Test
    void twoProcessesOnOneCore() {
        Drivable<KernelState, ProcessDiscipline> drivable = drivable(SmallMachines.PROCESSES);
        assertEquals(30_137, drivable.edges().cardinality());
        assertEquals(
                Set.of(
                        "critical-section-ends-settled",
                        "deadlines-at-tick-in-order",
                        "enqueue-first",
                        "faulted-ends-first",
                        "halted-without-deadline",
                        "jobs-go-on",
                        "load-for-who-is-next",
                        "lowest-free-frame",
                        "lowest-free-space",
                        "state-not-reached",
                        "who-leaves-ends"),
                drivable.excluded().keySet());
        Set<String> own = Set.of("Copy", "Share", "Bear", "Leave", "FreeSpace");
        assertTrue(kinds(drivable).keySet().containsAll(own));
    }

    @Test
    void rightsAreTakenAwayOnOneCore() {
        Drivable<KernelState, ProcessDiscipline> drivable = drivable(SmallMachines.RIGHTS);
        assertEquals(2_783, drivable.edges().cardinality());
        assertEquals(14, kinds(drivable).get("Tighten"));
    }

    @Test
    void twoCoresWaitForEachOther() {
        Drivable<KernelState, ProcessDiscipline> drivable = drivable(SmallMachines.SHOOTDOWN);
        Map<String, Integer> kinds = kinds(drivable);
        kinds.keySet().retainAll(Set.of("Acknowledge", "Admit", "Release", "WaitTurn"));
        assertEquals(
                Map.of("Acknowledge", 184, "Admit", 208, "Release", 1_448, "WaitTurn", 512), kinds);
        // Whatever a thread in user mode may do that has no job, it can be made to do.
        Set<String> rules = new TreeSet<>();
        ModelGraph<KernelState> graph = drivable.graph();
        for (int state : drivable.states().stream().toArray()) {
            SchedState sched = graph.state(state).sched();
            if (sched.mode(0) == SchedState.USER && sched.mode(1) == SchedState.USER) {
                for (int edge = graph.first(state); edge < graph.first(state + 1); edge++) {
                    String why = drivable.reason(edge);
                    rules.add(why == null ? "" : why);
                }
            }
        }
        assertEquals(Set.of("", "lowest-free-space"), rules);
    }

    @Test
    void otherMachinesAreRefused() {
        KernelConstants pages = machines.kernel("Kernel-11");
        IllegalArgumentException error =
                assertThrows(IllegalArgumentException.class, () -> new ProcessDiscipline(pages));
        assertTrue(String.valueOf(error.getMessage()).contains("one page"));
    }
}
