package norma.conformance.trace;

/**
 * Per-core streams of records, in the order each core wrote them.
 *
 * <p>Contract: {@link #peek} copies the oldest record not yet taken; {@link #take} drops it. A
 * source over a live machine may have no record now and one later.
 */
public interface RecordSource {
    /** Words of a record. */
    int WORDS = 8;

    /** Number of streams. */
    int cores();

    /** Copies the head record of a core's stream into {@code into}; false if there is none now. */
    boolean peek(int core, long[] into);

    /** Drops the head record of a core's stream. */
    void take(int core);
}
