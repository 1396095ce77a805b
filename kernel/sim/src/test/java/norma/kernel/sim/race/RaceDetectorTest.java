package norma.kernel.sim.race;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Which pairs of accesses race: the memory model's cases, one by one. */
class RaceDetectorTest {
    private static final int ACQUIRE = Probe.READ | Probe.ACQUIRE;
    private static final int RELEASE = Probe.WRITE | Probe.RELEASE;
    private static final int SWAP = ACQUIRE | RELEASE;

    private final Object data = new Object();
    private final Object flag = new Object();
    private final RaceDetector races = detector(Set.of());

    private static RaceDetector detector(Set<String> tolerated) {
        return new RaceDetector(
                3,
                List.of(new Site("A.one", 1, "A.data"), new Site("A.two", 2, "A.data")),
                tolerated);
    }

    private void raceOn(Runnable access) {
        RaceException race = assertThrows(RaceException.class, access::run);
        assertTrue(race.getMessage().contains("A.two:2"), race.getMessage());
        assertTrue(race.getMessage().contains("A.one:1"), race.getMessage());
    }

    @Test
    void unorderedPlainAccessesRace() {
        races.write(data, 0, 0);
        races.runs(1);
        raceOn(() -> races.read(data, 0, 1));
        raceOn(() -> races.write(data, 0, 1));
        raceOn(() -> races.atomic(data, 0, Probe.READ, 1));
        races.write(data, 1, 1);
        races.read(flag, 0, 1);
    }

    @Test
    void readsDoNotRace() {
        races.read(data, 0, 0);
        races.runs(1);
        races.read(data, 0, 1);
        races.atomic(data, 0, ACQUIRE, 1);
        raceOn(() -> races.atomic(data, 0, Probe.WRITE, 1));
    }

    @Test
    void releaseAndAcquireOrder() {
        races.write(data, 0, 0);
        races.atomic(flag, 0, RELEASE, 0);
        races.runs(1);
        races.atomic(flag, 0, ACQUIRE, 1);
        races.write(data, 0, 1);
        races.runs(0);
        assertThrows(RaceException.class, () -> races.read(data, 0, 0));
    }

    @Test
    void whatFollowsTheReleaseIsNotOrdered() {
        races.atomic(flag, 0, RELEASE, 0);
        races.write(data, 0, 0);
        races.runs(1);
        races.atomic(flag, 0, ACQUIRE, 1);
        raceOn(() -> races.read(data, 0, 1));
    }

    @Test
    void opaqueAccessesOrderNothing() {
        races.write(data, 0, 0);
        races.atomic(flag, 0, RELEASE, 0);
        races.runs(1);
        races.atomic(flag, 0, Probe.READ, 1);
        raceOn(() -> races.read(data, 0, 1));
        races.atomic(flag, 0, Probe.WRITE, 1);
        races.runs(2);
        races.atomic(flag, 0, ACQUIRE, 1);
        raceOn(() -> races.read(data, 0, 1));
    }

    @Test
    void readModifyWriteKeepsTheRelease() {
        races.write(data, 0, 0);
        races.atomic(flag, 0, RELEASE, 0);
        races.runs(1);
        races.atomic(flag, 0, SWAP, 1);
        races.runs(2);
        races.atomic(flag, 0, ACQUIRE, 1);
        races.read(data, 0, 1);
    }

    @Test
    void onlyASwapThatSucceedsReleases() {
        races.write(data, 0, 0);
        races.atomic(flag, 0, ACQUIRE, 0);
        races.runs(1);
        races.atomic(flag, 0, ACQUIRE, 1);
        raceOn(() -> races.read(data, 0, 1));
        races.runs(0);
        races.atomic(flag, 0, ACQUIRE, 0);
        races.swapped(flag, 0, 0);
        races.runs(1);
        races.atomic(flag, 0, ACQUIRE, 1);
        races.read(data, 0, 1);
    }

    @Test
    void interruptsAndStartsOrder() {
        races.write(data, 0, 0);
        races.start(1);
        races.send(2);
        races.write(data, 1, 0);
        races.runs(1);
        races.read(data, 0, 1);
        raceOn(() -> races.read(data, 1, 1));
        races.runs(2);
        raceOn(() -> races.read(data, 0, 1));
        races.receive();
        races.read(data, 0, 1);
        raceOn(() -> races.read(data, 1, 1));
    }

    @Test
    void toleratedTargetsAreSilent() {
        RaceDetector tolerant = detector(Set.of("A.data"));
        tolerant.write(data, 0, 0);
        tolerant.runs(1);
        tolerant.write(data, 0, 1);
        assertEquals("A.two:2", new Site("A.two", 2, "A.data").place());
    }
}
