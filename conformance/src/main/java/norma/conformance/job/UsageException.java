package norma.conformance.job;

/**
 * What the user asked for does not exist or does not parse: an unknown scenario, a script with a
 * syntax error. Thrown before anything runs; the command line prints message and usage, exit 2.
 */
public final class UsageException extends Exception {
    private static final long serialVersionUID = 1;

    /** The message names the offending input, with line and column where there are any. */
    public UsageException(String message) {
        super(message);
    }
}
