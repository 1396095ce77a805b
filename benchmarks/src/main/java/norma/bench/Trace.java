package norma.bench;

import java.util.Arrays;
import norma.abi.Record;

/** The records of one core's ring. */
final class Trace {
    private static final int WORDS = Record.BYTES / 8;

    private final long[] words;

    Trace(long[] words) {
        this.words = words.clone();
    }

    long events() {
        return words.length / WORDS;
    }

    /** Touched objects of all events. */
    long touched() {
        long sum = 0;
        for (int i = 0; i < words.length; i += WORDS) {
            sum += (words[i] >>> 16) & 0xff;
        }
        return sum;
    }

    /** Is every word of every record the same? */
    boolean same(Trace other) {
        return Arrays.equals(words, other.words);
    }
}
