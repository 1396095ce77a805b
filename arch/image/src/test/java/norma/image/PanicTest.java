// Contract: every kind of failed check stops at its trap, and the panic records name the kind, the
// Java file and the line. On Linux every case, on the bare targets the one their argument 0
// reaches.
// Owner: norma.image tests.
package norma.image;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class PanicTest {
    private static final Pattern MARK = Pattern.compile("// panic (\\d+): (\\w+)( \\S+)?$");

    @TempDir Path directory;

    @Test
    void panics_name_kind_file_and_line() throws Exception {
        ImageResult image = Corpus.compile(directory).build("Panics", Arch.LINUX);
        Map<Integer, String> expected = expected();
        assertEquals(12, expected.size());
        for (Map.Entry<Integer, String> e : expected.entrySet()) {
            Target.Run run = Target.onLinux(image.elf(), e.getKey(), directory);
            assertEquals(e.getValue(), run.output(), "case " + e.getKey());
            assertEquals(3, run.status());
        }
        assertEquals("survived\n", Target.onLinux(image.elf(), 0, directory).output());
    }

    @Test
    void traps_are_found_on_the_metal() throws Exception {
        Corpus corpus = Corpus.compile(directory);
        String expected = "PANIC Arithmetic BarePanic.java:" + barePanicLine() + "\n";
        for (Arch arch : List.of(Arch.RISCV64, Arch.X86_64)) {
            ImageResult image = corpus.build("BarePanic", arch);
            Target.Run run = Target.inQemu(arch, image.elf(), directory);
            assertEquals(expected, run.output(), arch.directory());
            assertEquals(3, run.status(), arch.directory());
        }
    }

    private static int barePanicLine() throws Exception {
        List<String> lines = Files.readAllLines(Corpus.sources().resolve("BarePanic.java"));
        for (int i = 0; i < lines.size(); i++) {
            if (lines.get(i).endsWith("// panics")) {
                return i + 1;
            }
        }
        throw new AssertionError("no marked line");
    }

    private static Map<Integer, String> expected() throws Exception {
        Map<Integer, String> expected = new TreeMap<>();
        List<String> lines = Files.readAllLines(Corpus.sources().resolve("Panics.java"));
        for (int i = 0; i < lines.size(); i++) {
            Matcher mark = MARK.matcher(lines.get(i));
            if (mark.find()) {
                String detail = mark.group(3) == null ? "" : mark.group(3);
                expected.put(
                        Integer.parseInt(mark.group(1)),
                        "PANIC %s Panics.java:%d%s\n".formatted(mark.group(2), i + 1, detail));
            }
        }
        return expected;
    }
}
