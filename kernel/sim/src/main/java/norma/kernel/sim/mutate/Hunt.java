package norma.kernel.sim.mutate;

import java.util.BitSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import norma.kernel.sim.Failure;
import norma.kernel.sim.Scenario;
import norma.kernel.sim.Simulator;
import norma.kernel.sim.explore.Case;
import norma.kernel.sim.explore.Exploration;
import norma.kernel.sim.load.ClassEdit;
import org.jspecify.annotations.Nullable;

/**
 * Looks for a failure of a mutant: by contracts, in explored scenarios, small ones first, then
 * under random schedules; on a second look in more states of all explored scenarios, and under more
 * schedules. No scenario is looked at that does not come by the mutant's place in the kernel as it
 * is.
 *
 * <p>Every search is bounded by a number of states, of runs of the code, or of steps, never by the
 * clock: what is found once is found again.
 */
final class Hunt {
    /** States of a first look at a scenario. */
    static final long FEW = 40_000;

    /** States of a scenario in which the places passed are noted. */
    private static final long NOTED_STATES = 250_000;

    /** States of a second look at a scenario. */
    private static final long MANY = 1_500_000;

    /** States of a scenario that is explored to its end. */
    static final long MOST = 12_000_000;

    private static final int CPUS = 2;
    private static final int MORE_CPUS = 4;

    /** One schedule of so many has more cores. */
    private static final int MORE_EVERY = 4;

    /** Explored scenarios, the smallest that pass the place, before random schedules. */
    private static final int CHEAP = 4;

    /** Seeds of a first look, and of a second. */
    private static final int SEEDS = 48;

    private static final int MORE_SEEDS = 400;

    /** Seeds of which the places passed are noted. */
    private static final int NOTED = 24;

    private final Map<String, Case> cases = new LinkedHashMap<>();
    private final Map<String, Scenario> scenarios = new LinkedHashMap<>();
    private final List<String> contracts = Contracts.names();
    private final List<Mutant> mutants;
    private final Map<String, BitSet> explored = new LinkedHashMap<>();
    private final Map<String, BitSet> simulated = new LinkedHashMap<>();

    Hunt(List<Mutant> mutants) {
        this.mutants = List.copyOf(mutants);
        Case.names().forEach(name -> cases.put(name, Case.find(name).orElseThrow()));
        Scenario.all().forEach(scenario -> scenarios.put(scenario.name(), scenario));
    }

    /** Notes which scenarios come by which mutants. */
    void measure(ExecutorService pool) throws Exception {
        Passed passed = new Passed(mutants);
        Map<String, Future<BitSet>> first = new LinkedHashMap<>();
        Map<String, Future<BitSet>> second = new LinkedHashMap<>();
        for (Case scenario : cases.values()) {
            first.put(
                    scenario.name(),
                    pool.submit(() -> {
                        Passed.take();
                        new Exploration(passed, scenario).search(false, NOTED_STATES);
                        return Passed.take();
                    }));
        }
        for (Scenario scenario : scenarios.values()) {
            second.put(
                    scenario.name(),
                    pool.submit(() -> {
                        Passed.take();
                        Simulator simulator = new Simulator(passed);
                        for (int seed = 0; seed < NOTED; seed++) {
                            simulator.run(scenario, cpus(seed), seed);
                        }
                        return Passed.take();
                    }));
        }
        for (Map.Entry<String, Future<BitSet>> entry : first.entrySet()) {
            explored.put(entry.getKey(), entry.getValue().get());
        }
        for (Map.Entry<String, Future<BitSet>> entry : second.entrySet()) {
            simulated.put(entry.getKey(), entry.getValue().get());
        }
    }

