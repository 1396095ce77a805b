// Contract: the command line's exit codes, and clear errors for missing tools and bad sources.
// Owner: norma.image tests.
package norma.image;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import norma.aot.CompileResult;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class BuildKernelTest {
    @TempDir Path directory;

    private int build(String roots, String arch) throws Exception {
        return BuildKernel.run(
                new String[] {
                    "--classes", directory.toString(),
                    "--roots", roots,
                    "--arch", arch,
                    "--native", directory.toString(),
                    "--out", directory.resolve("out").toString(),
                });
    }

    @Test
    void usage_errors_exit_with_2() throws Exception {
        assertEquals(2, BuildKernel.run(new String[] {"--classes"}));
        assertEquals(2, BuildKernel.run(new String[] {"--bogus", "x"}));
        assertEquals(2, BuildKernel.run(new String[] {"--classes", "x"}));
        assertEquals(2, build("a.B", "sparc"));
    }

    @Test
    void compile_errors_exit_with_1() throws Exception {
        assertEquals(1, build("no.such.Root", "riscv64"));
    }

    @Test
    void missing_tool_names_the_debian_package() {
        ImageException e =
                assertThrows(ImageException.class, () -> Tools.find(directory.toString()));
        assertEquals("clang-16 not found: install the Debian package clang-16", e.getMessage());
    }

    @Test
    void equal_inputs_give_equal_images() throws Exception {
        for (Arch arch : List.of(Arch.RISCV64, Arch.X86_64)) {
            Path first = Corpus.compile(directory.resolve("one")).build("Main", arch).elf();
            Path second = Corpus.compile(directory.resolve("two")).build("Main", arch).elf();
            assertEquals(-1, Files.mismatch(first, second), arch.directory());
        }
    }

    @Test
    void failing_build_leaves_nothing_behind() throws Exception {
        Path c = Files.writeString(directory.resolve("kernel.c"), "int f(void) { return g(); }\n");
        Path offsets = Files.writeString(directory.resolve("offsets.h"), "");
        Path out = directory.resolve("image");
        CompileResult program =
                new CompileResult(
                        c,
                        offsets,
                        List.of(),
                        java.util.Map.of(),
                        List.of(),
                        java.time.Duration.ZERO);
        ImageRequest request = new ImageRequest(program, Arch.RISCV64, List.of(), c, out);
        ImageException e = assertThrows(ImageException.class, () -> ImageBuilder.build(request));
        assertTrue(e.getMessage().contains("undeclared function 'g'"), e.getMessage());
        try (Stream<Path> files = Files.list(out)) {
            assertEquals(0, files.count());
        }
    }
}
