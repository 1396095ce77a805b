package norma.kernel.sim;

import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import norma.abi.Snapshot;
import norma.conformance.scenario.ScriptException;
import norma.conformance.scenario.ScriptParser;
import norma.kernel.sim.load.ClassEdit;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Whichever core ends a run, its last snapshots are evidence: also one that has slept while the
 * recorder was switched on, or while epochs began, and that only a late timer has woken.
 */
class EndOfRunTest {
    /**
     * Core 1 calls early and keeps the timer of a time-out that never comes; core 0 goes on long
     * enough for whole checkpoints.
     */
    private static final String SCRIPT =
            """
            slice 30us
            priority 5
            program main
              spawn 2 server priority 6 serves 0
              spawn 1 client priority 4
              spin 5
              sleep 20us
              record
              set r5 120
            again:
              yield
              loop r5 again
              end
            program server
              receive 0
              reply 0 tag word
              end
            program client
              call 0 7 timeout 9ms
              end
            """;

    /** The run is over within so many points of its end. */
    private static final int LAST_POINTS = 700;

    private static Simulator simulator;

    @BeforeAll
    static void load() {
        simulator = new Simulator(ClassEdit.NONE);
    }

    /** Time leaps at each of the last points in turn, and core 1 goes on as long as it can. */
    @ParameterizedTest
    @ValueSource(strings = {"recorder later 1024", "recorder overwrite 1024\ncheckpoints 90"})
    void theCoreThatSleptMayEndIt(String recorder) throws ScriptException {
        Scenario scenario =
                new Scenario("slept", ScriptParser.parse(recorder + "\n" + SCRIPT), false);
        int points = simulator.replay(scenario, 2, 0, new Schedule(new byte[0], 0)).steps();
        int ends = 0;
        for (int at = Math.max(0, points - LAST_POINTS); at < points; at++) {
            byte[] codes = new byte[at + 2];
            codes[at] = Schedule.LEAP;
            codes[at + 1] = 2;
            int[] last = new int[2];
            Failure failure =
                    simulator
                            .replay(
                                    scenario,
                                    2,
                                    0,
                                    new Schedule(codes, codes.length),
                                    e -> {
                                        if ((int) (e.words[1] >>> 32) == Snapshot.FINAL_EPOCH) {
                                            last[e.core()]++;
                                        }
                                    })
                            .failure();
            int point = at;
            assertNull(failure, () -> "core 1 goes on from point " + point);
            ends += last[1] > 0 ? 1 : 0;
        }
        assertTrue(ends > 0, "core 1 never ended the run");
    }
}
