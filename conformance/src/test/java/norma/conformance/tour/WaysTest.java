package norma.conformance.tour;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.TreeSet;
import norma.abi.Event;
import norma.abi.Record;
import norma.model.kernel.KernelConstants;
import norma.model.kernel.KernelModel;
import norma.model.kernel.KernelState;
import org.junit.jupiter.api.Test;

/** What is drivable on two cores, and what records with a known order show. */
class WaysTest {
    private static final int LOCK = Record.LOCK_CORE << Record.LOCK_RANK_SHIFT;

    private final SmallMachines machines = new SmallMachines(Path.of(".."));

    @Test
    void everyEdgeOfTwoCoresIsDrivableOrHasAReason() {
        KernelConstants constants = machines.kernelForCores();
        ModelGraph<KernelState> graph = new ModelGraph<>(new KernelModel(constants));
        Drivable<KernelState, CoresDiscipline> drivable =
                new Drivable<>(graph, new CoresDiscipline(constants));
        int excluded = drivable.excluded().values().stream().mapToInt(Integer::intValue).sum();
        assertEquals(graph.edges(), drivable.edges().cardinality() + excluded);
        // Pinned: a rule that excludes more is a change of what is promised.
        assertEquals(37_634, drivable.edges().cardinality());
        Component<?> scheduler =
                Component.scheduler(graph, machines.scheduler(SmallMachines.SCHEDULER_CORES));
        BitSet image = scheduler.image(drivable.edges());
        assertEquals(14_246, image.cardinality());
        TreeSet<String> actions = new TreeSet<>();
        image.stream().forEach(edge -> actions.add(scheduler.graph().kind(edge)));
        assertTrue(actions.containsAll(List.of("Ipi", "Kick", "Steal")), actions.toString());
        Wanted wanted = new Wanted(drivable.edges(), scheduler.images());
        assertEquals(14_246, wanted.all());
        Ways ways = new Ways(graph, drivable);
        List<Ways.Hop> path = ways.nearest(ways.beginning(), wanted.edges(), new BitSet(), true);
        assertEquals(0, graph.from(path.getFirst().edge()));
        wanted.taken(path.getLast().edge());
        assertEquals(14_245, wanted.left());
    }

    private static long[] record(int kind, int core, int first, int... objects) {
        long[] words = new long[Record.BYTES / Long.BYTES];
        words[0] = Record.head(kind, core, objects.length, 0);
        words[1] = first;
        for (int i = 0; i < objects.length; i++) {
            words[4 + i] = Record.object(objects[i] >> 16, objects[i] & 0xffff);
        }
        return words;
    }

    @Test
    void aLockOfTwoCoresIsReadInEveryWay() {
        LockWays ways = new LockWays(machines.lock(SmallMachines.LOCK_CORES));
        List<long[]> run = new ArrayList<>();
        run.add(record(Event.TICK, 0, 0));
        run.add(record(Event.REFUSE, 1, 0));
        run.add(record(Event.LOCK_TAKE, 0, LOCK));
        run.add(record(Event.LOCK_TAKE, 1, LOCK));
        run.add(record(Event.LOCK_ENTER, 0, LOCK));
        run.add(record(Event.LOCK_LEAVE, 0, LOCK));
        run.add(record(Event.LOCK_ENTER, 1, LOCK));
        run.add(record(Event.LOCK_LEAVE, 1, LOCK));
        ways.follow(run, 1);
        assertNull(ways.contradiction());
        TreeSet<String> actions = new TreeSet<>();
        ways.edges().stream().forEach(edge -> actions.add(ways.graph().kind(edge)));
        assertEquals(
                List.of("Enter", "Interrupt", "Mask", "Release", "Take"), List.copyOf(actions));
        // Eight steps are one reading; the second core may mask earlier, too.
        assertTrue(ways.edges().cardinality() > 8, ways.edges().toString());
        // Who enters before it is his turn is no run of the lock.
        run.set(4, record(Event.LOCK_ENTER, 1, LOCK));
        ways.follow(run, 1);
        assertNotNull(ways.contradiction());
    }
}
