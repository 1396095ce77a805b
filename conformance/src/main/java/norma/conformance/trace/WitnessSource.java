package norma.conformance.trace;

/** The threads' own logs of what they asked and were answered. */
public interface WitnessSource {
    /** Words of an entry: call, four arguments, packed result or -1, word, number. */
    int WORDS = 8;

    /** Logs that nobody has kept. */
    WitnessSource NONE =
            new WitnessSource() {
                @Override
                public long halves(int slot) {
                    return 0;
                }

                @Override
                public void entry(int slot, long number, long[] into) {
                    java.util.Arrays.fill(into, -1);
                }

                @Override
                public void release(int slot, long number) {}
            };

    /**
     * Half steps logged by a slot: entry {@code n}'s request is there from 2n+1, its answer from
     * 2n+2.
     */
    long halves(int slot);

    /** Number of the oldest entry of a slot's log that has not been overwritten. */
    default long first(int slot) {
        return 0;
    }

    /** Copies entry {@code number} of a slot's log. */
    void entry(int slot, long number, long[] into);

    /** The entries below {@code number} will not be asked for again. */
    void release(int slot, long number);
}
