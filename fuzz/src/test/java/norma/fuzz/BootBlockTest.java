package norma.fuzz;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import norma.abi.Limits;
import norma.abi.Shared;
import norma.conformance.job.Images;
import norma.conformance.machine.Accel;
import norma.conformance.machine.Arch;
import norma.conformance.machine.Machine;
import norma.conformance.machine.MachineConfig;
import norma.conformance.scenario.BootBlock;
import norma.conformance.scenario.Plan;
import norma.conformance.scenario.ScriptParser;
import norma.conformance.trace.SharedLayout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * A boot block that asks for what no kernel has: the machine ends, and names the line that says
 * which word it was; also when the word's lower 32 bits alone would do.
 */
class BootBlockTest {
    private static final int RECORDS = 1024;
    private static final long HIGH = 1L << 32;

    @ParameterizedTest
    @CsvSource({
        Shared.OFF_PAGES + ",mem/Space,count of pages," + Limits.PAGES + ",1",
        Shared.OFF_FRAMES + ",mem/Frames,count of frames," + Limits.FRAMES + ",1",
        Shared.OFF_FIRST_PRIORITY + ",entry/KernelEntry,priority," + (Limits.PRIORITIES - 1) + ",0",
        Shared.OFF_FIRST_PROGRAM
                + ",entry/KernelEntry,first program,"
                + (Shared.PROGRAMS - 1)
                + ",0",
    })
    void isToldItsWrongWord(int offset, String file, String name, long most, long least)
            throws Exception {
        String panic =
                "PANIC Assertion java.lang.AssertionError at "
                        + file.substring(file.indexOf('/') + 1)
                        + ".java:"
                        + line(file, name)
                        + " on core 0";
        for (Arch arch : Arch.values()) {
            for (long value : new long[] {-1, most + 1, HIGH, HIGH + 1}) {
                String console = boot(arch, offset, value, Shared.PANICKED);
                assertTrue(
                        console.contains(panic),
                        () -> arch + ", " + value + ": not " + panic + " but " + console);
            }
            boot(arch, offset, least, Shared.FINISHED);
        }
    }

    /** Where a class of the kernel asserts that. */
    private static int line(String file, String name) throws Exception {
        List<String> lines =
                Files.readAllLines(
                        Images.root()
                                .resolve(
                                        "kernel/core/src/main/java/norma/kernel/"
                                                + file
                                                + ".java"));
        for (int i = 0; i < lines.size(); i++) {
            if (lines.get(i).endsWith("the boot block's " + name + "\";")) {
                return i + 1;
            }
        }
        throw new AssertionError(file + " asserts nothing of the " + name);
    }

    /** Returns what the console says of a run that must end so. */
    private static String boot(Arch arch, int offset, long value, int state) throws Exception {
        Path kernel = Images.kernel(arch);
        SharedLayout layout = new SharedLayout(1, RECORDS, RECORDS);
        Plan plan =
                new Plan(
                        arch,
                        1,
                        Accel.SINGLE,
                        kernel,
                        ScriptParser.parse("pages 1 frames 1\nprogram main\n end\n"),
                        1,
                        Duration.ofSeconds(60),
                        Optional.empty());
        long block = arch.ramBase() + Shared.BASE;
        try (Machine machine =
                Machine.create(
                        MachineConfig.of(arch, kernel).withCpus(1).withAccel(Accel.SINGLE))) {
            BootBlock.write(machine.memory(), block, layout, plan);
            machine.memory().putLong(block + offset, value);
            machine.boot();
            machine.awaitExit();
            String console = machine.consoleTail();
            assertEquals(state, machine.memory().getLong(block + Shared.OFF_STATE), console);
            return console;
        }
    }
}
