package norma.conformance.conform;

import java.util.ArrayList;
import java.util.List;
import norma.conformance.job.ConformOptions;
import norma.conformance.job.UsageException;
import norma.conformance.machine.Accel;
import norma.conformance.machine.Arch;

/**
 * Which cases a command line selects.
 *
 * <p>With {@code --cpus} or {@code --accel} given: every combination of what is given, with all
 * seeds. With neither: the {@link #ways} below, which cover every number of CPUs and every way to
 * run, and spend further seeds where they change most for their time: deterministic runs on two
 * CPUs.
 */
final class Selection {
    private static final List<Integer> ALL_CPUS = List.of(1, 2, 4);

    /** How a scenario runs; {@code seeded}: with every seed, otherwise with the first only. */
    private record Way(int cpus, Accel accel, boolean seeded) {}

    private Selection() {}

    /** The cases, in the order in which they run. */
    static List<Case> of(ConformOptions options) throws UsageException {
        List<Case> cases = new ArrayList<>();
        List<Arch> archs = options.archs().isEmpty() ? List.of(Arch.values()) : options.archs();
        for (Scenario scenario : Scenarios.select(options.scenarios())) {
            for (Arch arch : archs) {
                add(scenario, arch, ways(options), options, cases);
            }
        }
        return cases;
    }

    /** The cases of one scenario, of options that give numbers of CPUs or ways to run. */
    static void given(Scenario scenario, Arch arch, ConformOptions options, List<Case> cases) {
        add(scenario, arch, ways(options), options, cases);
    }

    private static void add(
            Scenario scenario,
            Arch arch,
            List<Way> ways,
            ConformOptions options,
            List<Case> cases) {
        for (Way way : ways) {
            int seeds = way.seeded() ? options.seeds() : 1;
            for (int i = 0; i < seeds; i++) {
                long seed = options.firstSeed() + i;
                cases.add(new Case(scenario, arch, way.cpus(), way.accel(), seed));
            }
        }
    }

    private static List<Way> ways(ConformOptions options) {
        if (options.cpus().isEmpty() && options.accels().isEmpty()) {
            return options.quick()
                    ? List.of(new Way(2, Accel.ICOUNT, false), new Way(4, Accel.SINGLE, false))
                    : List.of(
                            new Way(1, Accel.ICOUNT, false),
                            new Way(2, Accel.ICOUNT, true),
                            new Way(4, Accel.ICOUNT, false),
                            new Way(2, Accel.MULTI, false),
                            new Way(4, Accel.SINGLE, false));
        }
        List<Way> ways = new ArrayList<>();
        for (int cpus : options.cpus().isEmpty() ? ALL_CPUS : options.cpus()) {
            for (Accel accel :
                    options.accels().isEmpty() ? List.of(Accel.values()) : options.accels()) {
                ways.add(new Way(cpus, accel, true));
            }
        }
        return ways;
    }
}
