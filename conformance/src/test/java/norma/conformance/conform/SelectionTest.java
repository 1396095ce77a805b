package norma.conformance.conform;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import norma.conformance.job.ConformOptions;
import norma.conformance.job.UsageException;
import norma.conformance.job.Verdicts;
import norma.conformance.machine.Accel;
import norma.conformance.machine.Arch;
import norma.conformance.report.CaseResult;
import norma.conformance.report.CaseResult.Status;
import norma.conformance.report.Report;
import org.junit.jupiter.api.Test;

class SelectionTest {
    private static ConformOptions options(
            List<String> scenarios, List<Integer> cpus, List<Accel> accels, int seeds) {
        return new ConformOptions(
                false,
                Optional.empty(),
                List.of(),
                scenarios,
                List.of(),
                cpus,
                accels,
                5,
                seeds,
                false,
                Optional.empty(),
                Optional.empty());
    }

    @Test
    void everyScriptIsAScenarioAndRequiresSomething() throws IOException {
        Path folder =
                Path.of(System.getProperty("norma.root"))
                        .resolve("conformance/src/main/resources/norma/scenario");
        Set<String> files;
        try (Stream<Path> list = Files.list(folder)) {
            files =
                    list.map(p -> p.getFileName().toString().replace(".script", ""))
                            .filter(n -> !n.equals("workload"))
                            .collect(Collectors.toSet());
        }
        assertEquals(files, new HashSet<>(Scenarios.NAMES));
        for (String name : Scenarios.NAMES) {
            assertFalse(Scenarios.named(name).requirements().isEmpty(), name);
        }
    }

    @Test
    void givenDimensionsAreCrossed() throws UsageException {
        List<Case> cases =
                Selection.of(
                        options(
                                List.of("sleep", "refuse"),
                                List.of(1, 3),
                                List.of(Accel.SINGLE, Accel.ICOUNT),
                                4));
        assertEquals(2 * Arch.values().length * 2 * 2 * 4, cases.size());
        assertEquals(cases.size(), cases.stream().map(Case::name).distinct().count());
        assertEquals(
                Set.of(5L, 6L, 7L, 8L), cases.stream().map(Case::seed).collect(Collectors.toSet()));
    }

    @Test
    void theDefaultCoversEverything() throws UsageException {
        List<Case> cases = Selection.of(options(List.of(), List.of(), List.of(), 3));
        assertEquals(cases.size(), cases.stream().map(Case::name).distinct().count());
        assertEquals(
                Set.of(Accel.values()),
                cases.stream().map(Case::accel).collect(Collectors.toSet()));
        assertTrue(cases.stream().map(Case::cpus).toList().containsAll(List.of(1, 2, 4)));
        assertEquals(
                new HashSet<>(Scenarios.NAMES),
                cases.stream().map(c -> c.scenario().name()).collect(Collectors.toSet()));
    }

    @Test
    void anUnknownScenarioIsAUsageError() {
        assertThrows(
                UsageException.class,
                () -> Selection.of(options(List.of("sleep", "slep"), List.of(), List.of(), 1)));
    }

    @Test
    void violationsOutweighMissingVerdicts() {
        assertEquals(Verdicts.NOTHING_RAN, exit());
        assertEquals(Verdicts.PASS, exit(Status.PASSED));
        assertEquals(Verdicts.INCONCLUSIVE, exit(Status.PASSED, Status.INCONCLUSIVE));
        assertEquals(Verdicts.VIOLATION, exit(Status.INCONCLUSIVE, Status.FAILED, Status.PASSED));
    }

    private static int exit(Status... statuses) {
        return ConformEngineImpl.exitCode(
                new Report("t", Stream.of(statuses).map(SelectionTest::result).toList()));
    }

    private static CaseResult result(Status status) {
        return new CaseResult("g", "n", status, "R", "", List.of(), "", 0, 0);
    }
}
