package norma.kernel.sim.explore;

/** A file that is read here is not what it must be: the message names it, the line, and why. */
final class InputException extends RuntimeException {
    private static final long serialVersionUID = 1;

    InputException(String message) {
        super(message);
    }

    InputException(String message, Throwable cause) {
        super(message, cause);
    }
}
