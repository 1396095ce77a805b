package norma.conformance.tour;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import norma.abi.Event;
import norma.abi.Record;
import norma.abi.Snapshot;
import norma.abi.SystemCall;
import norma.model.Action;
import norma.model.checkpoint.CheckpointAction;
import norma.model.checkpoint.CheckpointModel;
import norma.model.checkpoint.CheckpointState;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What is drivable of the recorder on one core, and what its records show. */
class CheckpointWaysTest {
    private static final int FIRST = Record.THREAD << 16;
    private static final int SLOT = FIRST + 5;
    private static final int OTHER = FIRST + 6;
    private static final int CORE = Record.CORE << 16;

    private final CheckpointModel model = new SmallMachines(Path.of("..")).checkpoint();
    private final List<long[]> whole = new ArrayList<>();
    private final List<long[]> later = new ArrayList<>();

    private static long[] record(int kind, long params, int... objects) {
        long[] words = new long[Record.BYTES / Long.BYTES];
        words[0] = Record.head(kind, 0, objects.length, 0);
        words[1] = params;
        for (int i = 0; i < objects.length; i++) {
            words[4 + i] = Record.object(objects[i] >> 16, objects[i] & 0xffff);
        }
        return words;
    }

    private void event(int kind, int... objects) {
        whole.add(record(kind, 0, objects));
        later.add(record(kind, 0, objects));
    }

    private void mark(int epoch) {
        later.add(record(Event.MARK, Snapshot.place(0, 1, epoch), Record.CONTEXT << 16));
    }

    private void snapshot(int object, int epoch) {
        later.add(record(Event.SNAPSHOT, Snapshot.place(0, 1, epoch), object));
    }

    /** The first thread asks for the recorder. */
    private void asks() {
        whole.add(record(Event.REFUSE, Record.params(0, SystemCall.RECORD, 0, 0), FIRST));
        whole.add(record(Event.RESUME, 0, CORE, FIRST));
    }

    /** It cancels a call that another one has not made. */
    private void cancel(int victim) {
        snapshot(FIRST, 1);
        snapshot(victim, 1);
        event(Event.CANCEL, FIRST, victim);
    }

    private void resume() {
        event(Event.RESUME, CORE, FIRST);
    }

    private CheckpointWays follow() {
        CheckpointWays ways = new CheckpointWays(model);
        ways.follow(whole, later);
        return ways;
    }

    private static Set<String> actions(CheckpointWays ways) {
        Set<String> actions = new TreeSet<>();
        ways.edges().stream().forEach(edge -> actions.add(ways.graph().kind(edge)));
        return actions;
    }

    @Test
    void everyEdgeIsDrivableOrHasAReason() {
        Drivable<CheckpointState, ?> drivable = follow().drivable();
        int excluded = drivable.excluded().values().stream().mapToInt(Integer::intValue).sum();
        assertEquals(17_950, drivable.edges().cardinality() + excluded);
        // Pinned: a rule that excludes more is a change of what is promised.
        assertEquals(11_013, drivable.edges().cardinality());
    }

    @Test
    void pairsOfObjectsAreTheRecordersTwo() {
        asks();
        mark(1);
        cancel(SLOT);
        snapshot(CORE, 1);
        resume();
        CheckpointWays ways = follow();
        assertEquals(List.of(), ways.refuted());
        assertFalse(actions(ways).contains("Sweep"), actions(ways).toString());
        assertEquals(8, actions(ways).size(), actions(ways).toString());
    }

    @Test
    void whatHappenedBeforeIsKnownFromTheOtherWay() {
        whole.add(record(Event.CANCEL, 0, FIRST, SLOT));
        whole.add(record(Event.RESUME, 0, CORE, FIRST));
        int unrecorded = follow().edges().cardinality();
        asks();
        assertTrue(unrecorded > 10, "changes without records");
        mark(1);
        cancel(SLOT);
        assertEquals(List.of(), follow().refuted());
        whole.removeLast();
        assertFalse(follow().refuted().isEmpty(), "the ways are not the same");
    }

    @Test
    void anEpochThatBeginsTooEarlyIsNoRunOfTheRecorder() {
        asks();
        mark(1);
        cancel(SLOT);
        snapshot(CORE, 1);
        resume();
        cancel(OTHER);
        resume();
        assertEquals(List.of(), follow().refuted());
        later.removeIf(words -> (words[0] & 0xff) == Event.SNAPSHOT && words[4] == other());
        later.removeLast();
        later.removeLast();
        whole.removeLast();
        whole.removeLast();
        mark(2);
        cancel(OTHER);
        assertFalse(follow().refuted().isEmpty());
    }

    private static long other() {
        return Record.object(OTHER >> 16, OTHER & 0xffff);
    }

    @Test
    void twoVisitsInOneStayRefuteTheRule() {
        asks();
        mark(1);
        snapshot(SLOT, 1);
        snapshot(OTHER, 1);
        snapshot(CORE, 1);
        resume();
        assertTrue(follow().refuted().getFirst().startsWith("rule one-visit-an-exit is refuted"));
    }

    @Test
    void aRuleThatIsTooStrictIsRefuted() {
        asks();
        mark(1);
        snapshot(SLOT, 1);
        snapshot(CORE, 1);
        resume();
        assertEquals(List.of(), follow().refuted());
        CheckpointDiscipline right = new CheckpointDiscipline(model);
        Order<CheckpointState> strict =
                new Order<>() {
                    @Override
                    public int begins() {
                        return right.begins();
                    }

                    @Override
                    public @Nullable String refuses(CheckpointState s, Action action, int phase) {
                        return action instanceof CheckpointAction.Sweep
                                ? "never-sweeps"
                                : right.refuses(s, action, phase);
                    }

                    @Override
                    public int[] phases(int phase, Action action, CheckpointState to) {
                        return right.phases(phase, action, to);
                    }
                };
        CheckpointWays ways = new CheckpointWays(model, strict);
        ways.follow(whole, later);
        assertTrue(ways.refuted().getFirst().startsWith("rule never-sweeps is refuted by Sweep"));
        assertFalse(Measure.checkpoints("X", ways).enough());
        assertEquals(ways.refuted(), Measure.checkpoints("X", ways).refuted());
    }
}
