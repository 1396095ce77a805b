package norma.fuzz;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.spi.ToolProvider;
import java.util.stream.Stream;
import norma.conformance.job.Images;
import norma.conformance.machine.Arch;

/** A kernel image of native sources with one place edited. */
final class EditedImage {
    private EditedImage() {}

    /**
     * Builds it.
     *
     * @param folder where to, empty
     * @param file under arch/native
     * @param from what stands there once
     * @param to what shall stand there
     */
    static Path build(Path folder, Arch arch, String file, String from, String to)
            throws IOException {
        sources(folder, file, from, to);
        StringWriter out = new StringWriter();
        PrintWriter printer = new PrintWriter(out, true);
        ToolProvider tool = ToolProvider.findFirst("norma-image").orElseThrow();
        int code = tool.run(printer, printer, "--root", folder.toString(), "--arch", arch.label());
        assertEquals(0, code, out::toString);
        List<String> lines = out.toString().lines().toList();
        return Path.of(lines.getLast());
    }

    /** The sources alone; parameters as of {@link #build}. Returns the arch/native of its own. */
    static Path sources(Path folder, String file, String from, String to) throws IOException {
        Path sources = Images.root().resolve("arch/native");
        Path copy = folder.resolve("arch/native");
        try (Stream<Path> all = Files.walk(sources)) {
            for (Path path : all.toList()) {
                Path target = copy.resolve(sources.relativize(path).toString());
                if (Files.isDirectory(path)) {
                    Files.createDirectories(target);
                } else {
                    Files.copy(path, target);
                }
            }
        }
        Path edit = copy.resolve(file);
        String text = Files.readString(edit);
        assertEquals(2, text.split(Pattern.quote(from), -1).length, from);
        assertNotEquals(from, to);
        Files.writeString(edit, text.replace(from, to));
        return copy;
    }
}
