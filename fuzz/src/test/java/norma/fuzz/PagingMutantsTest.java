package norma.fuzz;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import norma.conformance.check.Reason;
import norma.conformance.check.Verdict;
import norma.conformance.job.Images;
import norma.conformance.machine.Accel;
import norma.conformance.machine.Arch;
import norma.conformance.scenario.Outcome;
import norma.conformance.scenario.Plan;
import norma.conformance.scenario.Script;
import norma.conformance.scenario.Scripts;
import norma.conformance.scenario.Session;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Page tables that allow user mode too much: the script {@code isolation} notices each, because the
 * thread comes back from what it attempted, and logs on.
 */
class PagingMutantsTest {
    private static final String PAGES = "paging/pages.c";

    @TempDir Path folder;

    static Stream<Arguments> tooMuch() {
        return Stream.of(Arch.values())
                .flatMap(arch ->
                        Stream.of(
                                Arguments.of(
                                        arch,
                                        PAGES,
                                        "map_part(CODE, NORMA_EXECUTE)",
                                        "map_part(CODE, NORMA_EXECUTE | NORMA_WRITE)"),
                                Arguments.of(
                                        arch,
                                        PAGES,
                                        "i * NORMA_USER_STACK, NORMA_USER_STACK,\n"
                                                + "            NORMA_USER | NORMA_WRITE",
                                        "i * NORMA_USER_STACK, NORMA_USER_STACK,\n"
                                                + "            NORMA_USER | NORMA_WRITE"
                                                + " | NORMA_EXECUTE"),
                                Arguments.of(
                                        arch,
                                        "paging/memory_map.h",
                                        "STACK_STRIDE 8192ul",
                                        "STACK_STRIDE 4096ul"),
                                Arguments.of(
                                        arch,
                                        PAGES,
                                        "NORMA_SHARED_AT, NORMA_PAGE, NORMA_USER)",
                                        "NORMA_SHARED_AT, NORMA_PAGE,"
                                                + " NORMA_USER | NORMA_WRITE)"),
                                Arguments.of(
                                        arch,
                                        PAGES,
                                        "rings - NORMA_PAGE,",
                                        "rings + NORMA_PAGE,")));
    }

    @ParameterizedTest
    @MethodSource("tooMuch")
    void whatUserModeMayDoTooMuchIsNoticed(Arch arch, String file, String from, String to)
            throws Exception {
        Outcome outcome =
                run(arch, EditedImage.build(folder, arch, file, from, to), Duration.ofSeconds(60));
        assertEquals(Verdict.DIVERGES, outcome.verdict());
        assertNotNull(outcome.finding());
        assertEquals(Reason.WITNESS_MISMATCH, outcome.finding().reason());
    }

    /**
     * The kernel cannot use devices, or constants, that are user mode's as well: SMAP is on, and
     * SUM off. It has no way to say so.
     */
    @ParameterizedTest
    @MethodSource("architectures")
    void theKernelDoesNotReachWhatIsUserModes(Arch arch) throws Exception {
        Path kernel =
                EditedImage.build(
                        folder,
                        arch,
                        PAGES,
                        "map_image(__rodata_start, __rodata_end, 0)",
                        "map_image(__rodata_start, __rodata_end, NORMA_USER)");
        assertEquals(Verdict.INCONCLUSIVE, run(arch, kernel, Duration.ofSeconds(4)).verdict());
    }

    /** The same edits' place, unedited: it is the edits that are noticed. */
    @ParameterizedTest
    @MethodSource("architectures")
    void theKernelItselfConforms(Arch arch) throws Exception {
        Path kernel = Images.kernel(arch);
        assertEquals(Verdict.CONFORMS, run(arch, kernel, Duration.ofSeconds(60)).verdict());
    }

    static Stream<Arch> architectures() {
        return Stream.of(Arch.values());
    }

    private static Outcome run(Arch arch, Path kernel, Duration deadline) throws Exception {
        Script script = Scripts.builtIn("isolation", Map.of());
        Plan plan = new Plan(arch, 2, Accel.SINGLE, kernel, script, 1, deadline, Optional.empty());
        return new Session(plan, (validator, seconds) -> {}).run();
    }
}
