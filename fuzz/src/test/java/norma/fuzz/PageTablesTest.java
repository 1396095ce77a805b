package norma.fuzz;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BooleanSupplier;
import norma.abi.Limits;
import norma.abi.Shared;
import norma.conformance.job.Images;
import norma.conformance.machine.Accel;
import norma.conformance.machine.Arch;
import norma.conformance.machine.Machine;
import norma.conformance.machine.MachineConfig;
import norma.conformance.machine.MachineException;
import norma.conformance.scenario.BootBlock;
import norma.conformance.scenario.Plan;
import norma.conformance.scenario.ScriptParser;
import norma.conformance.trace.SharedLayout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * What the page tables of a machine that has run allow, walked from outside: the kernel's own, and
 * those of an address space, whose threads have ended without unmapping their pages. A frame that a
 * process executes is writable in the kernel's map of RAM, which user mode never reaches.
 */
class PageTablesTest {
    private static final long PAGE = 4096;
    private static final long KERNEL_STACK_STRIDE = 5 * PAGE;
    private static final long USER_STACKS = 0x7e000000L;
    static final long DIRECT = 0xffff800000000000L;
    static final long DIRECT_END = DIRECT + (64L << 40);
    private static final long DEVICES = 0xffffc00000000000L;
    private static final long DEVICES_END = DEVICES + (1L << 40);
    private static final int RECORDS = 4096;
    private static final long WINDOW = 1L << 39;
    private static final int LAST = Limits.PAGES - 1;

    /** A space has its root and three tables below it. */
    private static final long TABLES = 4 * PAGE;

    private static final String NO_PAGES = "program main\n end\n";

    /** Leaves pages with each right, uses every frame, and takes some away. */
    private static final String PAGES =
            """
            pages %d frames 5
            program main
              map 0 %d write
              touch 0 write 1
              touch 1 write 2
              touch 2 write 3
              touch 3 write 4
              protect 0 0 read
              protect 1 1 execute
              touch 1 execute
              unmap 3 3
              touch 4 write 5
              touch 6 read
              unmap 6 6
              touch %d write 6
              set r9 1
            stay:
              sleep 1s
              goto stay
            """
                    .formatted(Limits.PAGES, LAST, LAST);

    /** Of pages that it shares with its copy, each writes one. */
    private static final String COPY =
            """
            pages 4 frames 5
            program main
              map 0 2 write
              touch 0 write 1
              touch 1 write 2
              touch 2 write 3
              fork 1 child
              touch 1 write 4
              set r9 1
            stay:
              sleep 1s
              goto stay
            program child
              touch 2 write 5
              set r9 1
            stay:
              sleep 1s
              goto stay
            """;

    /** In a script: the thread has done all and stays, so that its process has pages. */
    private static final int DONE = 9;

    /** Pages that it leaves, in their order, and what their leaves allow. */
    private static final List<Page> LEFT =
            List.of(
                    new Page(0, false, false),
                    new Page(1, false, true),
                    new Page(2, true, false),
                    new Page(4, true, false),
                    new Page(LAST, true, false));

    @TempDir Path folder;

    /** A page of a space, and what may be done there besides reading. */
    private record Page(long number, boolean write, boolean execute) {}

    @ParameterizedTest
    @EnumSource(Arch.class)
    void codeAndDataAndUserModeAreApart(Arch arch) throws Exception {
        check(arch, Images.kernel(arch), 1, NO_PAGES, 0, List.of());
    }

    @ParameterizedTest
    @EnumSource(Arch.class)
    void aSpaceHasItsPagesAndNoMore(Arch arch) throws Exception {
        check(arch, Images.kernel(arch), 1, PAGES, 1, List.of(LEFT));
    }

    @ParameterizedTest
    @EnumSource(Arch.class)
    void aCopyHasItsPagesAndNoMore(Arch arch) throws Exception {
        List<Page> original =
                List.of(
                        new Page(0, false, false),
                        new Page(1, true, false),
                        new Page(2, false, false));
        List<Page> copy =
                List.of(
                        new Page(0, false, false),
                        new Page(1, false, false),
                        new Page(2, true, false));
        check(arch, Images.kernel(arch), 2, COPY, 2, List.of(original, copy));
    }

