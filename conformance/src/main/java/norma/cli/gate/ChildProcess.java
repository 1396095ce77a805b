package norma.cli.gate;

import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;
import norma.conformance.machine.RunningTime;

/**
 * Runs a command to its end or its deadline, line by line, and leaves nothing behind: at the
 * deadline and at Ctrl-C the whole tree is killed.
 */
final class ChildProcess {
    /** The exit code standing for "killed at its deadline". */
    static final int DEADLINE = -1;

    private ChildProcess() {}

    static int run(Path folder, List<String> command, long seconds, Consumer<String> line)
            throws IOException, InterruptedException {
        Process process =
                new ProcessBuilder(command)
                        .directory(folder.toFile())
                        .redirectErrorStream(true)
                        .redirectInput(new File("/dev/null"))
                        .start();
        Thread hook = new Thread(() -> killTree(process), "gate-end");
        Runtime.getRuntime().addShutdownHook(hook);
        Thread reader = Thread.ofPlatform().daemon().start(() -> read(process, line));
        try {
            boolean ended = RunningTime.await(process, Duration.ofSeconds(seconds));
            if (!ended) {
                killTree(process);
            }
            reader.join(5_000);
            return ended ? process.exitValue() : DEADLINE;
        } finally {
            killTree(process);
            removeHook(hook);
        }
    }

    private static void read(Process process, Consumer<String> line) {
        try (BufferedReader in = process.inputReader()) {
            for (String text = in.readLine(); text != null; text = in.readLine()) {
                line.accept(text);
            }
        } catch (IOException e) {
            // Killed: what was read is what there is.
            return;
        }
    }

    /** Children first named, then all killed: a dead parent's children are no longer its own. */
    private static void killTree(Process process) {
        List<ProcessHandle> descendants = process.descendants().toList();
        process.destroyForcibly();
        descendants.forEach(ProcessHandle::destroyForcibly);
    }

    private static void removeHook(Thread hook) {
        try {
            Runtime.getRuntime().removeShutdownHook(hook);
        } catch (IllegalStateException e) {
            // Shutting down already: the hook is running.
            return;
        }
    }
}
