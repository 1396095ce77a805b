package norma.fuzz;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import norma.abi.Gate;
import norma.conformance.forced.Course;
import norma.conformance.forced.ForcedMachine;
import norma.conformance.forced.StrayedException;
import norma.conformance.job.Images;
import norma.conformance.job.Verdicts;
import norma.conformance.machine.Arch;
import norma.conformance.mutant.Mutant;
import norma.conformance.mutant.Mutants;
import norma.conformance.mutant.Overlay;
import norma.kernel.sim.explore.Case;
import norma.kernel.sim.explore.Courses;
import norma.kernel.sim.explore.ForceTool;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** An image with gates goes where a course says, and nowhere else without being noticed. */
class ForcedTest {
    private static final Case SCENARIO = Case.find("park-ipi").orElseThrow();

    private final Courses courses = new Courses(SCENARIO);

    @TempDir Path folder;

    private ForcedMachine boot(Arch arch) throws Exception {
        return ForcedMachine.boot(
                arch,
                Images.gated(arch, Optional.empty()),
                SCENARIO.script(),
                SCENARIO.cpus(),
                courses.beginning());
    }

    private static String words(List<List<long[]>> records) {
        StringBuilder text = new StringBuilder();
        for (List<long[]> own : records) {
            own.forEach(record -> text.append(Arrays.toString(record)));
            text.append('\n');
        }
        return text.toString();
    }

    @ParameterizedTest
    @EnumSource(Arch.class)
    void oneWayTwiceIsOneTraceAndOtherWaysAreOthers(Arch arch) throws Exception {
        List<Courses.Taken> ways = courses.random(4, 7);
        Set<String> traces = new HashSet<>();
        Set<String> expected = new HashSet<>();
        try (ForcedMachine machine = boot(arch)) {
            for (int round = 0; round < 2; round++) {
                for (Courses.Taken way : ways) {
                    ForcedMachine.Result result = machine.take(way.course());
                    assertNull(result.wrong());
                    traces.add(words(result.records()));
                    expected.add(words(way.course().records()));
                }
            }
        }
        assertEquals(expected, traces);
        assertTrue(traces.size() > 2, () -> traces.size() + " different traces");
    }

    /** What the course says of one step is changed; what the machine answers. */
    private @Nullable String strayed(int at, Course.Step step) throws Exception {
        Course right = courses.random(1, 3).getFirst().course();
        List<Course.Step> steps = new ArrayList<>(right.steps());
        steps.set(at, step);
        try (ForcedMachine machine = boot(Arch.RISCV64)) {
            String wrong = machine.take(new Course(steps, right.records(), right.ends())).wrong();
            // It was put back, and goes the right way as if nothing had been.
            assertNull(machine.take(right).wrong());
            return wrong;
        }
    }

    private int next(int place, int from) {
        List<Course.Step> steps = courses.random(1, 3).getFirst().course().steps();
        for (int i = from; i < steps.size(); i++) {
            if (steps.get(i).place() == place) {
                return i;
            }
        }
        throw new AssertionError("no such step");
    }

    @Test
    void aCoreThatIsElsewhereIsNoticed() throws Exception {
        int first = courses.beginning().steps().size();
        int at = next(Gate.USER, first);
        String wrong = strayed(at, new Course.Step(0, Gate.STEP, Gate.START_CORE, 0, "START"));
        assertNotNull(wrong);
        assertTrue(wrong.matches("step \\d+: core 0 is to go on at START, and is at .*"), wrong);
    }

    @Test
    void anInterruptThatNobodySentIsNoticed() throws Exception {
        int at = next(Gate.USER, courses.beginning().steps().size());
        String wrong = strayed(at, new Course.Step(0, Gate.IPI, Gate.USER, 0, "user mode"));
        assertEquals("step " + at + ": core 0 is to take an IPI that nobody has sent", wrong);
        wrong = strayed(at, new Course.Step(0, Gate.TIMER, Gate.USER, 0, "user mode"));
        assertEquals("step " + at + ": core 0 is to take a timer interrupt that is not due", wrong);
    }

