package norma.kernel.sim.explore;

import java.io.PrintWriter;
import java.util.List;
import java.util.Locale;
import norma.kernel.sim.Failure;
import org.jspecify.annotations.Nullable;

/**
 * Does each scenario find the bugs that it is there for, and would random runs have found them?
 *
 * <p>A random run has the length of the scenario's whole exploration: as many steps as are made
 * when there is no bug. So it is never shorter than the exploration that finds it.
 */
final class BugCheck {
    private final Manifest manifest;
    private final int seeds;
    private final PrintWriter out;
    private int passed;
    private int failed;

    /** With {@code seeds} random runs each. */
    BugCheck(Manifest manifest, int seeds, PrintWriter out) {
        this.manifest = manifest;
        this.seeds = seeds;
        this.out = out;
    }

    int passed() {
        return passed;
    }

    int failed() {
        return failed;
    }

    /** Checks the bugs of the scenarios; a row each. */
    void run(List<Case> scenarios) {
        out.printf(
                "%-14s %-28s %10s %-20s %s%n",
                "scenario", "mutant", "steps", "found as", "random runs");
        for (Case scenario : scenarios) {
            boolean rare = false;
            for (SeededBug bug : SeededBug.of(scenario.name())) {
                check(scenario, bug);
                rare |= bug.rare();
            }
            if (!rare) {
                failed++;
                out.println(scenario.name() + " has no bug that random runs miss: WRONG");
            }
        }
    }

    void check(Case scenario, SeededBug bug) {
        Exploration exploration = new Exploration(bug.edit(), scenario);
        Exploration.Outcome found = exploration.search(false, 2 * states(bug));
        String wrong = wrong(bug, found.failure());
        String random = "-";
        if (bug.rare()) {
            long length = manifest.transitions(bug.scenario());
            int kills = 0;
            for (int seed = 1; seed <= seeds; seed++) {
                Exploration.Random run = exploration.random(seed, length);
                if (run.failure() != null) {
                    kills++;
                    wrong = "seed " + seed + " found it after " + run.steps() + " steps";
                }
            }
            random = kills + " of " + seeds + " of " + length + " steps found it";
        }
        Failure failure = found.failure();
        out.printf(
                Locale.ROOT,
                "%-14s %-28s %10d %-20s %s%s%n",
                bug.scenario(),
                bug.mutant().name(),
                found.transitions(),
                failure == null ? "-" : failure.kind(),
                random,
                wrong == null ? "" : " WRONG: " + wrong);
        out.flush();
        passed += wrong == null ? 1 : 0;
        failed += wrong == null ? 0 : 1;
    }

    private long states(SeededBug bug) {
        return manifest.states(bug.scenario());
    }

    private static @Nullable String wrong(SeededBug bug, @Nullable Failure failure) {
        if (failure == null) {
            return "survived";
        }
        return bug.kinds().contains(failure.kind())
                ? null
                : "not one of " + bug.kinds() + ": " + failure.summary();
    }
}
