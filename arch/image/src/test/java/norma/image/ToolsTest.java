package norma.image;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is run here ends with who runs it. */
class ToolsTest {
    @TempDir Path dir;

    /** A child JVM in the middle of a tool. */
    static final class Harness {
        public static void main(String[] args) throws Exception {
            Tools.run(List.of("sleep", "60"), Path.of(args[0]));
        }
    }

    @Test
    void aToolEndsWithThisProcess() throws Exception {
        Process harness =
                new ProcessBuilder(
                                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                                "-cp",
                                System.getProperty("java.class.path"),
                                Harness.class.getName(),
                                dir.toString())
                        .redirectError(ProcessBuilder.Redirect.INHERIT)
                        .start();
        try {
            while (harness.isAlive() && harness.children().findAny().isEmpty()) {
                Thread.sleep(20);
            }
            ProcessHandle tool = harness.children().findAny().orElseThrow();
            new ProcessBuilder("kill", "-INT", Long.toString(harness.pid())).start().waitFor();
            assertTrue(harness.waitFor(20, TimeUnit.SECONDS));
            assertTrue(tool.onExit().get(20, TimeUnit.SECONDS) != null, "the tool still runs");
        } finally {
            harness.descendants().forEach(ProcessHandle::destroyForcibly);
            harness.destroyForcibly();
        }
    }

    @Test
    void whatAToolSaysIsTold() throws Exception {
        assertEquals("hello\n", Tools.run(List.of("echo", "hello"), dir));
        ImageException e =
                assertThrows(ImageException.class, () -> Tools.run(List.of("false"), dir));
        assertTrue(String.valueOf(e.getMessage()).contains("exit 1 of false"), e.toString());
    }
}