    @Test
    void anInterruptInTheKernelIsNoticed() throws Exception {
        List<Course.Step> steps = courses.random(1, 3).getFirst().course().steps();
        int at = courses.beginning().steps().size();
        while (steps.get(at).place() >= 0 && steps.get(at).place() < Gate.FIELDS) {
            at++;
        }
        Course.Step step = steps.get(at);
        String wrong =
                strayed(at, new Course.Step(step.core(), Gate.IPI, step.place(), 0, step.name()));
        assertEquals(
                "step " + at + ": core " + step.core() + " is to take an IPI that nobody has sent",
                wrong);
    }

    @Test
    void anotherRecordIsNoticed() throws Exception {
        Course right = courses.random(1, 3).getFirst().course();
        List<List<long[]>> records = new ArrayList<>();
        right.records().forEach(own -> records.add(new ArrayList<>(own)));
        long[] changed = records.get(1).getLast().clone();
        changed[4] ^= 1;
        records.get(1).set(records.get(1).size() - 1, changed);
        try (ForcedMachine machine = boot(Arch.X86_64)) {
            String wrong = machine.take(new Course(right.steps(), records, right.ends())).wrong();
            assertNotNull(wrong);
            assertTrue(wrong.contains("core 1 record " + (records.get(1).size() - 1)), wrong);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "kick-forgotten,park-ipi",
        "idle-not-published,park-ipi",
        "enqueue-lost,call-reply",
        "changer-keeps-translations,unmap-touch"
    })
    void aKernelWithABugDoesNotGoTheWaysOfTheRightOne(String mutant, String scenario)
            throws Exception {
        Mutant bug =
                Mutants.ALL.stream().filter(m -> m.name().equals(mutant)).findFirst().orElseThrow();
        new Overlay(ForcedTest.class.getClassLoader()).write(bug, folder.resolve("classes"));
        StringWriter out = new StringWriter();
        int code =
                new ForceTool()
                        .run(
                                new PrintWriter(out),
                                new PrintWriter(out),
                                "--arch",
                                "riscv64",
                                "--scenario",
                                scenario,
                                "--ways",
                                "3",
                                "--overlay",
                                folder.resolve("classes").toString(),
                                "--out",
                                folder.resolve("ways").toString());
        assertEquals(Verdicts.VIOLATION, code, out::toString);
        assertTrue(out.toString().contains("DIFFERS"), out::toString);
        try (var ways = Files.list(folder.resolve("ways"))) {
            Path way = ways.sorted().findFirst().orElseThrow();
            assertEquals(Verdicts.PASS, replay(way), "the right kernel goes it");
        }
    }

    private static int replay(Path way) {
        StringWriter out = new StringWriter();
        return new ForceTool()
                .run(
                        new PrintWriter(out),
                        new PrintWriter(out),
                        "--arch",
                        "x86_64",
                        "--replay",
                        way.toString());
    }

    @Test
    void anImageThatDoesNotComeToTheBeginningSaysSo() throws Exception {
        Course right = courses.beginning();
        List<Course.Step> steps = new ArrayList<>(right.steps());
        Course.Step step = steps.get(3);
        steps.set(3, new Course.Step(step.core(), step.kind(), step.place() ^ 1, 0, "elsewhere"));
        StrayedException wrong =
                assertThrows(
                        StrayedException.class,
                        () ->
                                ForcedMachine.boot(
                                                Arch.RISCV64,
                                                Images.gated(Arch.RISCV64, Optional.empty()),
                                                SCENARIO.script(),
                                                SCENARIO.cpus(),
                                                new Course(steps, right.records(), right.ends()))
                                        .close());
        assertTrue(wrong.getMessage().startsWith("before the scenario begins: step 3"));
    }

    @ParameterizedTest
    @CsvSource({
        "--ways 0,--ways takes a number from 1",
        "--ways many,--ways takes a number from 1",
        "--arch mips,no architecture mips",
        "--scenario nothing,no scenario nothing",
        "--what is,what is --what?",
        "--seed,--seed needs a value"
    })
    void aWrongCommandLineIsUsage(String line, String message) {
        StringWriter err = new StringWriter();
        int code =
                new ForceTool()
                        .run(new PrintWriter(err), new PrintWriter(err), line.split(" ", -1));
        assertEquals(Verdicts.USAGE, code);
        assertTrue(err.toString().contains(message), err::toString);
    }
}
