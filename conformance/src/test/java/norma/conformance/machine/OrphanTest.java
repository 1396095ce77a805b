package norma.conformance.machine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** However the harness ends, its QEMU ends too. */
class OrphanTest {
    @TempDir Path dir;

    private Process harness;
    private ProcessHandle qemu;

    /** A child JVM that boots a paused guest, tells its process id, and waits. */
    static final class Harness {
        public static void main(String[] args) throws Exception {
            MachineConfig config =
                    MachineConfig.of(Arch.RISCV64, Path.of(args[0]))
                            .withPaused(true)
                            .withDeadline(Duration.ofMinutes(2));
            try (Machine machine = Machine.start(config)) {
                System.out.println(machine.pid());
                Thread.sleep(Duration.ofMinutes(2));
            }
        }
    }

    private void startHarness() throws Exception {
        Path elf = TinyElf.write(Arch.RISCV64, dir.resolve("tiny.elf"));
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(List.of("--enable-native-access=ALL-UNNAMED", "-Dnorma.ram.dir=" + dir));
        command.add("-cp");
        command.add(System.getProperty("java.class.path"));
        command.addAll(List.of(Harness.class.getName(), elf.toString()));
        harness =
                new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start();
        String pid = harness.inputReader().readLine();
        qemu = ProcessHandle.of(Long.parseLong(pid)).orElseThrow();
        // The guard execs in place: wait until the process is QEMU and no longer the shell.
        for (int i = 0; i < 200 && !isQemu(); i++) {
            Thread.sleep(20);
        }
        assertTrue(isQemu());
    }

    private boolean isQemu() {
        return qemu.info().command().orElse("").contains("qemu-system");
    }

    private void assertQemuGone() throws Exception {
        assertTrue(harness.waitFor(20, TimeUnit.SECONDS));
        for (int i = 0; i < 250 && qemu.isAlive(); i++) {
            Thread.sleep(20);
        }
        boolean orphan = qemu.isAlive();
        qemu.destroyForcibly();
        assertFalse(orphan, "QEMU outlived its harness");
        assertEquals("tiny.elf", RamFileTest.names(dir));
    }

    @Test
    void killedHarnessTakesQemuAlong() throws Exception {
        startHarness();
        harness.destroyForcibly();
        assertQemuGone();
    }

    @Test
    void terminatedHarnessLeavesNothing() throws Exception {
        startHarness();
        harness.destroy();
        assertQemuGone();
    }

    @Test
    void interruptedHarnessLeavesNothing() throws Exception {
        startHarness();
        Process kill = new ProcessBuilder("kill", "-INT", Long.toString(harness.pid())).start();
        assertEquals(0, kill.waitFor());
        assertQemuGone();
    }
}
