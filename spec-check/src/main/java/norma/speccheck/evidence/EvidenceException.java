package norma.speccheck.evidence;

/** The record, or what it is about, cannot be read or written: infrastructure, not a verdict. */
public final class EvidenceException extends RuntimeException {
    private static final long serialVersionUID = 1;

    /** With one line that says what to do. */
    public EvidenceException(String message) {
        super(message);
    }
}
