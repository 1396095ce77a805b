package norma.conformance.machine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.concurrent.TimeUnit;
import norma.conformance.machine.ThreadStates.Usage;
import org.junit.jupiter.api.Test;

/** What counts as a guest's own silence, and as this process's running time. */
class SilenceTest {
    private long now;
    private Usage usage = new Usage(0, false, false);
    private final Silence silence = new Silence(() -> now, () -> usage);

    private void pass(int periods, Usage each, int ticksEach) {
        for (int i = 0; i < periods; i++) {
            now += Silence.PERIOD;
            usage = new Usage(usage.ticks() + ticksEach, each.sleeps(), each.stopped());
            silence.look();
        }
    }

    @Test
    void coresThatSpinOrHaltAreTheGuestsOwn() {
        pass(20, new Usage(0, false, false), 3);
        pass(30, new Usage(0, true, false), 0);
        assertEquals(50 * Silence.PERIOD, silence.own());
        assertEquals(0, silence.withheld());
    }

    @Test
    void aStoppedQemuIsNot() {
        pass(20, new Usage(0, false, true), 0);
        assertEquals(0, silence.own());
        assertEquals(20 * Silence.PERIOD, silence.withheld());
        assertEquals("QEMU was stopped from outside for 2 s", silence.why());
    }

    @Test
    void norIsOneWithoutProcessor() {
        pass(30, new Usage(0, false, false), 0);
        assertEquals(0, silence.own());
        assertEquals("QEMU got no processor of the host for 3 s", silence.why());
    }

    @Test
    void anEventEndsIt() {
        pass(20, new Usage(0, true, false), 0);
        pass(20, new Usage(0, false, true), 0);
        silence.broken();
        assertEquals(0, silence.own() + silence.withheld());
    }

    @Test
    void linuxSaysWhetherAProcessSleepsIsStoppedOrRuns() throws Exception {
        Process sleeping = new ProcessBuilder("sleep", "60").start();
        Process spinning = new ProcessBuilder("sh", "-c", "while :; do :; done").start();
        try {
            TimeUnit.MILLISECONDS.sleep(400);
            assertTrue(ThreadStates.usage(sleeping.pid()).sleeps());
            long before = ThreadStates.usage(spinning.pid()).ticks();
            TimeUnit.MILLISECONDS.sleep(400);
            Usage after = ThreadStates.usage(spinning.pid());
            assertTrue(after.ticks() > before, after + " after " + before);
            Signals.stop(sleeping.pid());
            TimeUnit.MILLISECONDS.sleep(100);
            Usage stopped = ThreadStates.usage(sleeping.pid());
            assertTrue(stopped.stopped() && !stopped.sleeps(), stopped.toString());
        } finally {
            sleeping.destroyForcibly();
            spinning.destroyForcibly();
        }
    }

    @Test
    void runningTimeDoesNotJump() {
        now = 5;
        RunningTime time = new RunningTime(() -> now);
        now += 300;
        assertEquals(300, time.running());
        time.tick();
        now += 3_600_000_000_000L;
        long resumed = 300 + RunningTime.LONGEST;
        assertEquals(resumed, time.running());
        time.tick();
        assertEquals(resumed, time.running());
        now += 7;
        assertEquals(resumed + 7, time.running());
    }
}
