package norma.conformance.job;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is no text is told with its name, and nothing is waited for. */
class TextFileTest {
    @TempDir Path dir;

    private void refused(Path file, String what) {
        UsageException e = assertThrows(UsageException.class, () -> TextFile.read(file));
        assertEquals(file + ": " + what, e.getMessage());
        assertTrue(e.isInFile());
    }

    @Test
    void textsAreRead() throws Exception {
        Path file = Files.writeString(dir.resolve("a"), "\u00e4\n\ud83d\ude00");
        assertEquals("\u00e4\n\ud83d\ude00", TextFile.read(file));
        assertEquals("", TextFile.read(Files.createFile(dir.resolve("empty"))));
    }

    @Test
    void whatIsNoTextIsRefused() throws Exception {
        refused(dir.resolve("none"), "no such file");
        refused(dir, "a folder, not a file");
        refused(Path.of("/dev/zero"), "not a file");
        Path file = dir.resolve("a");
        Files.write(file, "line\nab\u00e4".getBytes(StandardCharsets.ISO_8859_1));
        refused(file, "not a text: no UTF-8 at byte 7");
        Files.write(file, new byte[] {'a', (byte) 0xc3});
        refused(file, "not a text: no UTF-8 at byte 1");
        try (RandomAccessFile large = new RandomAccessFile(file.toFile(), "rw")) {
            large.setLength(TextFile.MOST + 1L);
        }
        refused(file, "more than the 67108864 bytes that a text may have");
    }
}
