package norma.model;

/**
 * One action of a specification with its parameters.
 *
 * <p>Implementations are records named like the TLA+ action, with components named like the
 * parameters' domains in {@link Names}. Components are slot indices ({@code int}, {@link
 * State#NONE} for the specification's {@code None}), {@code boolean}s, or payload words ({@code
 * long}). An action determines its successor: it never carries what the model can compute.
 */
public interface Action {}
