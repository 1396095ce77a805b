package norma.conformance.machine;

import java.util.function.LongSupplier;
import java.util.function.Supplier;
import norma.conformance.machine.ThreadStates.Usage;

/**
 * How long a guest has done nothing that can be seen, and whether it could have.
 *
 * <p>A guest is to blame for time in which QEMU used a processor (a core spins) or all of QEMU's
 * threads slept of their own accord (every core halts). It is not to blame for time in which QEMU
 * was stopped, or had something to run and got no processor. Time in which this process itself did
 * not run is neither ({@link RunningTime}).
 */
public final class Silence {
    /** Between two looks: some of the host's ticks. */
    static final long PERIOD = 100_000_000;

    private final LongSupplier clock;
    private final Supplier<Usage> host;
    private long lastLook;
    private long ticks;
    private boolean stopped;
    private long own;
    private long withheld;

    Silence(LongSupplier clock, Supplier<Usage> host) {
        this.clock = clock;
        this.host = host;
        lastLook = clock.getAsLong();
    }

    /** The guest has done something. */
    public void broken() {
        lastLook = clock.getAsLong();
        own = 0;
        withheld = 0;
        stopped = false;
    }

    /** Nothing was seen: looks at the host now and then, and says how it stands. */
    public void look() {
        long passed = clock.getAsLong() - lastLook;
        if (passed < PERIOD) {
            return;
        }
        Usage usage = host.get();
        if (usage.ticks() > ticks || usage.sleeps()) {
            own += passed;
        } else {
            withheld += passed;
            stopped |= usage.stopped();
        }
        ticks = usage.ticks();
        lastLook += passed;
    }

    /** Nanoseconds since the last sign of life in which the guest could have given another. */
    public long own() {
        return own;
    }

    /** Nanoseconds since then in which it could not. */
    public long withheld() {
        return withheld;
    }

    /** Who withheld the time. */
    public String why() {
        long seconds = Math.round(withheld / 1e9);
        return stopped
                ? "QEMU was stopped from outside for " + seconds + " s"
                : "QEMU got no processor of the host for " + seconds + " s";
    }
}
