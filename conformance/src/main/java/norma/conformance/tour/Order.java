package norma.conformance.tour;

import norma.model.Action;
import norma.model.State;
import org.jspecify.annotations.Nullable;

/**
 * The order in which this kernel does what a specification leaves open. It may depend on more than
 * the state; that much is a <em>phase</em>.
 *
 * @param <S> state of the specification's model
 */
interface Order<S extends State> {
    /** The phase in the initial state. */
    int begins();

    /** Name of the rule by which the kernel never takes the step here, or null if it may. */
    @Nullable String refuses(S s, Action action, int phase);

    /** The phases that may follow a step to a state. */
    int[] phases(int phase, Action action, S to);

    /** Has a core something else to do before it looks for a thread? */
    default boolean busy(int phase, int core) {
        return false;
    }
}
