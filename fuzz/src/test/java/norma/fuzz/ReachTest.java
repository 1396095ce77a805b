package norma.fuzz;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import norma.conformance.check.Verdict;
import norma.conformance.job.Images;
import norma.conformance.machine.Accel;
import norma.conformance.machine.Arch;
import norma.conformance.machine.Plugin;
import norma.conformance.mutant.Mutant;
import norma.conformance.mutant.Mutants;
import norma.conformance.mutant.Overlay;
import norma.conformance.mutant.Place;
import norma.conformance.reach.LineTable;
import norma.conformance.reach.Reach;
import norma.conformance.reach.Reach.Measure;
import norma.conformance.scenario.Plan;
import norma.conformance.scenario.ScriptParser;
import norma.conformance.scenario.Session;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** In a run that only yields, a mutant of Yield would be reached and one of a call would not. */
class ReachTest {
    private static final String SCRIPT =
            """
            events 4096 calls 4096
            program main
              set r5 20
            again:
              yield
              loop r5 again
              end
            """;

    @TempDir Path folder;

    private List<Place> places(String mutant) throws Exception {
        Mutant found =
                Mutants.ALL.stream().filter(m -> m.name().equals(mutant)).findFirst().orElseThrow();
        return new Overlay(ReachTest.class.getClassLoader()).write(found, folder);
    }

    private Reach.Result run(Arch arch, Accel accel, List<Place> places) throws Exception {
        Path image = Images.kernel(arch);
        Path source = Images.root().resolve("conformance/native/reached/reached.c");
        Path plugin = Plugin.compile(source, folder);
        Reach reach = Reach.of(LineTable.read(image), places, plugin, folder.resolve("map"));
        Plan plan =
                new Plan(
                        arch,
                        accel == Accel.ICOUNT ? 1 : 2,
                        accel,
                        image,
                        ScriptParser.parse(SCRIPT),
                        1,
                        Duration.ofSeconds(60),
                        Optional.empty());
        assertEquals(Verdict.CONFORMS, reach.during(() -> verdict(plan)));
        return reach.result();
    }

    private static Verdict verdict(Plan plan) {
        try {
            return new Session(plan, (validator, seconds) -> {}).run().verdict();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @ParameterizedTest
    @EnumSource(Arch.class)
    void onlyWhatRanIsReached(Arch arch) throws Exception {
        for (Accel accel : List.of(Accel.ICOUNT, Accel.MULTI)) {
            assertEquals(
                    new Reach.Result(true, Measure.LINE), run(arch, accel, places("lock-kept")));
            assertEquals(
                    new Reach.Result(false, Measure.LINE),
                    run(arch, accel, places("wrong-payload-delivered")));
        }
    }

    @Test
    void aLineWithoutCodeIsMeasuredByItsBlockOrMethod() throws Exception {
        Place yield = places("lock-kept").getFirst();
        Place block = new Place(yield.source(), "yield", 1, Set.of(yield.line()), Set.of());
        Place method = new Place(yield.source(), "yield", 1, Set.of(), yield.lines());
        Place nothing = new Place(yield.source(), "yield", 1, Set.of(), Set.of(2));
        assertEquals(Measure.BLOCK, run(Arch.RISCV64, Accel.ICOUNT, List.of(block)).measure());
        assertEquals(Measure.METHOD, run(Arch.RISCV64, Accel.ICOUNT, List.of(method)).measure());
        Reach.Result none = run(Arch.RISCV64, Accel.ICOUNT, List.of(nothing));
        assertEquals(Measure.NONE, none.measure());
        assertFalse(none.reached());
        assertTrue(run(Arch.RISCV64, Accel.ICOUNT, List.of(nothing, block)).reached());
    }
}
