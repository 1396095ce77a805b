package norma.kernel.sim.explore;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import norma.kernel.sim.Failure;
import norma.kernel.sim.Mutant;
import norma.kernel.sim.load.ClassEdit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Searches agree with each other, whatever is left out or merged. */
class ExplorationTest {
    private static final long MOST = 1_000_000;

    private static final String YIELD =
            """
            # explore: cpus 2 leaps 0
            slice 1ms
            priority 7
            program main
              spawn 1 client priority 3
              end
            program client
              yield
              end
            """;

    private static Exploration of(String text, boolean merging) {
        return new Exploration(ClassEdit.NONE, Case.parse("test", text), merging);
    }

    private static @Nullable String kind(Exploration.Outcome outcome) {
        Failure failure = outcome.failure();
        return failure == null ? null : failure.kind();
    }

    private static void assertWhole(Exploration.Outcome outcome) {
        assertNull(outcome.failure());
        assertTrue(outcome.complete());
    }

    @Test
    void framesThatMergeHideNothing() {
        Exploration.Outcome merged = of(YIELD, true).search(false, MOST);
        Exploration.Outcome whole = of(YIELD, false).search(false, MOST);
        assertWhole(merged);
        assertWhole(whole);
        assertTrue(merged.states() * 2 < whole.states(), "merged " + merged + " whole " + whole);
        assertEquals(whole.ends(), merged.ends());
        assertEquals(whole.modelStates(), merged.modelStates());
        assertEquals(whole.modelSteps(), merged.modelSteps());
    }

    /** On one core nobody is in the way of whom takes no lock: lock events alone show it. */
    @Test
    void lockEventsShowWhatNoOtherCoreSuffersFrom() {
        Case scenario = Case.parse("test", YIELD.replace("cpus 2", "cpus 1"));
        ClassEdit bug =
                Mutant.of("sched.Scheduler")
                        .drop("enqueue", "acquire", 0)
                        .drop("enqueue", "release", 1);
        assertWhole(new Exploration(bug, scenario).search(false, MOST));
        Exploration.Outcome found = new Exploration(bug, scenario.withLocks()).search(false, MOST);
        assertEquals("ACTION_NOT_ENABLED", kind(found));
        assertWhole(new Exploration(ClassEdit.NONE, scenario.withLocks()).search(false, MOST));
    }

    /** How often a lock was taken before is no part of the state. */
    @Test
    void lockEventsMakeNoEndsOfTheirOwn() {
        Case scenario = Case.find("call-death").orElseThrow();
        Exploration.Outcome plain = new Exploration(ClassEdit.NONE, scenario).search(false, MOST);
        Exploration.Outcome locked =
                new Exploration(ClassEdit.NONE, scenario.withLocks()).search(false, MOST);
        assertWhole(locked);
        assertEquals(plain.ends(), locked.ends());
        assertTrue(locked.states() < 2 * plain.states(), plain + " and " + locked);
    }

    @ParameterizedTest
    @ValueSource(strings = {"call-death", "queue-death", "spawn-exit"})
    void theReductionLosesNoEnd(String name) {
        Exploration exploration = new Exploration(ClassEdit.NONE, Case.find(name).orElseThrow());
        Exploration.Outcome reduced = exploration.search(true, MOST);
        Exploration.Outcome full = exploration.search(false, MOST);
        assertWhole(reduced);
        assertWhole(full);
        assertTrue(2 * reduced.states() < full.states(), reduced + " and " + full);
        assertEquals(full.endings(), reduced.endings());
        // What was learned of the code by the first search makes no difference to the second.
        assertEquals(
                full,
                again(
                        new Exploration(ClassEdit.NONE, Case.find(name).orElseThrow())
                                .search(false, MOST),
                        full.endings()));
    }

    /** Ends are told apart by numbers of places, which depend on the order of their discovery. */
    private static Exploration.Outcome again(Exploration.Outcome outcome, long endings) {
        return new Exploration.Outcome(
                outcome.failure(),
                List.copyOf(outcome.choices()),
                outcome.complete(),
                outcome.states(),
                outcome.transitions(),
                outcome.ends(),
                outcome.deepest(),
                outcome.modelStates(),
                outcome.modelSteps(),
                endings,
                outcome.observed());
    }

    /** Whatever is known of the kernel's places, the same steps are seen from outside. */
    @Test
    void whatIsSeenFromOutsideIsTheKernelsAlone() {
        Exploration.Outcome merged = of(YIELD, true).watch(MOST);
        Exploration.Outcome apart = of(YIELD, false).watch(MOST);
        assertTrue(merged.complete() && apart.complete());
        assertTrue(merged.states() < apart.states());
        assertEquals(merged.observed(), apart.observed());
        assertEquals(0, of(YIELD, true).search(false, MOST).observed());
        Exploration.Outcome other = of(YIELD.replace("priority 3", "priority 4"), true).watch(MOST);
        assertEquals(merged.states(), other.states());
        assertNotEquals(merged.observed(), other.observed());
    }

    @Test
    void aSearchEndsAtItsBound() {
        Exploration.Outcome outcome = of(YIELD, true).search(false, 100);
        assertEquals(100, outcome.states());
        assertTrue(!outcome.complete() && outcome.failure() == null);
    }

    @Test
    void oneCoreHasOneWay() {
        Exploration.Outcome outcome =
                of(YIELD.replace("cpus 2", "cpus 1"), true).search(false, MOST);
        assertWhole(outcome);
        assertEquals(outcome.states() - 1, outcome.transitions());
        assertEquals(1, outcome.ends());
    }

    @Test
    void threadsThatWaitForEverAreAFinding() {
        String stuck = YIELD.replace("yield", "call 0 1");
        Exploration.Outcome outcome = of(stuck, true).search(false, MOST);
        assertEquals(
                "UNFINISHED",
                String.valueOf(outcome.failure()).replaceAll(".*kind=(\\w+).*", "$1"));
        assertWhole(of("# ends: waiting\n" + stuck, true).search(false, MOST));
    }
}
