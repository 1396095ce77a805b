package norma.conformance.machine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import norma.conformance.machine.MachineException.Kind;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** A real QEMU and guests of a few instructions: the ways to run, and every typed failure. */
class MachineTest {
    @TempDir Path dir;

    private MachineConfig config(Arch arch) throws Exception {
        return MachineConfig.of(arch, TinyElf.write(arch, dir.resolve(arch.label() + ".elf")))
                .withDeadline(Duration.ofSeconds(60));
    }

    @ParameterizedTest
    @CsvSource({
        "RISCV64,MULTI,2",
        "RISCV64,SINGLE,1",
        "RISCV64,ICOUNT,2",
        "X86_64,MULTI,2",
        "X86_64,SINGLE,1",
        "X86_64,ICOUNT,2"
    })
    void bootsSharesMemoryAndPowersOff(Arch arch, Accel accel, int cpus) throws Exception {
        MachineConfig config = config(arch).withAccel(accel).withCpus(cpus);
        try (Machine machine = Machine.create(config, List.of(dir))) {
            assertFalse(RamFileTest.names(dir).contains(".ram"), "a file that can be left behind");
            long mailbox = TinyElf.mailbox(arch);
            assertEquals(0, machine.memory().getLong(mailbox));
            machine.boot();
            machine.await(
                    "the magic number",
                    () -> machine.memory().getLongAcquire(mailbox) == TinyElf.MAGIC);
            machine.memory().putLongRelease(mailbox + 8, 1);
            assertEquals(TinyElf.powerOffCode(arch), machine.awaitExit());
            assertTrue(
                    machine.consoleTail().replace("\r", "").contains("N\n"), machine.consoleTail());
            assertFalse(machine.isAlive());
        }
    }

    @ParameterizedTest
    @EnumSource(Arch.class)
    void pausedGuestDoesNothingAndCloseKillsIt(Arch arch) throws Exception {
        long pid;
        try (Machine machine = Machine.start(config(arch).withPaused(true))) {
            pid = machine.pid();
            MachineException e =
                    assertThrows(
                            MachineException.class,
                            () -> machine.await("nothing", () -> false, Duration.ofMillis(300)));
            assertEquals(Kind.DEADLINE, e.kind());
            assertTrue(machine.isAlive());
            assertEquals(0, machine.memory().getLong(TinyElf.mailbox(arch)));
        }
        assertTrue(ProcessHandle.of(pid).isEmpty());
    }

    @ParameterizedTest
    @EnumSource(Arch.class)
    void frozenGuestDoesNotSeeWhatItWaitsFor(Arch arch) throws Exception {
        try (Machine machine = Machine.start(config(arch))) {
            long mailbox = TinyElf.mailbox(arch);
            machine.await(
                    "the magic number",
                    () -> machine.memory().getLongAcquire(mailbox) == TinyElf.MAGIC);
            assertTrue(machine.freeze());
            machine.memory().putLongRelease(mailbox + 8, 1);
            Thread.sleep(200);
            assertTrue(machine.isAlive());
            machine.thaw();
            assertEquals(TinyElf.powerOffCode(arch), machine.awaitExit());
            assertFalse(machine.freeze());
        }
    }

    @Test
    void frozenGuestIsKilledByClose() throws Exception {
        long pid;
        try (Machine machine = Machine.start(config(Arch.RISCV64))) {
            pid = machine.pid();
            assertTrue(machine.freeze());
        }
        assertTrue(ProcessHandle.of(pid).isEmpty());
    }

    @Test
    void deadlineKillsAGuestNobodyWaitsFor() throws Exception {
        try (Machine machine =
                Machine.start(
                        config(Arch.RISCV64)
                                .withPaused(true)
                                .withDeadline(Duration.ofMillis(700)))) {
            MachineException e = assertThrows(MachineException.class, machine::awaitExit);
            assertEquals(Kind.DEADLINE, e.kind());
            assertFalse(machine.isAlive());
        }
    }

    @Test
    void deathIsNoticedWithItsReason() throws Exception {
        try (Machine machine =
                Machine.start(
                        config(Arch.RISCV64).withExtraArguments(List.of("-device", "no-such")))) {
            MachineException e =
                    assertThrows(
                            MachineException.class, () -> machine.await("nothing", () -> false));
            assertEquals(Kind.QEMU_DIED, e.kind());
            assertTrue(e.getMessage().contains("exit code 1"), e.getMessage());
            assertTrue(e.getMessage().contains("no-such"), e.getMessage());
        }
    }

    @Test
    void killedQemuIsNoticed() throws Exception {
        try (Machine machine = Machine.start(config(Arch.X86_64).withPaused(true))) {
            ProcessHandle.of(machine.pid()).orElseThrow().destroyForcibly();
            MachineException e =
                    assertThrows(
                            MachineException.class, () -> machine.await("nothing", () -> false));
            assertEquals(Kind.QEMU_DIED, e.kind());
        }
    }

    @Test
    void noRoomNamesEveryPlaceTried() throws Exception {
        MachineConfig config = config(Arch.X86_64);
        Path missing = dir.resolve("missing");
        MachineException e =
                assertThrows(
                        MachineException.class,
                        () -> Machine.create(config, List.of(missing, Path.of("/proc"))));
        assertEquals(Kind.NO_ROOM, e.kind());
        assertTrue(e.getMessage().contains(missing.toString()), e.getMessage());
        assertTrue(e.getMessage().contains("/proc"), e.getMessage());
    }

    @Test
    void missingProgramIsNamed() {
        MachineException e =
                assertThrows(
                        MachineException.class,
                        () -> QemuProcess.start(List.of("qemu-system-nowhere")));
        assertEquals(Kind.QEMU_MISSING, e.kind());
        assertTrue(e.getMessage().contains("qemu-system-nowhere"), e.getMessage());
    }

    @Test
    void configurationIsChecked() throws Exception {
        MachineConfig config = config(Arch.RISCV64);
        assertThrows(IllegalArgumentException.class, () -> config.withCpus(0));
        assertThrows(IllegalArgumentException.class, () -> config.withCpus(1000));
        assertThrows(IllegalArgumentException.class, () -> config.withRam(65L << 30));
        assertThrows(IllegalArgumentException.class, () -> config.withDeadline(Duration.ZERO));
    }
}
