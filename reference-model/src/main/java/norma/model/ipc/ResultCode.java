package norma.model.ipc;

/** Result of an operation, as kept until the thread returns to user mode. */
public enum ResultCode {
    /** No result is waiting. */
    NONE(0, ""),
    /** Done. */
    OK(1, "ok"),
    /** The server died, or the server thread's incarnation is over. */
    DEAD(2, "dead"),
    /** No received call holds the tag. */
    BADTAG(3, "badtag"),
    /** The caller had gone. */
    ORPHANED(4, "orphaned"),
    /** The call was taken back. */
    CANCELLED(5, "cancelled"),
    /** The call's deadline came. */
    TIMEOUT(6, "timeout"),
    /** There was no call to take back. */
    NOCALL(7, "nocall"),
    /** The slot is in use. */
    BUSY(8, "busy"),
    /** The arguments fit no state. */
    INVALID(9, "invalid"),
    /** A received message: tag, caller and payload. */
    MESSAGE(10, "msg"),
    /** An answer: payload. */
    ANSWER(11, "ok");

    private static final ResultCode[] ALL = values();

    private final int word;
    private final String text;

    ResultCode(int word, String text) {
        this.word = word;
        this.text = text;
    }

    /** The specification's spelling. */
    public String text() {
        return text;
    }

    /** How a state stores it: its place in this list. */
    int word() {
        return word;
    }

    static ResultCode of(int word) {
        return ALL[word];
    }
}