    /** What is left when four threads have mapped and unmapped pages on two cores. */
    @ParameterizedTest
    @EnumSource(Arch.class)
    void whatIsUnmappedIsGone(Arch arch) throws Exception {
        StringBuilder waits = new StringBuilder();
        for (int slot = 1; slot <= 5; slot++) {
            waits.append("w%d:\n sleep 100us\n".formatted(slot))
                    .append(" spawn %d nobody priority 3\n".formatted(slot))
                    .append(" if code == BUSY goto w%d\n".formatted(slot));
        }
        String stays = waits + "set r9 1\nstay:\n sleep 1s\n goto stay\n";
        String script = "recorder overwrite 1024\n" + text("pages") + "program nobody\n end\n";
        script = script.replaceFirst("  end\n", stays);
        check(
                arch,
                Images.kernel(arch),
                2,
                script,
                1,
                List.of(List.of(new Page(16, false, false))));
    }

    /** A process whose last thread has ended leaves nothing. */
    @ParameterizedTest
    @EnumSource(Arch.class)
    void whoHasEndedLeavesNoPages(Arch arch) throws Exception {
        String script = PAGES.replace("stay:", "").replace("goto stay", "end");
        check(arch, Images.kernel(arch), 1, script, 0, List.of());
    }

    /** Each way to map too much is noticed here; nothing that runs comes by it. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "i % 2 ? 0 : NORMA_WRITE | NORMA_WRITE",
                "i % 2 ? 0 : NORMA_WRITE | i % 2 ? NORMA_EXECUTE : NORMA_WRITE",
                "map_part(DATA, NORMA_WRITE); "
                        + "| map_part(DATA, NORMA_WRITE); map(0x200000, 0x200000, NORMA_PAGE, 0);",
                "map_image(stack + NORMA_PAGE, | map_image(stack,",
                "map_image(__rodata_start, __rodata_end, 0) "
                        + "| map_image(__rodata_start, __rodata_end, NORMA_EXECUTE)",
            })
    void whatIsMappedTooMuchIsNoticed(String from, String to) throws Exception {
        for (Arch arch : Arch.values()) {
            Path own = Files.createDirectory(folder.resolve(arch.label()));
            Path kernel = EditedImage.build(own, arch, "paging/pages.c", from, to);
            assertThrows(
                    AssertionError.class,
                    () -> check(arch, kernel, 1, NO_PAGES, 0, List.of()),
                    arch::label);
        }
    }

    /** Nor does anything that runs come by what a space maps too much. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '~',
            value = {
                "NORMA_USER | NORMA_WRITE) ~ NORMA_USER | NORMA_WRITE | NORMA_EXECUTE)",
                "(frame, 0, NORMA_USER); ~ (frame, 0, NORMA_USER | NORMA_EXECUTE);",
                "leaf((uint64_t)frame, rights) ~ leaf((uint64_t)frame + NORMA_PAGE, rights)",
                "leaf((uint64_t)frame, rights)"
                        + "~ page ? leaf((uint64_t)frame, rights)"
                        + " : leaf((uint64_t)frame + 2 * NORMA_PAGE, rights)",
                "case RIGHTS_NONE: return 0; ~ case RIGHTS_NONE: return norma_pte_leaf(0, 0, 0);",
                "root[TOP] = norma_pte_table(norma_at(table(space, UPPER)));"
                        + "~ root[TOP] = norma_pte_table(norma_at(table(space, UPPER)));"
                        + " root[TOP + 1] = root[TOP];",
                "root[TOP] = norma_pte_table(norma_at(table(space, UPPER)));"
                        + "~ root[TOP] = norma_page_root[TOP]"
                        + " = norma_pte_table(norma_at(table(space, UPPER)));",
            })
    void whatASpaceMapsTooMuchIsNoticed(String from, String to) throws Exception {
        for (Arch arch : Arch.values()) {
            Path own = Files.createDirectory(folder.resolve(arch.label()));
            Path kernel = EditedImage.build(own, arch, "paging/spaces.c", from, to);
            assertThrows(
                    AssertionError.class,
                    () -> check(arch, kernel, 1, PAGES, 1, List.of(LEFT)),
                    arch::label);
        }
    }

    private static String text(String scenario) throws IOException {
        try (InputStream in =
                Plan.class.getResourceAsStream("/norma/scenario/" + scenario + ".script")) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    /** Until so many threads say that they have done all, or, if none does, until the run ends. */
    private static void check(
            Arch arch, Path kernel, int cpus, String script, int stay, List<List<Page>> left)
            throws Exception {
        Map<String, PageTables.Symbol> symbols = PageTables.symbols(kernel, arch);
        SharedLayout layout = new SharedLayout(cpus, RECORDS, RECORDS);
        Accel accel = cpus == 1 ? Accel.SINGLE : Accel.MULTI;
        Plan plan =
                new Plan(
                        arch,
                        cpus,
                        accel,
                        kernel,
                        ScriptParser.parse(script),
                        1,
                        Duration.ofSeconds(60),
                        Optional.empty());
        long block = arch.ramBase() + Shared.BASE;
        try (Machine machine =
                Machine.create(MachineConfig.of(arch, kernel).withCpus(cpus).withAccel(accel))) {
            BootBlock.write(machine.memory(), block, layout, plan);
            machine.boot();
            if (stay == 0) {
                machine.awaitExit();
                assertEquals(Shared.FINISHED, machine.memory().getLong(block + Shared.OFF_STATE));
            }
            for (int slot = 0; slot < stay; slot++) {
                long done = block + layout.witness(slot) + Shared.WITNESS_REGISTERS + 8L * DONE;
                awaitDone(machine, () -> machine.memory().getLong(done) == 1);
            }
            List<PageTables.Leaf> leaves =
                    new PageTables(arch, machine.memory(), symbols.get("norma_page_root").at())
                            .leaves();
            assertTrue(leaves.size() > 100);
            writtenIsNotExecuted(leaves);
            usersIsNotTheKernels(leaves, symbols, block, layout.ring(0));
            stacksHaveGuards(leaves, symbols);
            theHalvesAreApart(leaves);
            theUpperHalfHasThreeParts(leaves, symbols);
            theDirectMapIsRam(leaves, symbols);
            assertEquals(
                    machine.memory().getLong(block + Shared.OFF_RAM),
                    bytes(leaves, DIRECT, DIRECT_END));
            assertTrue(leaves.stream().noneMatch(leaf -> leaf.covers(WINDOW, 2 * WINDOW)));
            long frames = machine.memory().getLong(block + Shared.OFF_FRAMES_AT);
            for (int space = 0; plan.script().pages() > 0 && space < Limits.SPACES; space++) {
                long root = symbols.get("norma_space_tables").at() + space * TABLES;
                theSpaceHasItsPages(
                        leaves,
                        new PageTables(arch, machine.memory(), root).leaves(),
                        frames,
                        frames + plan.script().frames() * PAGE,
                        space < left.size() ? left.get(space) : List.of());
            }
        }
    }

