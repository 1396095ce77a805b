// Contract: time and the per-core one-shot timer. Owner: kernel/core; metal: hal.h.
package norma.kernel.hal;

import norma.quals.Intrinsic;
import norma.quals.NoAlloc;

/** Monotonic time in nanoseconds since the machine started, and this core's one-shot timer. */
@NoAlloc
public final class Clock {
    private Clock() {}

    /** A deadline that never comes. */
    public static final long NEVER = Long.MAX_VALUE;

    /** Nanoseconds since boot. */
    @Intrinsic("norma_now")
    public static long now() {
        return World.current().now();
    }

    /** One timer interrupt on this core at {@code deadline}, replacing an earlier request. */
    @Intrinsic("norma_arm")
    public static void arm(long deadline) {
        World.current().arm(deadline);
    }

    /**
     * The time {@code nanoseconds} (not negative) from now, or {@link #NEVER} beyond what counts.
     */
    public static long after(long nanoseconds) {
        long time = now() + nanoseconds;
        return time < 0 ? NEVER : time;
    }
}
