package norma.fuzz;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import norma.abi.Shared;
import norma.conformance.job.Images;
import norma.conformance.machine.Accel;
import norma.conformance.machine.Arch;
import norma.conformance.machine.GuestMemory;
import norma.conformance.machine.Machine;
import norma.conformance.machine.MachineConfig;
import norma.conformance.scenario.BootBlock;
import norma.conformance.scenario.Plan;
import norma.conformance.scenario.ScriptParser;
import norma.conformance.trace.SharedLayout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** All RAM is found, mapped and, but for what is in use, free: in small and in large machines. */
class MemorySizesTest {
    private static final long MIB = 1L << 20;
    private static final long GIB = 1L << 30;
    private static final int RECORDS = 1024;

    /** Firmware, the holes that it leaves, and what is not whole pages. */
    private static final long FIRMWARE = 2 * MIB;

    /** Image, gates, device tree. */
    private static final long KERNEL = 6 * MIB;

    @ParameterizedTest
    @CsvSource({"RISCV64, 128", "X86_64, 128", "RISCV64, 6144", "X86_64, 6144"})
    void allRamIsFree(Arch arch, long mebibytes) throws Exception {
        long bytes = mebibytes * MIB;
        Path kernel = Images.kernel(arch);
        SharedLayout layout = new SharedLayout(1, RECORDS, RECORDS);
        Plan plan =
                new Plan(
                        arch,
                        1,
                        Accel.SINGLE,
                        kernel,
                        ScriptParser.parse("program main\n end\n"),
                        1,
                        Duration.ofSeconds(60),
                        Optional.empty());
        MachineConfig config =
                MachineConfig.of(arch, kernel).withCpus(1).withAccel(Accel.SINGLE).withRam(bytes);
        long block = arch.ramBase() + Shared.BASE;
        try (Machine machine = Machine.create(config)) {
            GuestMemory memory = machine.memory();
            BootBlock.write(memory, block, layout, plan);
            machine.boot();
            machine.awaitExit();
            assertEquals(Shared.FINISHED, memory.getLong(block + Shared.OFF_STATE));
            long ram = memory.getLong(block + Shared.OFF_RAM);
            long free = memory.getLong(block + Shared.OFF_FREE);
            between(bytes - FIRMWARE, ram, bytes);
            between(ram - layout.bytes() - KERNEL, free, ram - layout.bytes() - MIB);
            long root = PageTables.symbols(kernel, arch).get("norma_page_root").at();
            List<PageTables.Leaf> leaves = new PageTables(arch, memory, root).leaves();
            assertEquals(
                    ram,
                    PageTablesTest.bytes(leaves, PageTablesTest.DIRECT, PageTablesTest.DIRECT_END));
            assertEquals(lastOf(arch, bytes), top(leaves), "the last address of RAM");
            boolean huge = leaves.stream().anyMatch(leaf -> leaf.bytes() == GIB);
            assertEquals(bytes > GIB, huge, "pages of 1 GiB");
        }
    }

    private static void between(long least, long is, long most) {
        assertTrue(least <= is && is <= most, least + " <= " + is + " <= " + most);
    }

    /** On x86_64 what does not fit below the devices, from 2 GiB on, is above 4 GiB. */
    private static long lastOf(Arch arch, long bytes) {
        boolean high = arch == Arch.X86_64 && bytes > 2 * GIB;
        return arch.ramBase() + bytes + (high ? 2 * GIB : 0);
    }

    private static long top(List<PageTables.Leaf> leaves) {
        return leaves.stream()
                .filter(leaf -> leaf.covers(PageTablesTest.DIRECT, PageTablesTest.DIRECT_END))
                .mapToLong(leaf -> leaf.at() + leaf.bytes())
                .max()
                .orElseThrow();
    }
}
