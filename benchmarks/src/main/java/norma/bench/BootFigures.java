package norma.bench;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import norma.abi.Shared;
import norma.conformance.machine.Accel;
import norma.conformance.machine.Arch;
import norma.conformance.machine.Machine;
import norma.conformance.machine.MachineException;
import norma.conformance.scenario.Script;
import norma.conformance.trace.SharedLayout;

/** From power-on to the first recorded event: instructions, and milliseconds of the host. */
final class BootFigures {
    private static final int PASSES = 5;

    private BootFigures() {}

    static List<Figure> measure(Arch arch, Path elf, Path plugin)
            throws IOException, MachineException {
        Script script = Workload.NULL_CALL.script(1);
        Guest.Run run = new Guest(arch, elf, plugin, Guest.RECORDING).run(script, Operation.RECORD);
        Profile profile = run.profile();
        double[] milliseconds = new double[PASSES];
        for (int i = 0; i < PASSES; i++) {
            milliseconds[i] = hostMilliseconds(arch, elf, script);
        }
        return List.of(
                Figure.count(
                        "boot.kernel",
                        "boot to first event, in the kernel",
                        (double) profile.kernelLatched(),
                        "instructions",
                        Double.NaN),
                Figure.count(
                        "boot.all",
                        "boot to first event, firmware in",
                        (double) profile.allLatched(),
                        "instructions",
                        Double.NaN),
                Figure.fact(
                        "boot.clock",
                        "guest's own clock at the first thread's start",
                        (double) run.bootNanos(),
                        "ns"),
                Figure.timed(
                        "boot.milliseconds",
                        "start of QEMU to first event, median of " + PASSES,
                        Statistics.median(milliseconds),
                        "ms",
                        Double.NaN,
                        Figure.Better.LESS));
    }

    /** Without plugin, without counting instructions. */
    private static double hostMilliseconds(Arch arch, Path elf, Script script)
            throws MachineException {
        SharedLayout layout = new SharedLayout(1, 1 << 10, 1 << 8);
        try (Machine machine = Machine.create(Guest.config(arch, elf, layout, Accel.SINGLE))) {
            long block = arch.ramBase() + Shared.BASE;
            Guest.writeBlock(machine.memory(), block, layout, script, Guest.RECORDING);
            long head = block + layout.ring(0) + Shared.RING_HEAD;
            long start = System.nanoTime();
            machine.boot();
            machine.await(
                    "the first event",
                    () -> machine.memory().getLongAcquire(head) > 0,
                    Duration.ofSeconds(30));
            return (System.nanoTime() - start) / 1e6;
        }
    }
}
