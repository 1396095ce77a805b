// Contract: ending the machine. Owner: kernel/core; metal: hal.h.
package norma.kernel.hal;

import norma.quals.Intrinsic;
import norma.quals.NoAlloc;

/** Power. */
@NoAlloc
public final class Power {
    private Power() {}

    /** Switches the machine off; {@code status} 0 is a clean end. Does not return. */
    @Intrinsic("norma_power_off")
    public static void off(int status) {
        World.current().powerOff(status);
    }
}
