package norma.speccheck;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import norma.speccheck.evidence.Evidence;

/** A copy of what the checks depend on, without evidence, to be edited and checked. */
final class Checkout {
    static final Path ROOT = Path.of(System.getProperty("norma.root", "..")).toAbsolutePath();
    private static final List<String> FOLDERS =
            List.of("spec", "spec-check/src/main/java", "reference-model/src/main/java");

    private final Path root;
    private ByteArrayOutputStream out = new ByteArrayOutputStream();
    private ByteArrayOutputStream err = new ByteArrayOutputStream();

    Checkout(Path root) throws IOException {
        this.root = root;
        for (String folder : FOLDERS) {
            try (Stream<Path> files = Files.walk(ROOT.resolve(folder))) {
                for (Path file : files.filter(Files::isRegularFile).toList()) {
                    Path copy = root.resolve(ROOT.relativize(file).toString());
                    Files.createDirectories(copy.getParent());
                    Files.copy(file, copy);
                }
            }
        }
        Files.deleteIfExists(evidence());
    }

    Path spec() {
        return root.resolve("spec");
    }

    Path evidence() {
        return spec().resolve(Evidence.FILE);
    }

    /** Runs the checks; what they print is kept until the next run. */
    int run(String... args) {
        return run(() -> {}, args);
    }

    /** The same; {@code first} happens when they first print. */
    int run(Runnable first, String... args) {
        out = new ByteArrayOutputStream();
        err = new ByteArrayOutputStream();
        OutputStream watched =
                new OutputStream() {
                    private boolean begun;

                    @Override
                    public void write(int b) {
                        if (!begun) {
                            begun = true;
                            first.run();
                        }
                        out.write(b);
                    }
                };
        return CheckMain.run(
                args,
                spec(),
                new PrintStream(watched, true, StandardCharsets.UTF_8),
                new PrintStream(err, true, StandardCharsets.UTF_8));
    }

    String out() {
        return out.toString(StandardCharsets.UTF_8);
    }

    String err() {
        return err.toString(StandardCharsets.UTF_8);
    }

    void expect(String text) {
        assertTrue(out().contains(text), () -> "no \"" + text + "\" in:\n" + out() + err());
    }

    void expectNot(String text) {
        assertFalse(out().contains(text), () -> "\"" + text + "\" in:\n" + out() + err());
    }

    /** Replaces a text that is there. */
    void edit(String file, String from, String to) {
        String text = text(file);
        assertTrue(text.contains(from), file + " has changed: " + from);
        write(file, text.replace(from, to));
    }

    String text(String file) {
        try {
            return Files.readString(root.resolve(file));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    void write(String file, String text) {
        try {
            Files.writeString(root.resolve(file), text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Makes evidence for items. */
    void prove(String... items) {
        String[] args = new String[1 + 2 * items.length];
        args[0] = "--update-evidence";
        for (int i = 0; i < items.length; i++) {
            args[1 + 2 * i] = "--spec";
            args[2 + 2 * i] = items[i];
        }
        assertEquals(0, run(args), this::out);
    }
}