    /** A thread that dies instead, or takes the machine with it, has not done all. */
    private static void awaitDone(Machine machine, BooleanSupplier done) throws Exception {
        try {
            machine.await("pages", done);
        } catch (MachineException e) {
            if (e.kind() == MachineException.Kind.QEMU_DIED) {
                throw new AssertionError("a script's thread does all", e);
            }
            throw e;
        }
    }

    /** What all have, and in the window these pages, each in a frame of its own. */
    private static void theSpaceHasItsPages(
            List<PageTables.Leaf> everybodys,
            List<PageTables.Leaf> leaves,
            long frames,
            long framesEnd,
            List<Page> left) {
        List<PageTables.Leaf> own = new ArrayList<>();
        List<PageTables.Leaf> rest = new ArrayList<>();
        long end = WINDOW + Limits.PAGES * PAGE;
        leaves.forEach(leaf -> (leaf.covers(WINDOW, end) ? own : rest).add(leaf));
        assertEquals(everybodys, rest);
        List<Page> pages = new ArrayList<>();
        Set<Long> used = new HashSet<>();
        for (PageTables.Leaf leaf : own) {
            assertEquals(PAGE, leaf.bytes(), leaf::toString);
            assertTrue(leaf.user(), leaf::toString);
            assertTrue(frames <= leaf.at() && leaf.at() < framesEnd, leaf::toString);
            assertTrue(used.add(leaf.at()), () -> "a frame twice: " + leaf);
            for (PageTables.Leaf other : everybodys) {
                boolean kernels = other.covers(DIRECT, DIRECT_END);
                assertTrue(kernels || !other.maps(leaf.at(), leaf.at() + PAGE), other::toString);
            }
            pages.add(new Page((leaf.from() - WINDOW) / PAGE, leaf.write(), leaf.execute()));
        }
        writtenIsNotExecuted(own);
        assertEquals(left, pages);
    }

    /** The lower half is user mode's alone, and the upper half the kernel's. */
    private static void theHalvesAreApart(List<PageTables.Leaf> leaves) {
        for (PageTables.Leaf leaf : leaves) {
            assertEquals(leaf.from() >= 0, leaf.user(), leaf::toString);
        }
    }

