package norma.conformance.conform;

import norma.conformance.machine.Accel;
import norma.conformance.machine.Arch;

/**
 * One run: a scenario on a machine with a seed.
 *
 * @param scenario what runs
 * @param arch architecture
 * @param cpus virtual CPUs
 * @param accel how they run
 * @param seed of slice length and pseudo-random numbers
 */
public record Case(Scenario scenario, Arch arch, int cpus, Accel accel, long seed) {
    /** Unique in one selection. */
    public String name() {
        return scenario.name()
                + " "
                + arch.label()
                + " cpus="
                + cpus
                + " "
                + accel.label()
                + " seed="
                + seed;
    }

    /** The command that runs exactly this case. */
    public String replay() {
        return "./norma conform --scenario "
                + scenario.name()
                + " --arch "
                + arch.label()
                + " --cpus "
                + cpus
                + " --accel "
                + accel.label()
                + " --seed "
                + seed
                + " --seeds 1";
    }
}
