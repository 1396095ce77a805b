package norma.bench;

import java.util.Arrays;
import norma.abi.Event;
import norma.abi.Record;

/** The events of one core's ring: what belongs to checkpoints is left out. */
final class Trace {
    private static final int WORDS = Record.BYTES / 8;

    private final long[] words;

    Trace(long[] words) {
        long[] events = new long[words.length];
        int kept = 0;
        for (int i = 0; i < words.length; i += WORDS) {
            if (!Event.isSnapshot((int) words[i] & 0xff)) {
                System.arraycopy(words, i, events, kept, WORDS);
                kept += WORDS;
            }
        }
        this.words = Arrays.copyOf(events, kept);
    }

    long events() {
        return words.length / WORDS;
    }

    /** Events of one kind. */
    long events(int kind) {
        long count = 0;
        for (int i = 0; i < words.length; i += WORDS) {
            count += (words[i] & 0xff) == kind ? 1 : 0;
        }
        return count;
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