    /** Devices and RAM each at their distance; the rest is the image, at its own. */
    private static void theUpperHalfHasThreeParts(
            List<PageTables.Leaf> leaves, Map<String, PageTables.Symbol> symbols) {
        long image = symbols.get("__text_start").address();
        long codeEnd = symbols.get("__text_end").address();
        long imageEnd = symbols.get("__bss_end").address();
        long imageDistance = symbols.get("norma_page_root").distance();
        for (PageTables.Leaf leaf : leaves) {
            if (leaf.user()) {
                continue;
            }
            long distance = leaf.from() - leaf.at();
            if (leaf.covers(DIRECT, DIRECT_END)) {
                assertEquals(DIRECT, distance, leaf::toString);
                assertFalse(leaf.execute(), leaf::toString);
            } else if (leaf.covers(DEVICES, DEVICES_END)) {
                assertEquals(DEVICES, distance, leaf::toString);
                assertFalse(leaf.execute(), leaf::toString);
                assertEquals(PAGE, leaf.bytes(), leaf::toString);
            } else {
                assertEquals(imageDistance, distance, leaf::toString);
                assertTrue(leaf.from() >= image, leaf::toString);
                assertEquals(leaf.from() < codeEnd, leaf.execute(), leaf::toString);
                assertTrue(leaf.from() + leaf.bytes() <= imageEnd, leaf::toString);
            }
        }
    }

    /** Bytes that are mapped at some addresses. */
    static long bytes(List<PageTables.Leaf> leaves, long from, long to) {
        return leaves.stream()
                .filter(leaf -> leaf.covers(from, to))
                .mapToLong(PageTables.Leaf::bytes)
                .sum();
    }

    /** Each frame once; and no code or constant can be written there. */
    private static void theDirectMapIsRam(
            List<PageTables.Leaf> leaves, Map<String, PageTables.Symbol> symbols) {
        long distance = symbols.get("norma_page_root").distance();
        long code = symbols.get("__text_start").address() - distance;
        long data = symbols.get("__data_start").address() - distance;
        long program = symbols.get("__load_end").at();
        long programData =
                program
                        + symbols.get("__user_data_start").address()
                        - symbols.get("__user_text_start").address();
        for (PageTables.Leaf leaf : leaves) {
            if (leaf.covers(DIRECT, DIRECT_END)) {
                boolean constant = leaf.maps(code, data) || leaf.maps(program, programData);
                assertEquals(!constant, leaf.write(), leaf::toString);
            }
        }
    }

    /** No frame can be written through one mapping and executed through the same or another. */
    private static void writtenIsNotExecuted(List<PageTables.Leaf> leaves) {
        for (PageTables.Leaf code : leaves) {
            for (PageTables.Leaf data : leaves) {
                assertFalse(
                        code.execute()
                                && data.write()
                                && data.maps(code.at(), code.at() + code.bytes()),
                        () -> code + " " + data);
            }
        }
    }

    /** User mode reaches its program, its stacks and the block up to the rings, and no more. */
    private static void usersIsNotTheKernels(
            List<PageTables.Leaf> leaves,
            Map<String, PageTables.Symbol> symbols,
            long block,
            long rings) {
        long program = symbols.get("__load_end").at();
        long programEnd =
                program
                        + symbols.get("__user_data_end").address()
                        - symbols.get("__user_text_start").address();
        long programConstants =
                program
                        + symbols.get("__user_rodata_start").address()
                        - symbols.get("__user_text_start").address();
        long stacks = symbols.get("norma_user_stacks").at();
        long stacksEnd = stacks + Limits.THREADS * PAGE;
        boolean code = false;
        for (PageTables.Leaf leaf : leaves) {
            long end = leaf.at() + leaf.bytes();
            boolean own =
                    leaf.at() >= program && end <= programEnd
                            || leaf.at() >= stacks && end <= stacksEnd
                            || leaf.at() >= block && end <= block + rings;
            assertTrue(!leaf.user() || own, leaf::toString);
            assertTrue(leaf.from() != leaf.at(), () -> "identity: " + leaf);
            assertTrue(!leaf.user() || leaf.at() != block || !leaf.write(), leaf::toString);
            boolean ownCode = leaf.user() && leaf.at() >= program && end <= programConstants;
            assertTrue(!leaf.user() || leaf.execute() == ownCode, leaf::toString);
            code |= ownCode;
        }
        assertTrue(code, "no program");
    }

    private static void stacksHaveGuards(
            List<PageTables.Leaf> leaves, Map<String, PageTables.Symbol> symbols) {
        long kernel = symbols.get("norma_stacks").address();
        for (PageTables.Leaf leaf : leaves) {
            for (int core = 0; core < Limits.CORES; core++) {
                long guard = kernel + core * KERNEL_STACK_STRIDE;
                assertFalse(leaf.covers(guard, guard + PAGE), () -> "guard in " + leaf);
            }
            for (int slot = 0; slot < Limits.THREADS; slot++) {
                long guard = USER_STACKS + slot * 2 * PAGE;
                assertFalse(leaf.covers(guard, guard + PAGE), () -> "guard in " + leaf);
            }
        }
    }
}
