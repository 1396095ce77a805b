package norma.fuzz;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import norma.conformance.job.Images;
import norma.conformance.machine.Arch;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** An exploration image differs from the shipped one by its gates, and by nothing else. */
class GatedImageTest {
    private static final Pattern GATE = Pattern.compile("norma_gate\\(0x[0-9a-f]{8}u\\); ?");
    private static final int ATOMIC_ACCESSES = 20;

    @ParameterizedTest
    @EnumSource(Arch.class)
    void withoutItsGatesItIsTheShippedKernel(Arch arch) throws Exception {
        Path shipped = Images.kernel(arch).resolveSibling("generated");
        Path gated = Images.gated(arch, Optional.empty()).resolveSibling("generated");
        String source = Files.readString(gated.resolve("kernel.c"));
        long gates = GATE.matcher(source).results().count();
        assertTrue(gates > ATOMIC_ACCESSES, () -> gates + " gates");
        assertEquals(
                blanks(Files.readString(shipped.resolve("kernel.c"))),
                blanks(GATE.matcher(source).replaceAll("")));
        assertEquals(
                Files.readString(shipped.resolve("offsets.h")),
                Files.readString(gated.resolve("offsets.h")));
        for (String file : List.of("kernel.c", "offsets.h")) {
            assertEquals(
                    Files.readString(shipped.resolveSibling("generated-user").resolve(file)),
                    Files.readString(gated.resolveSibling("generated-user").resolve(file)));
        }
    }

    /** A gate that stood alone leaves an empty line. */
    private static List<String> blanks(String source) {
        return source.lines().map(String::strip).filter(line -> !line.isEmpty()).toList();
    }

    @ParameterizedTest
    @EnumSource(Arch.class)
    void theShippedImageHasNoGate(Arch arch) throws Exception {
        Path shipped = Images.kernel(arch);
        Path gated = Images.gated(arch, Optional.empty());
        String map = "norma-" + arch.label() + ".map";
        assertFalse(Files.readString(shipped.resolveSibling(map)).contains("gate"));
        assertTrue(Files.readString(gated.resolveSibling(map)).contains("norma_gate"));
        // What user mode's program has been made of only its debug information says.
        assertFalse(bytes(shipped).contains("norma_user_gate"));
        assertTrue(bytes(gated).contains("norma_user_gate"));
    }

    private static String bytes(Path file) throws IOException {
        return Files.readString(file, StandardCharsets.ISO_8859_1);
    }

    @ParameterizedTest
    @EnumSource(Arch.class)
    void theNativeSourcesKnowGatesInOnePlace(Arch arch) throws Exception {
        Path folder = Images.root().resolve("arch/native");
        List<String> folders =
                List.of("common", "paging", arch.label(), "user/common", "user/" + arch.label());
        for (String name : folders) {
            String gates = name.startsWith("user/") ? "user_gates.h" : "gates.h";
            for (Path file : Sources.find(folder.resolve(name), ".h", ".c", ".S")) {
                List<String> lines =
                        Files.readAllLines(file).stream()
                                .filter(line ->
                                        line.toLowerCase(java.util.Locale.ROOT).contains("gates"))
                                .toList();
                boolean place = file.endsWith("intrinsics.h");
                assertEquals(
                        place
                                ? List.of("#ifdef NORMA_GATES", "#include \"" + gates + "\"")
                                : List.of(),
                        lines,
                        file::toString);
            }
        }
    }
}
