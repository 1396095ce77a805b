package norma.fuzz;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
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
import org.junit.jupiter.params.provider.EnumSource;

/** What the page tables of a machine that has run allow, walked from outside. */
class PageTablesTest {
    private static final long PAGE = 4096;
    private static final long KERNEL_STACK_STRIDE = 5 * PAGE;
    private static final long USER_STACKS = 0x7e000000L;
    private static final int RECORDS = 4096;

    @ParameterizedTest
    @EnumSource(Arch.class)
    void codeAndDataAndUserModeAreApart(Arch arch) throws Exception {
        Path kernel = Images.kernel(arch);
        Map<String, Long> symbols = PageTables.symbols(kernel, arch);
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
        long block = arch.ramBase() + Shared.BASE;
        try (Machine machine =
                Machine.create(
                        MachineConfig.of(arch, kernel).withCpus(1).withAccel(Accel.SINGLE))) {
            BootBlock.write(machine.memory(), block, layout, plan);
            machine.boot();
            machine.awaitExit();
            assertEquals(Shared.FINISHED, machine.memory().getLong(block + Shared.OFF_STATE));
            List<PageTables.Leaf> leaves =
                    new PageTables(arch, machine.memory(), symbols.get("norma_page_root")).leaves();
            assertTrue(leaves.size() > 100);
            writtenIsNotExecuted(leaves);
            usersIsNotTheKernels(leaves, symbols, block, layout.ring(0));
            stacksHaveGuards(leaves, symbols);
        }
    }

    /** No frame can be written through one mapping and executed through the same or another. */
    private static void writtenIsNotExecuted(List<PageTables.Leaf> leaves) {
        for (PageTables.Leaf code : leaves) {
            for (PageTables.Leaf data : leaves) {
                assertFalse(
                        code.execute()
                                && data.write()
                                && data.overlaps(code.at(), code.at() + code.bytes()),
                        () -> code + " " + data);
            }
        }
    }

    /** User mode reaches its program, its stacks and the block up to the rings, and no more. */
    private static void usersIsNotTheKernels(
            List<PageTables.Leaf> leaves, Map<String, Long> symbols, long block, long rings) {
        long program = symbols.get("__load_end");
        long programEnd =
                program + symbols.get("__user_data_end") - symbols.get("__user_text_start");
        long stacks = symbols.get("norma_user_stacks");
        long stacksEnd = stacks + Limits.THREADS * PAGE;
        boolean code = false;
        for (PageTables.Leaf leaf : leaves) {
            long end = leaf.at() + leaf.bytes();
            boolean own =
                    leaf.at() >= program && end <= programEnd
                            || leaf.at() >= stacks && end <= stacksEnd
                            || leaf.at() >= block && end <= block + rings;
            assertTrue(!leaf.user() || own, leaf::toString);
            assertTrue(!leaf.user() || leaf.from() != leaf.at(), () -> "identity: " + leaf);
            assertTrue(!leaf.user() || leaf.at() != block || !leaf.write(), leaf::toString);
            code |= leaf.user() && leaf.execute();
        }
        assertTrue(code, "no program");
    }

    private static void stacksHaveGuards(List<PageTables.Leaf> leaves, Map<String, Long> symbols) {
        long kernel = symbols.get("norma_stacks");
        for (PageTables.Leaf leaf : leaves) {
            for (int core = 0; core < Limits.CORES; core++) {
                long guard = kernel + core * KERNEL_STACK_STRIDE;
                assertFalse(leaf.overlaps(guard, guard + PAGE), () -> "guard in " + leaf);
            }
            long last = leaf.from() + leaf.bytes() - 1;
            for (int slot = 0; slot < Limits.THREADS; slot++) {
                long guard = USER_STACKS + slot * 2 * PAGE;
                assertFalse(leaf.from() <= guard && guard <= last, () -> "guard in " + leaf);
            }
        }
    }
}
