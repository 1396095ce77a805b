package norma.conformance.machine;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/**
 * The time during which this process ran: the host's monotonic clock less what passed while the
 * process was stopped (Ctrl-Z, SIGSTOP, a frozen host). Limits on what a child does are counted in
 * it: a child stopped together with this process has not been slow.
 *
 * <p>A thread looks at the clock every {@link #PERIOD}; of a longer gap between two looks than
 * {@link #LONGEST} only that much counts. So the time never goes back, and never jumps.
 */
public final class RunningTime {
    private static final long PERIOD = 100_000_000;

    /** A ticker on a busy host may be late; one later than this was not allowed to run. */
    static final long LONGEST = 1_000_000_000;

    private static final RunningTime SHARED = new RunningTime(System::nanoTime);

    static {
        Thread.ofPlatform().daemon().name("running-time").start(SHARED::tickForEver);
    }

    private final LongSupplier clock;
    private volatile Tick last;

    /** The host's clock, and how long the process had run then. */
    private record Tick(long at, long running) {}

    RunningTime(LongSupplier clock) {
        this.clock = clock;
        last = new Tick(clock.getAsLong(), 0);
    }

    /** Nanoseconds from an arbitrary origin. */
    public static long nanos() {
        return SHARED.running();
    }

    /** Waits for the end of a process, at most so long; whether it has ended. */
    public static boolean await(Process process, Duration limit) throws InterruptedException {
        long end = nanos() + limit.toNanos();
        for (long left = limit.toNanos(); left > 0; left = end - nanos()) {
            if (process.waitFor(Math.min(left, PERIOD), TimeUnit.NANOSECONDS)) {
                return true;
            }
        }
        return !process.isAlive();
    }

    long running() {
        Tick tick = last;
        return at(tick, clock.getAsLong());
    }

    private static long at(Tick tick, long now) {
        return tick.running() + Math.min(now - tick.at(), LONGEST);
    }

    /** One look at the clock; one thread only. */
    void tick() {
        long now = clock.getAsLong();
        last = new Tick(now, at(last, now));
    }

    private void tickForEver() {
        while (true) {
            tick();
            java.util.concurrent.locks.LockSupport.parkNanos(PERIOD);
        }
    }
}
