package norma.conformance.tour;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.BitSet;
import norma.conformance.check.Memory;
import norma.model.kernel.KernelConstants;
import norma.model.kernel.KernelModel;
import norma.model.kernel.KernelState;
import org.junit.jupiter.api.Test;

/** When a search of a tour ends, with the kernel's classes to rehearse its ways. */
class SearchTest {
    private static final Duration LONG = Duration.ofMinutes(5);

    private static final long SEED = 7;

    private final KernelConstants constants =
            new SmallMachines(Path.of("..")).kernel(SmallMachines.PROCESSES);
    private final ModelGraph<KernelState> graph = new ModelGraph<>(new KernelModel(constants));
    private final Drivable<KernelState, ProcessDiscipline> drivable =
            new Drivable<>(graph, new ProcessDiscipline(constants));
    private final Ways paths = new Ways(graph, drivable);
    private final ByteArrayOutputStream said = new ByteArrayOutputStream();

    private Search search(Duration patience) {
        GatedScript script =
                new GatedScript(
                        new Memory(constants.spaces().pages(), constants.spaces().frames()));
        PrintStream out = new PrintStream(said, true, StandardCharsets.UTF_8);
        return new Search("Kernel-14", constants, paths, script, patience, out);
    }

    /** All drivable edges, each for itself. */
    private Wanted everything() {
        int[] groups = new int[graph.edges()];
        Arrays.setAll(groups, edge -> edge);
        return new Wanted(drivable.edges(), groups);
    }

    /** Nothing but its seed decides what so many tries find, not how long they take. */
    @Test
    void itEndsByTries() {
        Search first = search(LONG);
        first.look(everything(), 6, 6, SEED);
        Search slow = search(LONG.multipliedBy(2));
        slow.look(everything(), 6, 6, SEED);
        assertEquals(6, first.ways().size(), "each of the first ways is of use");
        assertEquals(first.met(), slow.met());
        assertFalse(first.outOfTime());
        first.said("done");
        assertTrue(
                said.toString(StandardCharsets.UTF_8).startsWith("rehearsed 6 ways of Kernel-14"));
    }

    /** What nobody can take is given up. */
    @Test
    void itEndsWhenNothingNewIsFound() {
        Search search = search(LONG);
        BitSet never = new BitSet();
        for (int edge = 0; never.isEmpty() && edge < graph.edges(); edge++) {
            never.set(edge, !drivable.edges().get(edge));
        }
        int[] groups = new int[graph.edges()];
        search.look(new Wanted(never, groups), 12, 3, SEED);
        assertEquals(0, search.ways().size());
        search.said("");
        assertTrue(said.toString(StandardCharsets.UTF_8).startsWith("rehearsed 3 ways"));
    }

    @Test
    void whoHasNoTimeSaysSo() {
        Search search = search(Duration.ZERO);
        search.look(everything(), 6, 6, SEED);
        assertTrue(search.outOfTime());
        assertEquals(0, search.ways().size());
        search.said("nothing");
        assertTrue(said.toString(StandardCharsets.UTF_8).contains("the time is up; nothing"));
    }
}
