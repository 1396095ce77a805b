package norma.conformance.saved;

import java.nio.ByteBuffer;
import java.util.Arrays;

/** A growing array of words. */
public final class LongList {
    private long[] words = new long[64];
    private int size;

    /** Number of words. */
    public int size() {
        return size;
    }

    /** The word at an index. */
    public long get(int index) {
        return words[index];
    }

    /** Replaces the word at an index. */
    public void set(int index, long word) {
        words[index] = word;
    }

    /** Removes a run of words. */
    public void remove(int from, int count) {
        System.arraycopy(words, from + count, words, from, size - from - count);
        size -= count;
    }

    /** Cuts the list. */
    public void truncate(int count) {
        size = Math.min(size, count);
    }

    /** Fills {@code into} from an index on. */
    public void copy(int from, long[] into) {
        System.arraycopy(words, from, into, 0, into.length);
    }

    /** Appends all words of a buffer. */
    void append(ByteBuffer payload) {
        int count = payload.remaining() / 8;
        if (size + count > words.length) {
            words = Arrays.copyOf(words, Math.max(2 * words.length, size + count));
        }
        payload.asLongBuffer().get(words, size, count);
        size += count;
    }
}
