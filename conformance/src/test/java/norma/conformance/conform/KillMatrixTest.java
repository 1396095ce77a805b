package norma.conformance.conform;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import norma.conformance.mutant.Mutant;
import norma.conformance.mutant.Mutants;
import norma.conformance.report.CaseResult;
import norma.conformance.report.CaseResult.Status;
import org.junit.jupiter.api.Test;

class KillMatrixTest {
    private static String property(String reason, String summary) {
        return KillMatrix.property(
                new CaseResult("g", "n", Status.FAILED, reason, summary, List.of(), "", 0, 0));
    }

    @Test
    void thePropertyIsTheActionAndTheConjunct() {
        assertEquals(
                "ACTION_NOT_ENABLED Resume/NoneMoreUrgent",
                property(
                        "ACTION_NOT_ENABLED",
                        "Resume core=0 p=1,2,0,0 core0@4: NoneMoreUrgent is false"));
        assertEquals(
                "UNDISCHARGED Ipi: core 1 never took its IPI",
                property("UNDISCHARGED", "Ipi: core 1 never took its IPI"));
    }

    @Test
    void theCatalogueIsComplete() {
        Set<String> names = new HashSet<>();
        Set<Mutant.Kind> kinds = new HashSet<>();
        for (Mutant mutant : Mutants.ALL) {
            assertTrue(names.add(mutant.name()), mutant.name() + " twice");
            kinds.add(mutant.kind());
            assertTrue(
                    Scenarios.NAMES.containsAll(mutant.scenarios()),
                    mutant.name() + " names an unknown scenario");
        }
        assertEquals(Set.of(Mutant.Kind.values()), kinds);
        assertTrue(names.size() >= 20);
    }
}
