package norma.conformance.saved;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.ByteBuffer;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/** Words in a row. */
class LongListTest {
    private final LongList list = new LongList();

    private void append(int from, int to) {
        ByteBuffer words = ByteBuffer.allocate(8 * (to - from));
        LongStream.range(from, to).forEach(words::putLong);
        list.append(words.flip());
    }

    private long[] all() {
        long[] words = new long[list.size()];
        list.copy(0, words);
        return words;
    }

    private static long[] range(int from, int to) {
        return LongStream.range(from, to).toArray();
    }

    @Test
    void grows() {
        append(0, 64);
        append(64, 65);
        append(65, 300);
        append(300, 300);
        assertArrayEquals(range(0, 300), all());
    }

    /** Not a word behind the last is moved: there may be none. */
    @Test
    void losesOfAFullList() {
        append(0, 64);
        list.remove(3, 14);
        assertEquals(50, list.size());
        assertEquals(17, list.get(3));
        assertEquals(63, list.get(49));
    }

    @Test
    void loses() {
        append(0, 20);
        list.remove(3, 14);
        assertArrayEquals(new long[] {0, 1, 2, 17, 18, 19}, all());
        list.remove(4, 2);
        list.set(0, 9);
        assertArrayEquals(new long[] {9, 1, 2, 17}, all());
        list.truncate(7);
        assertEquals(4, list.size());
        list.truncate(1);
        assertArrayEquals(new long[] {9}, all());
        append(5, 6);
        assertArrayEquals(new long[] {9, 5}, all());
    }
}