    /** Who finds the mutant, or null; {@code all}: after a second, long look. */
    KillTable.@Nullable Fate find(Mutant mutant, boolean all) {
        int number = mutants.indexOf(mutant);
        List<Case> passing =
                cases.values().stream()
                        .filter(scenario -> passes(explored, scenario.name(), number))
                        .toList();
        int cheap = Math.min(CHEAP, passing.size());
        String broken = Contracts.broken(mutant);
        if (broken != null) {
            return new KillTable.Broken(broken);
        }
        KillTable.Fate found = explore(mutant, passing.subList(0, cheap), FEW);
        found = found != null ? found : simulate(mutant, number, 0, SEEDS);
        if (all && found == null) {
            found = explore(mutant, passing, MANY);
            found = found != null ? found : simulate(mutant, number, SEEDS, MORE_SEEDS);
        }
        return found;
    }

    private static KillTable.@Nullable Fate explore(Mutant mutant, List<Case> in, long most) {
        for (Case scenario : in) {
            Failure failure = failure(mutant, scenario, most);
            if (failure != null) {
                return new KillTable.Explored(scenario.name(), failure.kind());
            }
        }
        return null;
    }

    /** What a survivor's reason begins with: who comes by the place. */
    String passedBy(Mutant mutant) {
        int number = mutants.indexOf(mutant);
        long first = cases.keySet().stream().filter(n -> passes(explored, n, number)).count();
        long second = scenarios.keySet().stream().filter(n -> passes(simulated, n, number)).count();
        return "passed in " + first + " explored and " + second + " simulated scenarios";
    }

    private static boolean passes(Map<String, BitSet> by, String scenario, int number) {
        BitSet passed = by.get(scenario);
        return passed != null && passed.get(number);
    }

    private KillTable.@Nullable Fate simulate(Mutant mutant, int number, int from, int to) {
        Simulator simulator = null;
        for (Scenario scenario : scenarios.values()) {
            if (!passes(simulated, scenario.name(), number)) {
                continue;
            }
            simulator = simulator == null ? new Simulator(mutant) : simulator;
            for (int seed = from; seed < to; seed++) {
                Failure failure = simulator.run(scenario, cpus(seed), seed).failure();
                if (failure != null) {
                    return new KillTable.Simulated(scenario.name(), seed, failure.kind());
                }
            }
        }
        return null;
    }

    /**
     * What an exploration finds. Of code that breaks what it assumes, such as one that reads beyond
     * an array, it finds nothing: others must.
     */
    private static @Nullable Failure failure(ClassEdit mutant, Case scenario, long most) {
        try {
            return new Exploration(mutant, scenario).search(false, most).failure();
        } catch (RuntimeException unexplorable) {
            return null;
        }
    }

    /** Does who found the mutant find it again? What was found instead, or null. */
    @Nullable String again(Mutant mutant, KillTable.Fate fate) {
        return switch (fate) {
            case KillTable.Explored kill -> {
                Case scenario = cases.get(kill.scenario());
                yield scenario == null
                        ? "no explored scenario " + kill.scenario()
                        : differs(kill.kind(), failure(mutant, scenario, MOST));
            }
            case KillTable.Simulated kill -> {
                Scenario scenario = scenarios.get(kill.scenario());
                yield scenario == null
                        ? "no simulated scenario " + kill.scenario()
                        : differs(
                                kill.kind(),
                                new Simulator(mutant)
                                        .run(scenario, cpus(kill.seed()), kill.seed())
                                        .failure());
            }
            case KillTable.Broken kill -> {
                if (!contracts.contains(kill.name())) {
                    yield "no contract " + kill.name();
                }
                yield Contracts.finding(mutant, kill.name()) == null ? "survives" : null;
            }
            case KillTable.Survives survivor -> "survives, and nothing may";
            case KillTable.Equivalent equivalent -> null;
        };
    }

    /** Cores of the run of a seed. */
    private static int cpus(long seed) {
        return seed % MORE_EVERY == MORE_EVERY - 1 ? MORE_CPUS : CPUS;
    }

    private static @Nullable String differs(String kind, @Nullable Failure failure) {
        if (failure == null) {
            return "survives";
        }
        return failure.kind().equals(kind)
                ? null
                : "fails with " + failure.kind() + " " + failure.summary();
    }
}
