package norma.bench;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import norma.conformance.job.Images;
import norma.conformance.machine.Arch;
import norma.conformance.machine.Plugin;
import norma.conformance.scenario.Script;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The kernel and its twin in C do the same: else their instructions could not be compared. */
class TwinTest {
    private static final int REPETITIONS = 100;

    @TempDir static Path work;

    @Test
    void bothRecordTheSame() throws Exception {
        Path root = Images.root();
        Path plugin = Plugin.compile(root.resolve("benchmarks/native/count/count.c"), work);
        Path kernel = Images.kernel(Arch.RISCV64);
        Path twin = new Variants(root, work).twin(Arch.RISCV64, "twin");
        for (Workload workload : Workload.ALL) {
            Script script = workload.script(REPETITIONS);
            Trace ours = trace(kernel, plugin, script);
            Trace theirs = trace(twin, plugin, script);
            assertTrue(ours.events() > REPETITIONS, workload.title());
            assertTrue(ours.same(theirs), () -> workload.title() + ": " + ours.events());
        }
    }

    private static Trace trace(Path elf, Path plugin, Script script) throws Exception {
        Guest guest = new Guest(Arch.RISCV64, elf, plugin, Guest.RECORDING);
        return guest.run(script, Guest.USER_MAIN).trace();
    }
}
