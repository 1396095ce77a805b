package norma.kernel.sim.explore;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.lang.classfile.Opcode;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import norma.kernel.sim.Failure;
import norma.kernel.sim.Mutant;
import norma.kernel.sim.load.ClassEdit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Kernels with a bug are found in the scenario named, and the way to the failure leads there again.
 */
class ExploredMutantsTest {
    private static final long MOST = 10_000_000;

    record Bug(String name, ClassEdit edit, String scenario, Set<String> kinds) {
        @Override
        public String toString() {
            return name;
        }
    }

    private static Bug bug(String name, ClassEdit edit, String scenario, String kinds) {
        return new Bug(name, edit, scenario, Set.of(kinds.split(" ", -1)));
    }

    static Stream<Bug> bugs() {
        return Stream.of(
                bug(
                        "acquire does not wait",
                        Mutant.of("lang.TicketLock").branch("acquire", Opcode.IF_ICMPEQ, 0, true),
                        "call-death",
                        "RACE"),
                bug(
                        "lock released by a plain write",
                        Mutant.of("lang.TicketLock").rename("release", "setRelease", "set"),
                        "call-death",
                        "RACE"),
                bug(
                        "lock never released",
                        Mutant.of("lang.TicketLock").drop("release", "setRelease", 0),
                        "call-death",
                        "DEADLOCK PANICKED"),
                bug(
                        "enqueue without the run queue's lock",
                        Mutant.of("sched.Scheduler")
                                .drop("enqueue", "acquire", 0)
                                .drop("enqueue", "release", 1),
                        "call-death",
                        "RACE"),
                bug(
                        "threads locked in the order of their naming",
                        Mutant.of("thread.ThreadLocks")
                                .branch("acquire", Opcode.IF_ICMPGE, 0, false),
                        "reply-cancel",
                        "PANICKED"),
                bug(
                        "idle without a look at the queue",
                        Mutant.of("sched.Scheduler")
                                .result("idle", "head", 0, (code, k) -> code.aconst_null()),
                        "call-death",
                        "ACTION_NOT_ENABLED"),
                bug(
                        "dropped IPI",
                        Mutant.of("thread.Core").drop("kick", "sendIpi", 0),
                        "park-ipi",
                        "UNDISCHARGED UNFINISHED"),
                bug(
                        "time-out without a second look",
                        Mutant.of("ipc.Ipc")
                                .result("timeOut", "calling", 0, (code, k) -> code.iconst_1())
                                .result("timeOut", "deadline", 0, (code, k) -> code.lconst_1()),
                        "reply-timeout",
                        "PANICKED ACTION_NOT_ENABLED POST_STATE_MISMATCH"),
                bug(
                        "another answer than recorded",
                        Mutant.of("ipc.Ipc")
                                .before(
                                        "reply",
                                        "finish",
                                        0,
                                        (code, call) -> code.lconst_1().ladd()),
                        "call-reply",
                        "WITNESS_MISMATCH"),
                bug(
                        "the recorder is on before all cores know",
                        Mutant.of("entry.Checkpoints")
                                .result("due", "allReady", 0, (code, k) -> code.iconst_1()),
                        "switch-on",
                        "INVARIANT_VIOLATED"),
                bug(
                        "a woken core does not look whether the recorder is wanted",
                        Mutant.of("entry.KernelEntry").drop("interrupt", "enter", 1),
                        "switch-on",
                        "INVARIANT_VIOLATED"));
    }

    @ParameterizedTest
    @MethodSource("bugs")
    void isFound(Bug bug) {
        Case scenario = Case.find(bug.scenario()).orElseThrow();
        Exploration exploration = new Exploration(bug.edit(), scenario);
        Exploration.Outcome found = exploration.search(false, MOST);
        Failure failure = found.failure();
        assertNotNull(failure, "survived");
        assertTrue(bug.kinds().contains(failure.kind()), failure.toString());

        Exploration.Outcome simple = exploration.simplest(found);
        Failure simplest = simple.failure();
        assertNotNull(simplest);
        assertTrue(changes(simple.choices()) <= changes(found.choices()));
        Failure again = exploration.replay(simple.choices(), new ArrayList<>());
        assertNotNull(again, "the way does not lead to the failure");
        assertEquals(simplest.kind(), again.kind());
        assertEquals(simplest.summary(), again.summary());
    }

    /** A run that ends has a whole last checkpoint: nothing else shows one that was left open. */
    @Test
    void aCheckpointLeftOpenIsFound() {
        ClassEdit open = Mutant.of("entry.Checkpoints").drop("end", "complete", 0);
        Exploration.Outcome found =
                new Exploration(open, Case.find("checkpoints").orElseThrow()).search(false, MOST);
        Failure failure = found.failure();
        assertNotNull(failure);
        assertEquals("POST_STATE_MISMATCH", failure.kind());
        assertTrue(failure.summary().contains("has no snapshot of epoch"), failure.summary());
    }

    private static int changes(List<String> choices) {
        int changes = 0;
        for (int i = 1; i < choices.size(); i++) {
            changes += choices.get(i).equals(choices.get(i - 1)) ? 0 : 1;
        }
        return changes;
    }
}
