package norma.fuzz;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import norma.abi.Limits;
import norma.abi.Op;
import norma.abi.Rights;
import norma.abi.Shared;
import norma.aot.CompileRequest;
import norma.aot.Compiler;
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
import norma.image.ImageBuilder;
import norma.image.ImageRequest;
import norma.image.ImageTool;
import norma.kernel.thread.TablesKernel;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * The tables of an address space on metal, under a kernel of their own ({@link TablesKernel}): a
 * thread reaches pages, and the processor says what it may do; then the tables are walked from
 * outside.
 */
class SpaceTablesTest {
    private static final long WINDOW = 0x8000000000L;
    private static final long PAGE = 4096;
    private static final int LAST = Limits.PAGES - 1;
    private static final int RECORDS = 1024;
    private static final Duration DEADLINE = Duration.ofSeconds(10);
    private static final long R3 = Op.REGISTER | 3;

    /** What the thread does. */
    private static final List<long[]> PROGRAM =
            List.of(
                    touch(0, Rights.WRITE, 0x1234),
                    touch(0, Rights.READ, 0),
                    call(TablesKernel.SAY, R3),
                    touch(0, Rights.EXECUTE, 0),
                    touch(0, Rights.WRITE, 1),
                    touch(LAST, Rights.READ, 0),
                    touch(LAST, Rights.WRITE, 7),
                    touch(0, Rights.READ, 0),
                    call(TablesKernel.TAKE, 0),
                    call(TablesKernel.FLUSH, 0),
                    touch(0, Rights.READ, 0),
                    call(TablesKernel.SAY, R3),
                    call(TablesKernel.LOAD, -1),
                    touch(LAST, Rights.READ, 0),
                    call(TablesKernel.SAY, R3),
                    call(TablesKernel.TWICE, 42));

    /** What the kernel must have logged. */
    private static final List<Long> LOG =
            List.of(
                    fault(0, Rights.WRITE),
                    TablesKernel.VALUE | 0x1234,
                    fault(0, Rights.EXECUTE),
                    fault(0, Rights.WRITE),
                    fault(LAST, Rights.READ),
                    fault(LAST, Rights.WRITE),
                    fault(0, Rights.READ),
                    TablesKernel.VALUE,
                    fault(LAST, Rights.READ),
                    TablesKernel.VALUE | 7,
                    TablesKernel.VALUE | 42,
                    TablesKernel.VALUE | 42);

    @TempDir Path folder;

    private static long[] touch(int page, int access, long value) {
        return new long[] {Op.TOUCH, page, access, value};
    }

    private static long[] call(int number, long argument) {
        return new long[] {Op.RAW, number, argument, 0};
    }

    private static long fault(int page, int access) {
        return TablesKernel.FAULT | (page & 0xffff_ffffL) | (long) access << 32;
    }

    @ParameterizedTest
    @EnumSource(Arch.class)
    void theProcessorDoesWhatTheTablesSay(Arch arch) throws Exception {
        check(arch, kernel(arch, Images.root().resolve("arch/native")));
    }

    /** Its neighbours are no pages of it, although they are user mode's. */
    @ParameterizedTest
    @EnumSource(Arch.class)
    void theWindowHasAnEnd(Arch arch) throws Exception {
        Path kernel = kernel(arch, Images.root().resolve("arch/native"));
        for (int page : new int[] {-1, Limits.PAGES, 512}) {
            List<Long> log = run(arch, kernel, List.of(touch(page, Rights.READ, 0)), memory -> {});
            assertEquals(List.of(fault(-1, Rights.READ)), log, "page " + page);
        }
    }

