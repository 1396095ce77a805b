package norma.kernel.sim.explore;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What each scenario's exploration must count: resource {@code manifest}, a line a scenario. A
 * kernel, a scenario or a search that changes, changes the counts; whoever changes them says so
 * here.
 */
final class Manifest {
    private static final String FORM = "SCENARIO states N transitions N ends N model STATES STEPS";
    private static final Pattern LINE =
            Pattern.compile(
                    "([a-z-]+) (states (\\d{1,18}) transitions (\\d{1,18}) ends \\d{1,18}"
                            + " model \\d{1,18} \\d{1,18})");

    private final String file;
    private final Map<String, Line> lines = new LinkedHashMap<>();

    /** What is said of a scenario. */
    private record Line(int number, String counts, long states, long transitions) {}

    /** A manifest, from a file of that name: {@link InputException} if it is none. */
    Manifest(String file, String text) {
        this.file = file;
        List<String> all = text.lines().toList();
        for (int i = 0; i < all.size(); i++) {
            String line = all.get(i);
            if (!line.isBlank() && !line.startsWith("#")) {
                String wrong = take(i + 1, line);
                if (wrong != null) {
                    throw new InputException(file + ":" + (i + 1) + ": " + wrong);
                }
            }
        }
    }

    /** Takes a line; what is wrong with it, or null. */
    private @Nullable String take(int number, String line) {
        Matcher matcher = LINE.matcher(line);
        if (!matcher.matches()) {
            return "expected " + FORM + ", not " + Texts.shown(line);
        }
        Line counts =
                new Line(
                        number,
                        matcher.group(2),
                        Long.parseLong(matcher.group(3)),
                        Long.parseLong(matcher.group(4)));
        return lines.put(matcher.group(1), counts) == null
                ? null
                : "a second line for " + matcher.group(1);
    }

    /** That of the built-in scenarios: a line for each, and no other. */
    static Manifest ofScenarios() {
        Manifest manifest = new Manifest("manifest", Case.resource("manifest"));
        List<String> names = new ArrayList<>(Case.names());
        names.addAll(Case.locked(true));
        names.forEach(manifest::need);
        for (String name : manifest.lines.keySet()) {
            if (!names.contains(name)) {
                throw new InputException(
                        manifest.place(name) + ": a line for " + name + ", which is no scenario");
            }
        }
        return manifest;
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
        Line line = lines.get(scenario);
        return line == null ? null : line.counts;
    }

    /** States of a scenario that is in the manifest. */
    long states(String scenario) {
        return need(scenario).states;
    }

    /** Steps of its whole exploration. */
    long transitions(String scenario) {
        return need(scenario).transitions;
    }

    /** Where a scenario's line is. */
    String place(String scenario) {
        return file + ":" + need(scenario).number;
    }

    /** What is said of a scenario; {@link InputException} if it is nothing. */
    private Line need(String scenario) {
        Line line = lines.get(scenario);
        if (line == null) {
            throw new InputException(file + ": no line for scenario " + scenario);
        }
        return line;
    }
}
