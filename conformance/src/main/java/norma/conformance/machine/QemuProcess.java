package norma.conformance.machine;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/**
 * Starts QEMU so that it cannot outlive this process.
 *
 * <p>A shutdown hook covers normal ends and Ctrl-C, but not SIGKILL. For that the kernel's own
 * parent-death signal is set on QEMU before it begins:
 *
 * <pre>
 *   setpriv --pdeathsig KILL   sets the signal on itself
 *     sh: is my parent still the JVM?   it may have died before the line above
 *       exec qemu-system-...            same process, signal kept
 * </pre>
 *
 * Linux sends the signal when the <em>thread</em> that forked ends, so all QEMUs are forked by one
 * platform thread that lives as long as the JVM.
 */
final class QemuProcess {
    private static final ExecutorService FORKER =
            Executors.newSingleThreadExecutor(
                    Thread.ofPlatform().daemon().name("qemu-parent").factory());

    private static final String GUARD = "[ \"$PPID\" = \"$0\" ] || exit 125; exec \"$@\"";

    private QemuProcess() {}

    /** The command line of design/06, without the guard. */
    static List<String> arguments(MachineConfig config, Path ram) {
        long mib = config.ramBytes() >> 20;
        List<String> line = new ArrayList<>();
        line.add(config.arch().program());
        line.addAll(List.of("-no-user-config", "-nodefaults"));
        line.addAll(config.arch().machineArguments());
        line.addAll(List.of("-m", mib + "M", "-smp", Integer.toString(config.cpus())));
        line.addAll(
                List.of(
                        "-object",
                        "memory-backend-file,id=ram,size="
                                + mib
                                + "M,mem-path="
                                + ram
                                + ",share=on"));
        line.addAll(List.of("-display", "none", "-monitor", "none", "-serial", "stdio"));
        line.add("-no-reboot");
        line.addAll(config.accel().arguments(config.icountShift()));
        line.addAll(List.of("-kernel", config.kernelElf().toString()));
        if (config.paused()) {
            line.add("-S");
        }
        line.addAll(config.extraArguments());
        line.addAll(Instruments.arguments());
        return line;
    }

    /** Forks the command under the guard. */
    static Process start(List<String> command) throws MachineException {
        requireProgram(command.getFirst());
        requireProgram("setpriv");
        List<String> guarded = new ArrayList<>();
        guarded.addAll(List.of("setpriv", "--pdeathsig", "KILL", "sh", "-c", GUARD));
        guarded.add(Long.toString(ProcessHandle.current().pid()));
        guarded.addAll(command);
        try {
            return FORKER.submit(() -> new ProcessBuilder(guarded).start()).get();
        } catch (ExecutionException e) {
            throw new MachineException(
                    MachineException.Kind.QEMU_DIED,
                    "could not start " + command.getFirst() + ": " + e.getCause(),
                    e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new MachineException(
                    MachineException.Kind.QEMU_DIED, "interrupted while starting QEMU", e);
        }
    }

    /** Says which program is missing before a shell says something less clear. */
    private static void requireProgram(String program) throws MachineException {
        String path = System.getenv().getOrDefault("PATH", "/usr/bin:/bin");
        for (String directory : path.split(":", -1)) {
            if (Files.isExecutable(Path.of(directory, program))) {
                return;
            }
        }
        throw new MachineException(
                MachineException.Kind.QEMU_MISSING, program + " is not on PATH (" + path + ")");
    }

    /** Kills at once and waits until the process is reaped, at most a few seconds. */
    static void kill(Process process) {
        process.destroyForcibly();
        try {
            boolean gone = process.waitFor(10, java.util.concurrent.TimeUnit.SECONDS);
            assert gone : "SIGKILL did not end process " + process.pid();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        closeQuietly(process);
    }

    private static void closeQuietly(Process process) {
        try {
            process.getOutputStream().close();
        } catch (IOException e) {
            // A broken pipe to a dead process.
            return;
        }
    }
}
