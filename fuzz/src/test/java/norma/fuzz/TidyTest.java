package norma.fuzz;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Style as a failing test: sizes of files and methods, and a header on every main source file. */
class TidyTest {
    private static final int FILE_LIMIT = 500;
    private static final int FILE_WARNING = 400;
    private static final int METHOD_LIMIT = 70;

    private static final Path ROOT = Path.of(System.getProperty("norma.root"));

    @TempDir Path dir;

    private static String name(Path file) {
        return ROOT.relativize(file.toAbsolutePath()).toString();
    }

    @Test
    void filesAreShort() throws IOException {
        List<String> tooLong = new ArrayList<>();
        for (Path file : Sources.find(ROOT, ".java", ".S", ".h", ".c", ".ld", ".tla")) {
            int lines = Sources.lines(file);
            if (lines > FILE_LIMIT) {
                tooLong.add(name(file) + ": " + lines + " lines, limit " + FILE_LIMIT);
            } else if (lines > FILE_WARNING) {
                System.out.println(
                        "tidy: " + name(file) + " has " + lines + " lines; over " + FILE_WARNING);
            }
        }
        assertEquals(List.of(), tooLong);
    }

    @Test
    void methodsAreShort() throws IOException {
        assertEquals(
                List.of(),
                Sources.methods(Sources.find(ROOT, ".java")).stream()
                        .filter(m -> m.lines() > METHOD_LIMIT)
                        .map(m -> name(m.file()) + " " + m.name() + ": " + m.lines() + " lines")
                        .toList());
    }

    @Test
    void mainSourcesSayWhatTheyAre() throws IOException {
        List<Path> main = Sources.find(ROOT, ".java").stream().filter(Sources::isMain).toList();
        assertTrue(main.size() > 10, "found no sources below " + ROOT);
        assertEquals(List.of(), Sources.withoutHeader(main).stream().map(TidyTest::name).toList());
    }

    @Test
    void theChecksThemselvesFind() throws IOException {
        Path file =
                Files.writeString(
                        dir.resolve("Long.java"),
                        "class Long {\n  void m() {\n" + "    ;\n".repeat(80) + "  }\n}\n");
        assertEquals(82, Sources.methods(List.of(file)).getFirst().lines());
        assertEquals(List.of(file), Sources.withoutHeader(List.of(file)));
        Files.writeString(file, "/** Said. */\nclass Long {}\n");
        assertEquals(List.of(), Sources.withoutHeader(List.of(file)));
    }
}
