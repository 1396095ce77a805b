// Contract: the corpus prints the same bytes on the JVM, as a Linux process, on bare riscv64 and on
// bare x86_64; one binary and one boot per target.
// Owner: norma.image tests.
package norma.image;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class DifferentialTest {
    @TempDir static Path directory;
    private static Corpus corpus;
    private static String expected;

    @BeforeAll
    static void runOnJvm() throws Exception {
        corpus = Corpus.compile(directory);
        Target.Run run = Target.onJvm(corpus.classes(), directory);
        assertEquals(0, run.status(), run.output());
        expected = run.output();
        assertTrue(expected.endsWith("done 0x0\n"), expected);
    }

    @Test
    void linux() throws Exception {
        ImageResult image = corpus.build("Main", Arch.LINUX);
        check(Target.onLinux(image.elf(), 0, directory));
        assertTrue(image.report().contains("stack bound difftest_main "), image.report());
    }

    @Test
    void riscv64() throws Exception {
        ImageResult image = corpus.build("Main", Arch.RISCV64);
        check(Target.inQemu(Arch.RISCV64, image.elf(), directory));
    }

    @Test
    void x86() throws Exception {
        ImageResult image = corpus.build("Main", Arch.X86_64);
        check(Target.inQemu(Arch.X86_64, image.elf(), directory));
    }

    private static void check(Target.Run run) {
        assertEquals(expected, run.output());
        assertEquals(0, run.status());
    }
}
