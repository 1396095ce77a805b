package norma.conformance.conform;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import norma.conformance.job.ConformOptions;
import norma.conformance.machine.Accel;
import norma.conformance.machine.Arch;

/**
 * In which order a mutant is tried: what its author expects first, deterministic runs before
 * others, then every scenario, then more seeds of what is expected, for bugs that only a race
 * shows. With {@code --cpus} or {@code --accel} given: every combination of what is given, with all
 * seeds, of what is expected and then of every other scenario.
 */
final class Attempts {
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
        boolean given = !options.cpus().isEmpty() || !options.accels().isEmpty();
        for (Scenario scenario : Stream.concat(expected.stream(), others.stream()).toList()) {
            if (given) {
                Selection.given(scenario, arch, options, cases);
            } else {
                ways(scenario, arch, seed, cases);
            }
        }
        for (int more = 1; more < options.seeds() && !given; more++) {
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
