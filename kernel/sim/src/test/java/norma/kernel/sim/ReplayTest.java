package norma.kernel.sim;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import norma.kernel.sim.load.ClassEdit;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A run is a function of scenario, cores and seed, and of its schedule. */
class ReplayTest {
    private static final int SEEDS = 12;

    private static Simulator simulator;

    @TempDir Path folder;

    @BeforeAll
    static void load() {
        simulator = new Simulator(ClassEdit.NONE);
    }

    private static void same(Simulator.Result one, Simulator.Result two) {
        assertEquals(one.failure(), two.failure());
        assertEquals(one.events(), two.events());
        assertEquals(one.steps(), two.steps());
        assertEquals(one.counts().text(), two.counts().text());
    }

    @Test
    void seedsReplay() {
        Simulator again = new Simulator(ClassEdit.NONE);
        List<Simulator.Result> first = new ArrayList<>();
        for (Scenario scenario : Scenario.all()) {
            for (int seed = 0; seed < SEEDS; seed++) {
                first.add(simulator.run(scenario, 1 + seed % 4, seed));
            }
        }
        // In the other direction: nothing may be left of the run before.
        for (Scenario scenario : Scenario.all().reversed()) {
            for (int seed = SEEDS - 1; seed >= 0; seed--) {
                same(first.removeLast(), again.run(scenario, 1 + seed % 4, seed));
            }
        }
    }

    @Test
    void schedulesReplayFromFiles() throws IOException {
        Path file = folder.resolve("a.schedule");
        for (Scenario scenario : Scenario.all()) {
            for (int seed = 0; seed < 6; seed++) {
                Simulator.Result run = simulator.run(scenario, 2, seed);
                run.schedule().write(file, scenario.name(), 2, seed);
                Schedule.Stored stored = Schedule.read(file);
                assertEquals(scenario.name(), stored.scenario());
                assertEquals(seed, stored.seed());
                same(run, simulator.replay(scenario, stored.cpus(), seed, stored.schedule()));
            }
        }
    }

    @Test
    void seedsDiffer() {
        Scenario scenario = Scenario.find("contended").orElseThrow();
        assertNotEquals(
                simulator.run(scenario, 2, 1).events(), simulator.run(scenario, 2, 2).events());
    }

    @Test
    void emptyScheduleIsARun() {
        Schedule empty = new Schedule(new byte[0], 0);
        for (Scenario scenario : Scenario.all()) {
            assertNull(simulator.replay(scenario, 2, 0, empty).failure(), scenario.name());
        }
    }

    @Test
    void failuresShrink() {
        Simulator broken = new Simulator(Mutant.of("thread.Core").drop("kick", "sendIpi", 0));
        Scenario scenario = Scenario.find("park-ipi").orElseThrow();
        long seed = 0;
        Simulator.Result failing = broken.run(scenario, 2, seed);
        while (failing.failure() == null) {
            seed++;
            failing = broken.run(scenario, 2, seed);
        }
        String kind = failing.failure().kind();
        Schedule shrunk = new Shrinker(broken, scenario, 2, seed, kind).shrink(failing.schedule());
        assertTrue(shrunk.forced() <= 3, shrunk.forced() + " switches");
        Failure failure = broken.replay(scenario, 2, seed, shrunk).failure();
        assertNotNull(failure);
        assertEquals(kind, failure.kind());
    }

    @Test
    void otherFilesAreRefusedWithThePlace() throws IOException {
        Path file = folder.resolve("b.schedule");
        String head = "norma-schedule 2\nscenario contended\ncpus 2\n";
        String[][] all = {
            {"", "1:1"},
            {"hello\n", "1:1"},
            {"norma-schedule 2\n", "2:1"},
            {"norma-schedule 2\nscenario a\ncpus x\nseed 1\ndecisions 1\nforced\nend\n", "2:10"},
            {head.replace("cpus 2", "cpus x") + "seed 1\ndecisions 1\nforced\nend\n", "3:6"},
            {head.replace("cpus 2", "cpus 9") + "seed 1\ndecisions 1\nforced\nend\n", "3:6"},
            {head + "seed 1x\ndecisions 1\nforced\nend\n", "4:6"},
            {head + "decisions 1\nforced\nend\n", "4:1"},
            {head + "seed 1\ndecisions -1\nforced\nend\n", "5:11"},
            {head + "seed 1\ndecisions 99999999999\nforced\nend\n", "5:11"},
            {head + "seed 1\ndecisions 2\n", "6:1"},
            {head + "seed 1\ndecisions 2\nforced 9:1\nend\n", "6:7"},
            {head + "seed 1\ndecisions 2\nforced 0:1 1:x\nend\n", "6:11"},
            {head + "seed 1\ndecisions 2\nforced 0:1 1:3\nend\n", "6:11"},
            {head + "seed 1\ndecisions 2\nforced 1:1 0:1\nend\n", "6:11"},
            {head + "seed 1\ndecisions 2\nforced\nforced\n", "7:1"},
            {head + "seed 1\ndecisions 2\nforced 0:1\n", "7:1"},
            {head + "seed 1\ndecisions 2\nforced 0:1\nend\nend\n", "8:1"}
        };
        for (String[] bad : all) {
            Files.writeString(file, bad[0]);
            IOException told = assertThrows(IOException.class, () -> Schedule.read(file), bad[0]);
            String expected = file + ":" + bad[1] + ": expected";
            assertTrue(String.valueOf(told.getMessage()).startsWith(expected), told.toString());
        }
    }

    @Test
    void fuzzedFilesAreReadOrRefused() throws IOException {
        Path file = folder.resolve("c.schedule");
        Scenario scenario = Scenario.find("contended").orElseThrow();
        simulator.run(scenario, 2, 1).schedule().write(file, scenario.name(), 2, 1);
        byte[] good = Files.readAllBytes(file);
        SplittableRandom random = new SplittableRandom(1);
        int refused = 0;
        for (int i = 0; i < 1_000; i++) {
            byte[] bad = good.clone();
            bad[random.nextInt(bad.length)] = (byte) random.nextInt(256);
            Files.write(file, bad);
            try {
                // Another number where a number may be is another schedule, which can be run.
                Schedule.Stored stored = Schedule.read(file);
                assertEquals(scenario.name(), stored.scenario());
            } catch (IOException e) {
                refused++;
                assertTrue(String.valueOf(e.getMessage()).startsWith(file + ":"), e.toString());
            }
        }
        assertTrue(refused > 500 && refused < 1_000, refused + " refused");
    }
}
