package norma.model;

/**
 * Hands out consecutive offsets of a state's window, so that a layout reads as a list of fields.
 */
public final class Words {
    private int next;

    /** Reserves {@code count} words and returns the offset of the first. */
    public int take(int count) {
        int offset = next;
        next = Math.addExact(next, count);
        return offset;
    }

    /** Number of words reserved so far. */
    public int count() {
        return next;
    }
}
