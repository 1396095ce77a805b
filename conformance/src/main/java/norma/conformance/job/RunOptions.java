package norma.conformance.job;

import java.nio.file.Path;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import norma.conformance.machine.Accel;
import norma.conformance.machine.Arch;
import norma.conformance.trace.Recording;

/**
 * What {@code norma run} was asked for.
 *
 * @param accel empty: the engine chooses what finishes reliably on a busy host
 * @param script empty: the built-in workload
 * @param seed empty: the engine chooses and prints one
 * @param recorder empty: as the workload says
 * @param ring records a ring that is overwritten; empty: as the workload says
 * @param save where the trace goes, if anywhere
 * @param programs the archive of programs that the machine is started with; empty: the kernel's
 *     own, if the script begins any
 */
public record RunOptions(
        Arch arch,
        int cpus,
        Optional<Accel> accel,
        Optional<Path> script,
        OptionalLong seed,
        Optional<Recording.Mode> recorder,
        OptionalInt ring,
        Optional<Path> save,
        Optional<Path> programs) {}
