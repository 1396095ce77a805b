package norma.conformance.check;

/** What overwritten rings still hold: per core, its newest records in order. */
public interface Rings {
    /** Number of rings. */
    int cores();

    /** Records that a core's ring holds. */
    int held(int core);

    /** Copies the words of a held record, 0 being the oldest. */
    void record(int core, int place, long[] into);

    /** Epoch of checkpoints that a core is in. */
    int epoch(int core);

    /** Records that a core has written. */
    long written(int core);

    /** Begins the core's stream at a held record. */
    void startAt(int core, int place);
}
