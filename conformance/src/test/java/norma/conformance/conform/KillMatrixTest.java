package norma.conformance.conform;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import norma.conformance.job.ConformOptions;
import norma.conformance.job.UsageException;
import norma.conformance.machine.Accel;
import norma.conformance.machine.Arch;
import norma.conformance.mutant.Mutant;
import norma.conformance.mutant.Mutants;
import norma.conformance.reach.Reach;
import norma.conformance.reach.Reach.Measure;
import norma.conformance.report.CaseResult;
import norma.conformance.report.CaseResult.Status;
import org.junit.jupiter.api.Test;

class KillMatrixTest {
    private static String property(String reason, String summary) {
        return KillRows.property(
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

    private static final Case CASE =
            new Case(Scenarios.named("locks"), Arch.X86_64, 2, Accel.ICOUNT, 1);

    private static ConformOptions options() {
        return new ConformOptions(
                true,
                Optional.of(Path.of("a folder")),
                List.of(),
                List.of("sleep"),
                List.of(),
                List.of(1, 4),
                List.of(Accel.SINGLE),
                5,
                2,
                false,
                Optional.empty(),
                Optional.empty());
    }

    @Test
    void givenCpusWaysAndSeedsAreAllThatIsTried() {
        List<Case> cases =
                Attempts.of(
                        List.of("locks"),
                        List.of(Scenarios.named("sleep"), Scenarios.named("locks")),
                        Arch.X86_64,
                        options());
        assertEquals(
                List.of(
                        "locks x86_64 cpus=1 single seed=5",
                        "locks x86_64 cpus=1 single seed=6",
                        "locks x86_64 cpus=4 single seed=5",
                        "locks x86_64 cpus=4 single seed=6",
                        "sleep x86_64 cpus=1 single seed=5",
                        "sleep x86_64 cpus=1 single seed=6",
                        "sleep x86_64 cpus=4 single seed=5",
                        "sleep x86_64 cpus=4 single seed=6"),
                cases.stream().map(Case::name).toList());
    }

    @Test
    void onlyAReachedMutantIsKilled() {
        ByteArrayOutputStream text = new ByteArrayOutputStream();
        KillRows rows =
                new KillRows(new PrintStream(text, true, StandardCharsets.UTF_8), options(), false);
        KillRows.Row row = new KillRows.Row("bug", "lock", Arch.X86_64, System.nanoTime());
        CaseResult found =
                new CaseResult("g", "n", Status.FAILED, "UNDISCHARGED", "s", List.of(), "", 9, 1);
        rows.killed(row, CASE, found, new Reach.Result(true, Measure.LINE));
        rows.notReached(row, CASE, found, new Reach.Result(false, Measure.BLOCK));
        rows.survived(row, 7, new Reach.Result(true, Measure.METHOD));
        assertEquals(
                List.of(Status.PASSED, Status.FAILED, Status.FAILED),
                rows.all().stream().map(CaseResult::status).toList());
        assertEquals(
                List.of("UNDISCHARGED", "NOT_REACHED", "SURVIVED"),
                rows.all().stream().map(CaseResult::reason).toList());
        assertEquals(Map.of("reached", "no", "measure", "block"), rows.all().get(1).properties());
        assertEquals(
                "./norma conform --mutant-classes 'a folder' --mutant bug --arch x86_64"
                        + " --scenario locks --cpus 2 --accel icount --seed 1 --seeds 1",
                rows.all().get(1).replay());
        assertEquals(
                "./norma conform --mutant-classes 'a folder' --mutant bug --arch x86_64"
                        + " --scenario sleep --cpus 1,4 --accel single --seed 5 --seeds 2",
                rows.all().get(2).replay());
        List<String> lines = text.toString(StandardCharsets.UTF_8).lines().toList();
        assertTrue(lines.get(0).startsWith("killed      bug "), lines::toString);
        assertTrue(lines.get(0).contains(" yes/line "), lines::toString);
        assertTrue(lines.get(1).startsWith("not-reached bug "), lines::toString);
        assertTrue(lines.get(1).contains(" no/block "), lines::toString);
        assertEquals("            replay: " + rows.all().get(2).replay(), lines.get(4));
    }

    @Test
    void mutantsAreSelectedByName() throws UsageException {
        List<String> all = List.of("a", "b", "c");
        assertEquals(new LinkedHashSet<>(all), MutantNames.select(List.of(), all));
        assertEquals(Set.of("a", "c"), MutantNames.select(List.of("c", "a"), all));
        UsageException e =
                assertThrows(
                        UsageException.class, () -> MutantNames.select(List.of("a", "d"), all));
        assertEquals("unknown mutant 'd' (one of: a, b, c)", e.getMessage());
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