    /** What would make a hole is noticed, on each architecture that has the place. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '~',
            value = {
                "paging/spaces.c ~ case RIGHTS_READ: return norma_pte_leaf(frame, 0, NORMA_USER);"
                        + "~ case RIGHTS_READ:",
                "paging/spaces.c ~ NORMA_USER | NORMA_WRITE ~ NORMA_USER + 3",
                "paging/spaces.c ~ space < 0 ? norma_page_root : table(space, ROOT)"
                        + "~ table(0 * space, ROOT)",
                "paging/spaces.c ~ memset(norma_direct((uint64_t)frame), 0, NORMA_PAGE);"
                        + "~ (void)frame;",
                "paging/spaces.c ~ [page], before ~ [page ? 2 : 0], before",
                "paging/spaces.h ~ offset < LIMITS_PAGES * NORMA_PAGE ~ offset + 1",
                "riscv64/intrinsics.h ~ (\"sfence.vma\" ::: \"memory\") ~ (\"\")",
                "riscv64/intrinsics.h ~ case 13: return RIGHTS_READ; ~ case 13:",
                "riscv64/intrinsics.h ~ norma_call_bytes(void) { return 4; }"
                        + "~ norma_call_bytes(void) { return 0; }",
                "x86_64/intrinsics.h ~ norma_load_root(root); ~ (void)root;",
                "x86_64/intrinsics.h ~ error & FETCH ? RIGHTS_EXECUTE : ~",
                "x86_64/intrinsics.h ~ norma_call_bytes(void) { return 2; }"
                        + "~ norma_call_bytes(void) { return 0; }",
                "x86_64/trap.S ~ movq -48(%rsp), %rcx ~ movq -40(%rsp), %rcx",
                "user/common/reach.h ~ at[0] = NORMA_RETURN; ~ at[0] = 0;",
            })
    void whatIsWrongIsNoticed(String file, String from, String to) throws Exception {
        for (Arch arch : Arch.values()) {
            if (Stream.of(Arch.values()).anyMatch(o -> o != arch && file.startsWith(o.label()))) {
                continue;
            }
            Path own = Files.createDirectory(folder.resolve("edited-" + arch.label()));
            Path sources = EditedImage.sources(own, file, from, to == null ? "" : to);
            Path kernel = kernel(arch, sources);
            assertThrows(AssertionError.class, () -> check(arch, kernel), arch::label);
        }
    }

    /** An image of that kernel and these native sources. */
    private Path kernel(Arch arch, Path sources) throws Exception {
        Path out = Files.createTempDirectory(folder, arch.label());
        norma.image.Arch target = norma.image.Arch.of(arch.label());
        List<Path> classes = ImageTool.classes();
        List<String> roots =
                Stream.concat(
                                Stream.of(
                                        TablesKernel.class.getName(), "norma.kernel.thread.Frame"),
                                ImageTool.BOOT.stream())
                        .toList();
        return ImageBuilder.build(
                        new ImageRequest(
                                Compiler.compile(
                                        new CompileRequest(
                                                classes, roots, out.resolve("generated"))),
                                ImageTool.user(classes, sources, target, out),
                                target,
                                ImageTool.folders(sources, target),
                                sources.resolve(arch.label()).resolve("link.ld"),
                                false,
                                out))
                .elf();
    }

    private static void check(Arch arch, Path kernel) throws Exception {
        List<long[]> program = new ArrayList<>(PROGRAM);
        program.add(touch(Limits.PAGES, Rights.READ, 0));
        List<Long> expected = new ArrayList<>(LOG);
        expected.add(fault(-1, Rights.READ));
        assertEquals(expected, run(arch, kernel, program, memory -> tables(arch, kernel, memory)));
    }

    /** The space has what the kernel's own tables have, and its pages. */
    private static void tables(Arch arch, Path kernel, GuestMemory memory) throws IOException {
        Map<String, PageTables.Symbol> symbols = PageTables.symbols(kernel, arch);
        long block = arch.ramBase() + Shared.BASE;
        long frames = memory.getLong(block + Shared.OFF_FRAMES_AT);
        List<PageTables.Leaf> own =
                new PageTables(arch, memory, symbols.get("norma_page_root").at()).leaves();
        assertTrue(own.stream().noneMatch(leaf -> leaf.covers(WINDOW, 2 * WINDOW)));
        List<PageTables.Leaf> all = new ArrayList<>(own);
        all.add(new PageTables.Leaf(WINDOW, frames, PAGE, false, false, true));
        all.add(
                new PageTables.Leaf(
                        WINDOW + LAST * PAGE,
                        frames + (Limits.FRAMES - 1) * PAGE,
                        PAGE,
                        true,
                        false,
                        true));
        assertEquals(
                Set.copyOf(all),
                Set.copyOf(
                        new PageTables(arch, memory, symbols.get("norma_space_tables").at())
                                .leaves()));
    }

    /** What is to be looked at when the machine is off. */
    private interface Look {
        void at(GuestMemory memory) throws IOException;
    }

    /** Runs a program, and returns the kernel's log. */
    private static List<Long> run(Arch arch, Path kernel, List<long[]> program, Look look)
            throws Exception {
        SharedLayout layout = new SharedLayout(1, RECORDS, RECORDS);
        Plan plan =
                new Plan(
                        arch,
                        1,
                        Accel.SINGLE,
                        kernel,
                        ScriptParser.parse("program main\n end\n"),
                        1,
                        DEADLINE,
                        Optional.empty());
        MachineConfig config = MachineConfig.of(arch, kernel).withCpus(1).withAccel(Accel.SINGLE);
        long block = arch.ramBase() + Shared.BASE;
        try (Machine machine = Machine.create(config)) {
            GuestMemory memory = machine.memory();
            BootBlock.write(memory, block, layout, plan);
            BootBlock.programs(
                    memory, block, layout, List.<long[][]>of(program.toArray(long[][]::new)));
            memory.putLong(block + Shared.OFF_PAGES, Limits.PAGES);
            memory.putLong(block + Shared.OFF_FRAMES, Limits.FRAMES);
            machine.boot();
            long until = System.nanoTime() + DEADLINE.toNanos();
            long state = 0;
            while (state != Shared.FINISHED && state != Shared.PANICKED) {
                assertTrue(System.nanoTime() < until, "no end");
                Thread.sleep(5);
                state = memory.getLong(block + Shared.OFF_STATE);
            }
            assertEquals(Shared.FINISHED, state);
            look.at(memory);
            List<Long> log = new ArrayList<>();
            long at = block + layout.ring(0);
            for (long i = 1; i <= memory.getLong(at); i++) {
                log.add(memory.getLong(at + Long.BYTES * i));
            }
            return log;
        }
    }
}
