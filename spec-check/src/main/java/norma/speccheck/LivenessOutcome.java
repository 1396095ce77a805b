package norma.speccheck;

/**
 * Verdict of the model checker on temporal properties.
 *
 * @param holds all properties hold
 * @param violated a temporal property is violated (and nothing else)
 * @param states distinct states
 * @param output what the model checker printed
 */
public record LivenessOutcome(boolean holds, boolean violated, int states, String output) {}
