package norma.conformance.machine;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/**
 * What a machine is made of. Immutable; start from {@link #of} and change with the {@code with}
 * methods.
 *
 * @param arch the guest architecture
 * @param cpus virtual CPUs
 * @param accel how they are run
 * @param ramBytes guest RAM, a multiple of 1 MiB; the host sees its first 2 GiB, beyond which the
 *     file offset of a physical address is no longer one subtraction
 * @param kernelElf what {@code -kernel} loads
 * @param icountShift virtual nanoseconds an instruction, as a power of two ({@link Accel#ICOUNT})
 * @param deadline from boot; a machine alive after it is killed
 * @param paused start with all CPUs stopped ({@code -S})
 * @param extraArguments appended to QEMU's command line
 */
public record MachineConfig(
        Arch arch,
        int cpus,
        Accel accel,
        long ramBytes,
        Path kernelElf,
        int icountShift,
        Duration deadline,
        boolean paused,
        List<String> extraArguments) {

    private static final long MIB = 1L << 20;
    private static final long MAX_RAM = 64L << 30;
    private static final long DEFAULT_RAM = 128 * MIB;

    /** The shift at which QEMU 7.2 was seen byte-reproducible on one and on four CPUs. */
    private static final int DEFAULT_ICOUNT_SHIFT = 3;

    public MachineConfig {
        require(cpus >= 1 && cpus <= arch.maxCpus(), "cpus must be 1 to " + arch.maxCpus());
        require(
                ramBytes >= MIB && ramBytes <= MAX_RAM && ramBytes % MIB == 0,
                "RAM must be whole MiB, at most 64 GiB");
        require(icountShift >= 0 && icountShift <= 10, "icount shift must be 0 to 10");
        require(deadline.isPositive(), "the deadline must be positive");
        extraArguments = List.copyOf(extraArguments);
    }

    /** Two CPUs, 128 MiB, multi-threaded, two minutes. */
    public static MachineConfig of(Arch arch, Path kernelElf) {
        return new MachineConfig(
                arch,
                2,
                Accel.MULTI,
                DEFAULT_RAM,
                kernelElf,
                DEFAULT_ICOUNT_SHIFT,
                Duration.ofMinutes(2),
                false,
                List.of());
    }

    /** This configuration with another number of CPUs. */
    public MachineConfig withCpus(int value) {
        return with(copy -> copy.cpus = value);
    }

    /** This configuration run another way. */
    public MachineConfig withAccel(Accel value) {
        return with(copy -> copy.accel = value);
    }

    /** This configuration with another amount of RAM. */
    public MachineConfig withRam(long bytes) {
        return with(copy -> copy.ramBytes = bytes);
    }

    /** This configuration with another instruction clock. */
    public MachineConfig withIcountShift(int value) {
        return with(copy -> copy.icountShift = value);
    }

    /** This configuration with another deadline. */
    public MachineConfig withDeadline(Duration value) {
        return with(copy -> copy.deadline = value);
    }

    /** This configuration, started with stopped CPUs or running ones. */
    public MachineConfig withPaused(boolean value) {
        return with(copy -> copy.paused = value);
    }

    /** This configuration with more QEMU arguments after all others. */
    public MachineConfig withExtraArguments(List<String> value) {
        return with(copy -> copy.extraArguments = value);
    }

    /** This configuration with an initial RAM disk. */
    public MachineConfig withInitrd(Path file) {
        List<String> more = new ArrayList<>(extraArguments);
        more.addAll(List.of("-initrd", file.toString()));
        return withExtraArguments(more);
    }

    /** What can be changed, while it is being changed. */
    private static final class Copy {
        int cpus;
        Accel accel;
        long ramBytes;
        int icountShift;
        Duration deadline;
        boolean paused;
        List<String> extraArguments;

        Copy(MachineConfig from) {
            cpus = from.cpus;
            accel = from.accel;
            ramBytes = from.ramBytes;
            icountShift = from.icountShift;
            deadline = from.deadline;
            paused = from.paused;
            extraArguments = from.extraArguments;
        }
    }

    private MachineConfig with(Consumer<Copy> change) {
        Copy copy = new Copy(this);
        change.accept(copy);
        return new MachineConfig(
                arch,
                copy.cpus,
                copy.accel,
                copy.ramBytes,
                kernelElf,
                copy.icountShift,
                copy.deadline,
                copy.paused,
                copy.extraArguments);
    }

    private static void require(boolean condition, String message) {
        if (!condition) {
            throw new IllegalArgumentException(message);
        }
    }
}
