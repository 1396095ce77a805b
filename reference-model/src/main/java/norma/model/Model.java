package norma.model;

import java.util.List;

/**
 * An executable specification at fixed constants.
 *
 * @param <S> its state
 */
public interface Model<S extends State> {
    /** The initial states, each a fresh copy. */
    List<S> initialStates();

    /** Every action with every tuple of parameters from the constant sets, in a fixed order. */
    List<? extends Action> actions();

    /**
     * Takes one step in place. If a conjunct of the action's guard is false, records its name in
     * {@code guard}, leaves the state untouched and returns false.
     */
    boolean step(S state, Action action, Guard guard);

    /** The specification's state invariants. */
    List<Invariant<S>> invariants();

    /** How indices are spelled, and the size of every domain. */
    Names names();
}
