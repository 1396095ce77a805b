package norma.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import norma.conformance.job.Verdicts;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * What the shell wrapper says on a machine that lacks something. It is never let get as far as a
 * build here: the test run itself may hold the build's lock.
 */
class WrapperTest {
    private static final Path WRAPPER = Path.of(System.getProperty("norma.root"), "norma");

    /** What the wrapper needs of the system before it builds. */
    private static final List<String> TOOLS =
            List.of("bash", "readlink", "dirname", "grep", "sort", "tr", "id", "env", "mkdir");

    @TempDir Path dir;

    private record Result(int exit, String err) {}

    private Path emptyPath() throws IOException {
        Path bin = Files.createDirectories(dir.resolve("bin"));
        for (String tool : TOOLS) {
            for (String place : List.of("/usr/bin", "/bin")) {
                Path program = Path.of(place, tool);
                if (Files.exists(program) && !Files.exists(bin.resolve(tool))) {
                    script(bin.resolve(tool), "exec " + program + " \"$@\"");
                }
            }
        }
        return bin;
    }

    private static void script(Path file, String body) throws IOException {
        Files.writeString(file, "#!/bin/sh\n" + body + "\n");
        assertTrue(file.toFile().setExecutable(true));
    }

    private Result norma(Map<String, String> environment, String... args) throws Exception {
        List<String> command = new java.util.ArrayList<>(List.of("bash", WRAPPER.toString()));
        command.addAll(List.of(args));
        Path err = dir.resolve("err.txt");
        ProcessBuilder builder = new ProcessBuilder(command);
        builder.environment().clear();
        builder.environment().putAll(environment);
        Process process =
                builder.redirectError(err.toFile())
                        .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                        .start();
        boolean ended = process.waitFor(30, TimeUnit.SECONDS);
        process.destroyForcibly();
        assertTrue(ended, "the wrapper hangs");
        return new Result(process.exitValue(), Files.readString(err, StandardCharsets.UTF_8));
    }

    @Test
    void withoutJdkItSaysWhatToInstall() throws Exception {
        Map<String, String> env = new TreeMap<>();
        env.put("PATH", emptyPath().toString());
        env.put("NORMA_JVM_DIRS", dir.resolve("none").toString());
        Result result = norma(env, "--help");
        assertEquals(Verdicts.INCONCLUSIVE, result.exit(), result.err());
        assertTrue(result.err().contains("no JDK 25 found"), result.err());
        assertTrue(
                result.err().contains("sudo apt-get install openjdk-25-jdk-headless"),
                result.err());
    }

    @Test
    void olderJdkIsNotTaken() throws Exception {
        Path old = Files.createDirectories(dir.resolve("old/bin"));
        script(old.resolve("javac"), "exit 0");
        Files.writeString(dir.resolve("old/release"), "JAVA_VERSION=\"17.0.1\"\n");
        Map<String, String> env = new TreeMap<>();
        env.put("PATH", emptyPath().toString());
        env.put("NORMA_JAVA_HOME", dir.resolve("old").toString());
        env.put("NORMA_JVM_DIRS", dir.resolve("none").toString());
        assertEquals(Verdicts.INCONCLUSIVE, norma(env, "--help").exit());
    }

    @Test
    void missingPackagesArePrintedAsOneCommand() throws Exception {
        Map<String, String> env = new TreeMap<>();
        env.put("PATH", emptyPath().toString());
        env.put("NORMA_JAVA_HOME", System.getProperty("java.home"));
        env.put("NORMA_NO_INSTALL", "1");
        for (String command :
                List.of("run", "conform", "force", "tour", "test", "image", "bench")) {
            Result result = norma(env, command);
            assertEquals(Verdicts.INCONCLUSIVE, result.exit(), result.err());
            String expected =
                    "sudo apt-get install --no-install-recommends clang-16 lld-16 llvm-16";
            assertTrue(result.err().contains(expected), command + ": " + result.err());
            assertTrue(result.err().contains("qemu-system-misc"), result.err());
        }
    }
}
