package norma.kernel.sim.explore;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.spi.ToolProvider;
import norma.conformance.job.Verdicts;
import norma.kernel.sim.Failure;
import norma.kernel.sim.load.ClassEdit;
import org.jspecify.annotations.Nullable;

/**
 * Explores scenarios to their ends: a row each, and for a failure the simplest way to it. Exit
 * codes are those of {@link Verdicts}.
 */
public final class ExploreTool implements ToolProvider {
    private static final int EVENTS_SHOWN = 40;

    /** Reduced searches are compared with full ones up to so many states, unless all are asked. */
    private static final long COMPARED = 100_000;

    private static final String USAGE =
            """
            usage: norma-explore [--scenario NAME]... [--most N] [--all] [--out DIR]
                   norma-explore --replay FILE | --list
              --scenario NAME  only this scenario; may be repeated (default: all)
              --most N         states after which a search is given up (default 50000000)
              --all            compare the reduced search with the full one in every scenario
              --out DIR        where ways to failures are kept (default: a temporary folder)
              --replay FILE    follows a kept way
              --list           names of the scenarios
            """;

    @Override
    public String name() {
        return "norma-explore";
    }

    @Override
    public int run(PrintWriter out, PrintWriter err, String... arguments) {
        try {
            Options options = Options.parse(arguments);
            if (options.list) {
                Case.names().forEach(out::println);
                return Verdicts.PASS;
            }
            Path replay = options.replay;
            return replay != null ? replay(replay, out) : explore(options, out);
        } catch (UsageException e) {
            err.println("norma-explore: " + e.getMessage());
            err.print(USAGE);
            return Verdicts.USAGE;
        } catch (IOException e) {
            err.println("norma-explore: " + e.getMessage());
            return Verdicts.INCONCLUSIVE;
        } finally {
            err.flush();
            out.flush();
        }
    }

    private static int explore(Options options, PrintWriter out) throws IOException {
        Manifest manifest = Manifest.ofScenarios();
        out.printf(
                "%-14s %4s %10s %11s %6s %8s %10s %11s  %s%n",
                "scenario",
                "cpus",
                "states",
                "steps",
                "ends",
                "model",
                "reduced",
                "steps/s",
                "result");
        int worst = Verdicts.PASS;
        int passed = 0;
        long steps = 0;
        double seconds = 0;
        for (Case scenario : options.scenarios) {
            Exploration exploration = new Exploration(ClassEdit.NONE, scenario);
            long start = System.nanoTime();
            Exploration.Outcome full = exploration.search(false, options.most);
            double time = (System.nanoTime() - start) / 1e9;
            steps += full.transitions();
            seconds += time;
            String result = result(scenario, full, manifest);
            String reduced = "-";
            if (result.equals("ok") && (options.all || full.states() < COMPARED)) {
                Exploration.Outcome less = exploration.search(true, options.most);
                reduced = Long.toString(less.states());
                result = agrees(full, less) ? result : "DISAGREES with the reduced search";
            }
            out.printf(
                    Locale.ROOT,
                    "%-14s %4d %10d %11d %6d %8d %10s %11.0f  %s%n",
                    scenario.name(),
                    scenario.cpus(),
                    full.states(),
                    full.transitions(),
                    full.ends(),
                    full.modelStates(),
                    reduced,
                    full.transitions() / Math.max(time, 1e-9),
                    result);
            out.flush();
            if (full.failure() != null) {
                report(exploration, scenario, full, options.out, out);
            }
            boolean gaveUp = full.failure() == null && !full.complete();
            passed += result.equals("ok") ? 1 : 0;
            worst = Math.max(worst, code(result, gaveUp));
        }
        out.printf(
                Locale.ROOT,
                "%d steps in %.1f s, %.0f steps/s%n%d passed, %d failed%n",
                steps,
                seconds,
                steps / Math.max(seconds, 1e-9),
                passed,
                options.scenarios.size() - passed);
        return worst == Verdicts.PASS || passed == options.scenarios.size()
                ? Verdicts.PASS
                : worst == WRONG ? Verdicts.VIOLATION : Verdicts.INCONCLUSIVE;
    }

    private static final int GAVE_UP = 1;
    private static final int WRONG = 2;

    private static int code(String result, boolean gaveUp) {
        return result.equals("ok") ? 0 : gaveUp ? GAVE_UP : WRONG;
    }

