package norma.conformance.tour;

import norma.model.kernel.KernelAction;
import norma.model.kernel.KernelState;
import org.jspecify.annotations.Nullable;

/**
 * The order in which this kernel does what {@code Kernel.tla} leaves open. It may depend on more
 * than the state; that much is a <em>phase</em>.
 */
interface Order {
    /** The phase in the initial state. */
    int begins();

    /** Name of the rule by which the kernel never takes the step here, or null if it may. */
    @Nullable String refuses(KernelState s, KernelAction action, int phase);

    /** The phases that may follow a step to a state. */
    int[] phases(int phase, KernelAction action, KernelState to);
}
