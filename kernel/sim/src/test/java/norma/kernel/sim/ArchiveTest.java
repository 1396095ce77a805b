package norma.kernel.sim;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.function.UnaryOperator;
import norma.user.Archive;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What is found in an archive of programs; what is wrong with it is noticed, not followed. */
class ArchiveTest {
    private static final byte[] FIVE = {1, 2, 3, 4, 5};
    private static final byte[] NONE = {};

    private static long half(String name, int from) {
        long word = 0;
        for (int i = from; i < Math.min(from + 8, name.length()); i++) {
            word |= (long) name.charAt(i) << (i - from) * 8;
        }
        return word;
    }

    private static long find(byte[] archive, String name) {
        return find(archive, archive.length, name);
    }

    private static long find(byte[] archive, long length, String name) {
        return new ArchiveWorld(archive, length)
                .run(() -> Archive.find(half(name, 0), half(name, 8)));
    }

    private static byte[] content(byte[] archive, String name) {
        long at = find(archive, name);
        return new ArchiveWorld(archive, archive.length)
                .run(() -> {
                    int from = (int) Archive.content(at);
                    return Arrays.copyOfRange(archive, from, from + (int) Archive.size(at));
                });
    }

    @ParameterizedTest
    @ValueSource(strings = {"a", "hello", "eight888", "nine99999", "sixteen_letters_"})
    void aFileIsFoundByItsName(String name) {
        byte[] archive =
                TestFiles.archive()
                        .file(name + "x", NONE)
                        .file("x" + name, new byte[3])
                        .entry(name, "000041ed", NONE)
                        .file(name, FIVE)
                        .file(name, new byte[9])
                        .end();
        assertEquals(Arrays.toString(FIVE), Arrays.toString(content(archive, name)));
        assertEquals(Archive.NOT_FOUND, find(archive, name.substring(1)));
    }

    /** Of a longer one nobody can ask for more than its first sixteen characters. */
    @Test
    void aNameThatIsTooLongIsNobodys() {
        byte[] archive = TestFiles.archive().file("sixteen_letters_x", FIVE).end();
        assertEquals(Archive.NOT_FOUND, find(archive, "sixteen_letters_"));
    }

    @Test
    void nothingIsBehindTheEnd() {
        byte[] archive = TestFiles.archive().file("TRAILER!!!", NONE).file("hello", FIVE).end();
        assertEquals(Archive.NOT_FOUND, find(archive, "hello"));
        assertEquals(Archive.NOT_FOUND, find(TestFiles.archive().end(), "hello"));
    }

    @Test
    void anArchiveWithoutItsEndIsNone() {
        byte[] archive = TestFiles.archive().file("hello", FIVE).end();
        int trailer = TestFiles.archive().file("hello", FIVE).open().length;
        for (int length = 0; length < archive.length; length++) {
            assertEquals(
                    Archive.MALFORMED, find(archive, length, "other"), "of " + length + " bytes");
        }
        assertEquals(Archive.MALFORMED, find(archive, 0, "hello"));
        assertEquals(Archive.MALFORMED, find(archive, trailer - 4, "hello"));
    }

    /** A text that is written over the first header, which begins at 0. */
    @ParameterizedTest
    @CsvSource({
        "0, 070702",
        "0, 170701",
        "5, 7",
        "6, g",
        "54, 00000006x",
        "54, ffffffff",
        "54, 000000ff",
        "94, 00000000",
        "94, 00000005",
        "94, ffffffff",
        "102, -",
        "102, /",
        "102, :",
        "102, '@'",
        "102, '`'",
    })
    void aWrongHeader(int at, String text) {
        byte[] archive = TestFiles.archive().file("hello", FIVE).end();
        byte[] wrong = text.getBytes(StandardCharsets.US_ASCII);
        System.arraycopy(wrong, 0, archive, at, wrong.length);
        assertEquals(Archive.MALFORMED, find(archive, "hello"));
        assertEquals(Archive.MALFORMED, find(archive, "other"));
    }

    @Test
    void capitalsAreDigits() {
        UnaryOperator<String> upper = s -> s.toUpperCase(java.util.Locale.ROOT);
        byte[] large = new byte[0xabc];
        large[0xabb] = 1;
        for (UnaryOperator<String> as :
                java.util.List.of(upper, UnaryOperator.<String>identity())) {
            byte[] archive = TestFiles.archive().file("hello", large).end();
            byte[] size = as.apply("00000abc").getBytes(StandardCharsets.US_ASCII);
            System.arraycopy(size, 0, archive, 54, size.length);
            assertEquals(Arrays.toString(large), Arrays.toString(content(archive, "hello")));
        }
    }
}
