package norma.conformance.conform;

import java.util.ArrayList;
import java.util.List;
import norma.conformance.job.ConformOptions;
import norma.conformance.machine.Accel;
import norma.conformance.machine.Arch;

/**
 * In which order a mutant is tried: what its author expects first, deterministic runs before
 * others, then every scenario, then more seeds of what is expected, for bugs that only a race
 * shows.
 */
final class Attempts {
    private static final int MORE_SEEDS = 6;

    private Attempts() {}

    static List<Case> of(
            List<String> first, List<Scenario> scenarios, Arch arch, ConformOptions options) {
        List<Scenario> expected = new ArrayList<>();
        for (String name : first) {
            scenarios.stream().filter(s -> s.name().equals(name)).forEach(expected::add);
        }
        List<Scenario> others = scenarios.stream().filter(s -> !expected.contains(s)).toList();
        List<Case> cases = new ArrayList<>();
        long seed = options.firstSeed();
        for (Scenario scenario : expected) {
            ways(scenario, arch, seed, cases);
        }
        for (Scenario scenario : others) {
            ways(scenario, arch, seed, cases);
        }
        for (int more = 1; more <= MORE_SEEDS; more++) {
            for (Scenario scenario : expected.isEmpty() ? others : expected) {
                cases.add(new Case(scenario, arch, 2, Accel.MULTI, seed + more));
                cases.add(new Case(scenario, arch, 4, Accel.ICOUNT, seed + more));
            }
        }
        return cases;
    }

    private static void ways(Scenario scenario, Arch arch, long seed, List<Case> cases) {
        cases.add(new Case(scenario, arch, 2, Accel.ICOUNT, seed));
        cases.add(new Case(scenario, arch, 2, Accel.MULTI, seed));
        cases.add(new Case(scenario, arch, 4, Accel.SINGLE, seed));
    }
}
