package norma.conformance.mutant;

/** A mutant that cannot be made: its class is missing, or an anchor does not match exactly once. */
public final class MutationException extends Exception {
    private static final long serialVersionUID = 1;

    MutationException(String message) {
        super(message);
    }
}
