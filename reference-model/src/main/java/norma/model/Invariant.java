package norma.model;

/**
 * A named state predicate of the form "for every element of a domain", named like the TLA+ one.
 *
 * <p>The explorer asks {@link #holds}; the validator, after each step, asks {@link At#holds} only
 * for the elements that the step touched. A predicate may therefore read beyond its element only
 * what a touching step of that element guards.
 *
 * @param name the invariant's name in the specification
 * @param domain the domain quantified over, in the model's {@link Names}
 * @param at the predicate for one element
 * @param <S> the model's state
 */
public record Invariant<S extends State>(String name, String domain, At<S> at) {
    /** The predicate at one element of the domain. */
    @FunctionalInterface
    public interface At<S extends State> {
        /** Whether the invariant holds at {@code index}. */
        boolean holds(S state, int index);
    }

    /** Whether the invariant holds at every element. */
    public boolean holds(S state, Names names) {
        int size = names.size(domain);
        for (int index = 0; index < size; index++) {
            if (!at.holds(state, index)) {
                return false;
            }
        }
        return true;
    }
}
