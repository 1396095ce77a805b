package norma.kernel.sim.explore;

import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What each scenario's exploration must count: resource {@code manifest}, a line a scenario. A
 * kernel, a scenario or a search that changes, changes the counts; whoever changes them says so
 * here.
 */
final class Manifest {
    private final Map<String, String> lines = new LinkedHashMap<>();

    Manifest(String text) {
        text.lines()
                .filter(line -> !line.isBlank() && !line.startsWith("#"))
                .forEach(line -> {
                    int space = line.indexOf(' ');
                    if (space < 0) {
                        throw new IllegalStateException("the manifest's line " + line);
                    }
                    lines.put(line.substring(0, space), line.substring(space + 1).strip());
                });
    }

    /** That of the built-in scenarios. */
    static Manifest ofScenarios() {
        return new Manifest(Case.resource("manifest"));
    }

    /** The counts of a search without reduction, as the manifest has them. */
    static String counts(Exploration.Outcome full) {
        return "states "
                + full.states()
                + " transitions "
                + full.transitions()
                + " ends "
                + full.ends()
                + " model "
                + full.modelStates()
                + " "
                + full.modelSteps();
    }

    /** What the manifest says of a scenario, or null. */
    @Nullable String of(String scenario) {
        return lines.get(scenario);
    }
}
