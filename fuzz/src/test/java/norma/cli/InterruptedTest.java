package norma.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Ctrl-C in the middle: one line, the shell's exit code for it, and nothing left behind. */
class InterruptedTest {
    /** 128 and the number of SIGINT. */
    private static final int INTERRUPTED = 130;

    @TempDir Path dir;

    private Process norma(String... arguments) throws Exception {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        ManagementFactory.getRuntimeMXBean().getInputArguments().stream()
                .filter(a -> a.startsWith("--") || a.startsWith("-Dnorma."))
                .forEach(command::add);
        command.add("-Dnorma.root=" + System.getProperty("norma.root"));
        command.add("-Djava.io.tmpdir=" + Files.createDirectories(dir.resolve("tmp")));
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), "norma.cli.Main"));
        command.addAll(List.of(arguments));
        return new ProcessBuilder(command)
                .redirectOutput(dir.resolve("out").toFile())
                .redirectError(dir.resolve("err").toFile())
                .start();
    }

    private interface Condition {
        boolean holds() throws Exception;
    }

    private void interrupt(Process process, Condition when) throws Exception {
        stop(process, when);
        assertEquals("INCONCLUSIVE interrupted\n", text("err"));
    }

    /** The same, of who may also say that its machine has gone. */
    private void stop(Process process, Condition when) throws Exception {
        try {
            while (process.isAlive() && !when.holds()) {
                Thread.sleep(20);
            }
            new ProcessBuilder("kill", "-INT", Long.toString(process.pid())).start().waitFor();
            assertTrue(process.waitFor(20, TimeUnit.SECONDS), "still there");
        } finally {
            process.destroyForcibly();
        }
        assertEquals(INTERRUPTED, process.exitValue(), text("err"));
        assertTrue(text("err").contains("INCONCLUSIVE interrupted\n"), text("err"));
    }

    private String text(String file) throws Exception {
        return Files.readString(dir.resolve(file), StandardCharsets.UTF_8);
    }

    private List<Path> left() throws Exception {
        try (Stream<Path> files = Files.list(dir.resolve("tmp"))) {
            return files.filter(f -> !f.endsWith("hsperfdata_root")).toList();
        }
    }

    @Test
    void aSearchSaysSo() throws Exception {
        Process process = norma("simulate", "--seeds", "1000000");
        interrupt(process, () -> text("out").contains("scenario"));
        assertFalse(text("out").contains("passed"), text("out"));
    }

    @Test
    void aMeasurementLeavesNoFolder() throws Exception {
        Process process = norma("bench");
        interrupt(process, () -> left().stream().anyMatch(f -> f.toString().contains("bench")));
        assertEquals(List.of(), left());
    }

    @Test
    void aWarmMachineLeavesNoFolder() throws Exception {
        Process process = norma("force", "--scenario", "donate", "--arch", "x86_64");
        stop(process, () -> left().stream().anyMatch(InterruptedTest::isWarm));
        assertEquals(List.of(), left().stream().filter(InterruptedTest::isWarm).toList());
    }

    private static boolean isWarm(Path file) {
        return file.getFileName().toString().startsWith("norma-warm");
    }
}
