package norma.conformance.scenario;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import norma.conformance.machine.Accel;
import norma.conformance.machine.Arch;
import norma.conformance.saved.TraceHeader;

/**
 * One run: what boots, how, and what it executes.
 *
 * @param arch architecture
 * @param cpus cores, 1 to 4
 * @param accel how the cores run
 * @param kernel the kernel image
 * @param script the workload
 * @param seed seed of the threads' pseudo-random numbers and of the slice's length
 * @param deadline after which the guest is stopped
 * @param save where the trace goes, if anywhere
 * @param programs the archive of programs; empty: that of the kernel, for scripts that begin some
 */
public record Plan(
        Arch arch,
        int cpus,
        Accel accel,
        Path kernel,
        Script script,
        long seed,
        Duration deadline,
        Optional<Path> save,
        Optional<Path> programs) {
    /** Where the image builder puts the programs for a kernel, beside it. */
    private static final String PROGRAMS = "programs.cpio";

    /** Slices vary by up to this fraction with the seed: another seed, other interleavings. */
    private static final int SLICE_SPREAD = 4;

    /** A run with the programs that were built with the kernel. */
    public Plan(
            Arch arch,
            int cpus,
            Accel accel,
            Path kernel,
            Script script,
            long seed,
            Duration deadline,
            Optional<Path> save) {
        this(arch, cpus, accel, kernel, script, seed, deadline, save, Optional.empty());
    }

    /** The archive that the machine is started with: that of the plan, or what the script needs. */
    public Optional<Path> archive() {
        return programs.isEmpty() && script.beginsPrograms()
                ? Optional.of(kernel.resolveSibling(PROGRAMS))
                : programs;
    }

    /** The time slice of this run in nanoseconds, from script and seed. */
    public long slice() {
        long step = script.slice() / SLICE_SPREAD;
        return script.slice() - Math.floorMod(seed * 0x9E3779B97F4A7C15L >>> 20, Math.max(1, step));
    }

    /** Does the guest never look at the host, so that two runs are the same? */
    public boolean wholeRun() {
        return accel == Accel.ICOUNT;
    }

    /** Are rings overwritten, and validated when the run is over? */
    public boolean postMortem() {
        return !script.recording().live();
    }

    /** What a saved trace says about this run. */
    public TraceHeader header() {
        return new TraceHeader(
                arch.label(),
                cpus,
                accel.label(),
                seed,
                script.firstPriority(),
                script.locks(),
                postMortem(),
                script.memory());
    }
}
