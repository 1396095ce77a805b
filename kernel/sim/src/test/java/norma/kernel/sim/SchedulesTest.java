package norma.kernel.sim;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import norma.abi.Event;
import norma.conformance.check.EventView;
import norma.kernel.sim.load.ClassEdit;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Random schedules of every scenario conform, and between them reach every action. */
class SchedulesTest {
    private static Simulator simulator;

    @BeforeAll
    static void load() {
        simulator = new Simulator(ClassEdit.NONE);
    }

    static List<String> names() {
        return Scenario.names();
    }

    private static Campaign conforms(String name, int cpus, int seeds) {
        Campaign campaign = new Campaign(Scenario.find(name).orElseThrow(), cpus);
        campaign.run(simulator, 0, seeds);
        Simulator.Result failed = campaign.failed();
        assertNull(
                failed == null ? null : failed.failure(),
                () -> name + " cpus " + cpus + " seed " + campaign.failedSeed());
        return campaign;
    }

    @ParameterizedTest
    @MethodSource("names")
    void conformOnTwoCores(String name) {
        Campaign campaign = conforms(name, 2, 200);
        assertTrue(campaign.distinct() > 180, "only " + campaign.distinct() + " interleavings");
    }

    @ParameterizedTest
    @MethodSource("names")
    void conformOnThreeCores(String name) {
        conforms(name, 3, 60);
    }

    @ParameterizedTest
    @MethodSource("names")
    void conformOnOneAndFourCores(String name) {
        conforms(name, 1, 30);
        conforms(name, 4, 30);
    }

    @Test
    void everyActionIsReached() {
        List<String> missing = new ArrayList<>();
        List<Campaign> campaigns = names().stream().map(name -> conforms(name, 2, 50)).toList();
        for (int kind = 1; kind < Event.LIMIT; kind++) {
            int action = kind;
            if (Event.isAction(kind) && campaigns.stream().noneMatch(c -> c.reached(action))) {
                missing.add(EventView.name(kind));
            }
        }
        assertEquals(List.of(), missing);
    }
}
