package norma.conformance.job;

/**
 * What the user asked for does not exist or does not parse: an unknown scenario, a script with a
 * syntax error. Thrown before anything runs; the command line prints one line and exits with 2.
 */
public final class UsageException extends Exception {
    private static final long serialVersionUID = 1;

    private final boolean inFile;

    private UsageException(String message, boolean inFile) {
        super(message);
        this.inFile = inFile;
    }

    /** The message names the offending input. */
    public UsageException(String message) {
        this(message, false);
    }

    /** Of what a file says, with line and column where there are any: usage would not help. */
    public static UsageException inFile(String message) {
        return new UsageException(message, true);
    }

    /** Is the command line itself right? */
    public boolean isInFile() {
        return inFile;
    }
}
