package norma.conformance.forced;

/** An image does not even come to where a scenario begins. */
public final class StrayedException extends Exception {
    private static final long serialVersionUID = 1;

    StrayedException(String message) {
        super(message);
    }
}