    private static String result(Case scenario, Exploration.Outcome full, Manifest manifest) {
        Failure failure = full.failure();
        if (failure != null) {
            return failure.kind();
        }
        if (!full.complete()) {
            return "INCONCLUSIVE: given up at its bound, " + full.states() + " states covered";
        }
        String counts = Manifest.counts(full);
        return counts.equals(manifest.of(scenario.name()))
                ? "ok"
                : "COUNTS are not those of the manifest; they are: "
                        + scenario.name()
                        + " "
                        + counts;
    }

    private static boolean agrees(Exploration.Outcome full, Exploration.Outcome less) {
        return less.failure() == null
                && less.complete()
                && less.endings() == full.endings()
                && less.states() <= full.states();
    }

    private static void report(
            Exploration exploration,
            Case scenario,
            Exploration.Outcome found,
            @Nullable Path folder,
            PrintWriter out)
            throws IOException {
        Exploration.Outcome simple = exploration.simplest(found);
        show(exploration, simple.choices(), out);
        Path in = folder == null ? Files.createTempDirectory("norma-explore") : folder;
        Files.createDirectories(in);
        Path file = in.resolve(scenario.name() + ".way");
        new Way(scenario.name(), simple.choices()).write(file);
        out.println("  replay: norma-explore --replay " + file);
    }

    private static @Nullable Failure show(
            Exploration exploration, List<String> choices, PrintWriter out) {
        List<String> events = new ArrayList<>();
        Failure failure = exploration.replay(choices, events);
        int changes = 0;
        for (int i = 1; i < choices.size(); i++) {
            changes += choices.get(i).equals(choices.get(i - 1)) ? 0 : 1;
        }
        out.printf(
                "  %d steps, %d changes of core, %d events%n",
                choices.size(), changes, events.size());
        events.subList(Math.max(0, events.size() - EVENTS_SHOWN), events.size())
                .forEach(event -> out.println("    " + event));
        if (failure != null) {
            out.println("  " + failure.kind() + " " + failure.summary());
            failure.details().forEach(line -> out.println("    " + line));
        }
        return failure;
    }

    private static int replay(Path file, PrintWriter out) throws IOException, UsageException {
        Way way = Way.read(file);
        Exploration exploration = new Exploration(ClassEdit.NONE, Options.scenario(way.scenario()));
        out.println(way.scenario());
        Failure failure = show(exploration, way.choices(), out);
        if (failure == null) {
            out.println("ok");
            return Verdicts.PASS;
        }
        return failure.kind().equals(Way.MALFORMED) ? Verdicts.INCONCLUSIVE : Verdicts.VIOLATION;
    }

    /** The command line is wrong. */
    private static final class UsageException extends Exception {
        private static final long serialVersionUID = 1;

        UsageException(String message) {
            super(message);
        }
    }

    private static final class Options {
        private static final long MOST = 50_000_000;

        final List<Case> scenarios = new ArrayList<>();
        long most = MOST;
        boolean all;
        boolean list;
        @Nullable Path replay;
        @Nullable Path out;

        static Options parse(String[] arguments) throws UsageException {
            Options options = new Options();
            Iterator<String> words = List.of(arguments).iterator();
            while (words.hasNext()) {
                String name = words.next();
                switch (name) {
                    case "--list" -> options.list = true;
                    case "--all" -> options.all = true;
                    case "--scenario", "--most", "--replay", "--out" -> {
                        if (!words.hasNext()) {
                            throw new UsageException(name + " needs a value");
                        }
                        options.set(name, words.next());
                    }
                    default -> throw new UsageException("what is " + name + "?");
                }
            }
            if (options.scenarios.isEmpty()) {
                for (String name : Case.names()) {
                    options.scenarios.add(scenario(name));
                }
            }
            return options;
        }

        private void set(String name, String value) throws UsageException {
            switch (name) {
                case "--scenario" -> scenarios.add(scenario(value));
                case "--replay" -> replay = Path.of(value);
                case "--out" -> out = Path.of(value);
                default -> most = number(value);
            }
        }

        private static long number(String value) throws UsageException {
            try {
                long number = Long.parseLong(value);
                if (number > 0) {
                    return number;
                }
            } catch (NumberFormatException e) {
                // Reported below, like a number below 1.
            }
            throw new UsageException("--most takes a number from 1 on, not " + value);
        }

        static Case scenario(String name) throws UsageException {
            return Case.find(name)
                    .orElseThrow(() ->
                            new UsageException(
                                    "no scenario "
                                            + name
                                            + "; there are "
                                            + String.join(", ", Case.names())));
        }
    }
}
