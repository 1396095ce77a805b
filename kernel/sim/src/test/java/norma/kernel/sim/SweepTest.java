package norma.kernel.sim;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.HashSet;
import java.util.Set;
import norma.abi.Event;
import norma.abi.Limits;
import norma.abi.Snapshot;
import norma.conformance.check.EventView;
import norma.conformance.check.Validator;
import norma.conformance.scenario.ScriptException;
import norma.conformance.scenario.ScriptParser;
import norma.kernel.sim.load.ClassEdit;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** A checkpoint is complete soon after it has begun, whichever core is held up meanwhile. */
class SweepTest {
    private static final int CORES = 2;

    /** What the script says. */
    private static final int PERIOD = 60;

    private static final int OBJECTS = Limits.CHANNELS + Limits.THREADS + 2 * CORES;

    /** Yield, Dispatch and a snapshot of one or two parts, or in their stead a few at a tick. */
    private static final int RECORDS_AN_EXIT = 4;

    private static final String SCRIPT =
            """
            slice 900us
            priority 5
            checkpoints 60
            program main
              spawn 1 other priority 5
              spin 1
              set r5 400
            again:
              yield
              loop r5 again
              end
            program other
              set r5 150
            again:
              yield
              loop r5 again
              end
            """;

    private static Simulator simulator;
    private static Scenario scenario;

    /** What the rings of a run would have had to hold. */
    private static final class Demand implements Validator.EventSink {
        private final int[] sinceMark = new int[CORES];
        private final Set<Integer> saved = new HashSet<>();
        private int epoch;
        private int epochs;
        private int most;

        @Override
        public void accepted(EventView e) {
            int of = (int) (e.words[1] >>> 32);
            sinceMark[e.core()]++;
            if (e.kind() == Event.MARK) {
                most = Math.max(most, sinceMark[e.core()]);
                sinceMark[e.core()] = 0;
                if (of != epoch) {
                    assertTrue(of > epoch || epochs == 0, "epochs rise");
                    epoch = of;
                    epochs++;
                    saved.clear();
                }
            } else if (e.kind() == Event.SNAPSHOT && of == epoch) {
                saved.add(e.object(0));
            } else if (of != Snapshot.FINAL_EPOCH || e.kind() != Event.SNAPSHOT) {
                most = Math.max(most, sinceMark[e.core()]);
            }
        }
    }

    @BeforeAll
    static void load() throws ScriptException {
        simulator = new Simulator(ClassEdit.NONE);
        scenario = new Scenario("held", ScriptParser.parse(SCRIPT), false);
    }

    private static Demand run(Schedule schedule) {
        Demand demand = new Demand();
        assertNull(simulator.replay(scenario, CORES, 0, schedule, demand).failure());
        return demand;
    }

    /** Core 1, which runs first, is held up at one point after the other while core 0 goes on. */
    @Test
    void aCoreThatIsHeldUpHoldsUpNoCheckpoint() {
        int most = 0;
        for (int at = 1_600; at < 1_800; at++) {
            byte[] codes = new byte[at + 1];
            codes[at] = 1;
            Demand demand = run(new Schedule(codes, codes.length));
            most = Math.max(most, demand.most);
            assertTrue(demand.epochs > 2, "only " + demand.epochs + " checkpoints");
        }
        int bound = PERIOD + OBJECTS * RECORDS_AN_EXIT;
        assertTrue(most < bound, most + " records without a mark, not " + bound);
    }

    /** The run may end at once after a checkpoint has begun: it is complete all the same. */
    @Test
    void theLastCheckpointIsComplete() {
        for (int seed = 0; seed < 20; seed++) {
            Demand demand = new Demand();
            Simulator.Result result =
                    simulator.replay(
                            scenario,
                            CORES,
                            seed,
                            simulator.run(scenario, CORES, seed).schedule(),
                            demand);
            assertNull(result.failure());
            assertEquals(OBJECTS, demand.saved.size(), "objects in the last checkpoint");
        }
    }
}
