// Contract: finds and runs clang, lld and llvm-size, each with a deadline.
// Invariant: a process that outlives its deadline, or this one, is destroyed with its children.
// Owner: norma.image.
package norma.image;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;

/** The native tool chain. */
final class Tools {
    private static final Duration DEADLINE = Duration.ofMinutes(2);

    private static final Set<Process> RUNNING = new HashSet<>();
    private static boolean ending;

    static {
        Runtime.getRuntime().addShutdownHook(new Thread(Tools::end, "tools-end"));
    }

    private final Path clang;
    private final Path lld;
    private final Path size;
    private final Path objcopy;

    private Tools(Path clang, Path lld, Path size, Path objcopy) {
        this.clang = clang;
        this.lld = lld;
        this.size = size;
        this.objcopy = objcopy;
    }

    /** Finds the tools on the PATH. */
    static Tools find() throws ImageException {
        String path = System.getenv("PATH");
        return find(path == null ? "" : path);
    }

    /** Finds the tools in the given directories. */
    static Tools find(String path) throws ImageException {
        return new Tools(
                locate(path, "clang-16", "clang-16"),
                locate(path, "ld.lld-16", "lld-16"),
                locate(path, "llvm-size-16", "llvm-16"),
                locate(path, "llvm-objcopy-16", "llvm-16"));
    }

    private static Path locate(String path, String tool, String debianPackage)
            throws ImageException {
        for (String directory : path.split(File.pathSeparator)) {
            Path candidate = Path.of(directory, tool);
            if (Files.isExecutable(candidate)) {
                return candidate;
            }
        }
        throw new ImageException(tool + " not found: install the Debian package " + debianPackage);
    }

    String clang() {
        return clang.toString();
    }

    String objcopy() {
        return objcopy.toString();
    }

    String lld() {
        return lld.toString();
    }

    String size() {
        return size.toString();
    }

    /** Runs a command in a directory and returns what it printed; fails unless it exits with 0. */
    static String run(List<String> command, Path directory)
            throws ImageException, IOException, InterruptedException {
        Path log = Files.createTempFile(directory, "tool", ".log");
        Process process = start(command, directory, log);
        try {
            if (!process.waitFor(DEADLINE.toSeconds(), TimeUnit.SECONDS)) {
                throw new ImageException(
                        "no result after " + DEADLINE.toSeconds() + " s: " + command.getFirst());
            }
        } finally {
            kill(process);
            forget(process);
        }
        String output = Files.readString(log, StandardCharsets.UTF_8);
        Files.delete(log);
        if (process.exitValue() != 0) {
            throw new ImageException(
                    "exit "
                            + process.exitValue()
                            + " of "
                            + String.join(" ", command)
                            + "\n"
                            + output.strip());
        }
        return output;
    }

    /** Starts a tool that is known to the end of this process before it can run. */
    private static synchronized Process start(List<String> command, Path directory, Path log)
            throws IOException {
        if (ending) {
            throw new IOException("interrupted");
        }
        Process process =
                new ProcessBuilder(command)
                        .directory(directory.toFile())
                        .redirectErrorStream(true)
                        .redirectOutput(log.toFile())
                        .start();
        RUNNING.add(process);
        return process;
    }

    private static synchronized void forget(Process process) {
        RUNNING.remove(process);
    }

    private static synchronized void end() {
        ending = true;
        RUNNING.forEach(Tools::kill);
    }

    private static void kill(Process process) {
        process.descendants().forEach(ProcessHandle::destroyForcibly);
        process.destroyForcibly();
    }
}
