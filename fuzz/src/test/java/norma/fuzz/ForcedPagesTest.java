package norma.fuzz;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Optional;
import java.util.ServiceLoader;
import java.util.function.BooleanSupplier;
import norma.abi.Event;
import norma.abi.Gate;
import norma.conformance.forced.Course;
import norma.conformance.forced.ForcedMachine;
import norma.conformance.forced.Rehearsal;
import norma.conformance.job.Images;
import norma.conformance.machine.Arch;
import norma.conformance.scenario.Script;
import norma.conformance.scenario.ScriptException;
import norma.conformance.scenario.ScriptParser;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * On an image with gates a thread reaches a page at its turn, by what the tables say then: whatever
 * the machine has kept of them where it may have kept it, and because it has kept nothing where it
 * may not.
 */
class ForcedPagesTest {
    private static final String TEXT =
            """
            slice 1ms
            priority 7
            pages 1 frames 1
            program main
              map 0 0 write
              touch 0 write 1
              spawn 1 user priority 3
              spawn 2 changer priority 3
              end
            program user
              touch 0 read
              attempt 0 read
              end
            program changer
              unmap 0 0
              end
            """;

    private static final int CHANGERS = 0;
    private static final int USERS = 1;
    private static final int USER = 1;
    private static final int CPUS = 2;
    private static final int STEPS = 10_000;

    private final Script script;
    private final Rehearsal run;
    private int heard;

    ForcedPagesTest() throws ScriptException {
        script = ScriptParser.parse(TEXT);
        run =
                ServiceLoader.load(Rehearsal.Stage.class)
                        .findFirst()
                        .orElseThrow()
                        .open(script, CPUS);
    }

    /** The user's core has read the page, and is about to be asked to flush. */
    private void begin(int event) {
        run.begin(words -> heard = (int) words[0] & 0xff);
        until(USERS, () -> !run.interrupt(USERS, true) && run.user(USERS));
        assertEquals(USER, run.thread(USERS));
        assertTrue(run.go(USERS));
        assertEquals(1, run.place(USER), "the page has been reached without the kernel");
        until(CHANGERS, () -> heard == event);
    }

    /** A core goes on until something is true; the other does when it cannot. */
    private void until(int core, BooleanSupplier end) {
        for (int steps = 0; !end.getAsBoolean(); steps++) {
            assertTrue(steps < STEPS && (goes(core) || goes(1 - core)), "the core goes on");
        }
    }

    private boolean goes(int core) {
        return run.go(core) || run.interrupt(core, true) || run.interrupt(core, false);
    }

    private Course finished() {
        until(USERS, run::over);
        assertNull(run.wrong());
        return run.rehearsed().course();
    }

    private static Course without(int operand, Course course) {
        List<Course.Step> steps =
                course.steps().stream()
                        .map(step ->
                                step.place() == Gate.REACH && step.operand() == operand
                                        ? new Course.Step(
                                                step.core(),
                                                step.kind(),
                                                step.place(),
                                                0,
                                                step.name())
                                        : step)
                        .toList();
        return new Course(steps, course.records(), course.ends());
    }

    private @Nullable String wrong(Arch arch, Course course) throws Exception {
        Course beginning = run.rehearsed().beginning();
        try (ForcedMachine machine =
                ForcedMachine.boot(
                        arch, Images.gated(arch, Optional.empty()), script, CPUS, beginning)) {
            return machine.take(course).wrong();
        }
    }

    /** Between the change of the table and the flush that is asked for. */
    @ParameterizedTest
    @EnumSource(Arch.class)
    void whatACoreMayHaveKeptIsDropped(Arch arch) throws Exception {
        begin(Event.CLEAR);
        assertTrue(run.go(USERS));
        assertFalse(run.user(USERS), "a page fault");
        Course course = finished();
        assertNull(wrong(arch, course));
        String kept = wrong(arch, without(Gate.DROP, course));
        assertNotNull(kept, "the machine has kept it");
        assertTrue(kept.endsWith("and is at an entry from user mode"), kept);
    }

    /** An interrupt finds the thread before its access; what the core keeps, the kernel flushes. */
    @ParameterizedTest
    @EnumSource(Arch.class)
    void whatACoreMayNotKeepTheKernelFlushes(Arch arch) throws Exception {
        begin(Event.SHOOT);
        until(CHANGERS, () -> run.interrupt(USERS, true));
        assertEquals(1, run.place(USER));
        Course course = finished();
        List<Course.Step> reaches =
                course.steps().stream().filter(step -> step.place() == Gate.REACH).toList();
        assertTrue(reaches.stream().anyMatch(step -> step.kind() == Gate.IPI));
        assertTrue(reaches.stream().noneMatch(step -> step.operand() == Gate.DROP));
        assertNull(wrong(arch, course));
    }
}
