package norma.conformance.job;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import norma.conformance.machine.Accel;
import norma.conformance.machine.Arch;

/**
 * What {@code norma conform} was asked for. Empty lists mean all.
 *
 * @param mutants build and run kernels with seeded bugs instead of the kernel
 * @param mutantClasses further mutants: each folder in it holds replacement class files
 * @param mutantNames only these mutants; an unknown one is a {@link UsageException}
 * @param scenarios scenario names; an unknown one is a {@link UsageException}
 * @param archs architectures
 * @param cpus numbers of virtual CPUs
 * @param accels ways to run
 * @param firstSeed the first seed
 * @param seeds how many seeds, counted up from the first
 * @param quick the subset that fits the quick test command
 * @param json where a machine-readable report goes
 * @param junit where JUnit XML goes
 */
public record ConformOptions(
        boolean mutants,
        Optional<Path> mutantClasses,
        List<String> mutantNames,
        List<String> scenarios,
        List<Arch> archs,
        List<Integer> cpus,
        List<Accel> accels,
        long firstSeed,
        int seeds,
        boolean quick,
        Optional<Path> json,
        Optional<Path> junit) {}
