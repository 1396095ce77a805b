package norma.kernel.sim.explore;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.spi.ToolProvider;
import norma.conformance.job.ShellWord;
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
    private static final String OK = "ok";
    private static final String INCONCLUSIVE = "INCONCLUSIVE: ";

    /** Reduced searches are compared with full ones up to so many states, unless all are asked. */
    private static final long COMPARED = 100_000;

    @Override
    public String name() {
        return "norma-explore";
    }

    @Override
    public int run(PrintWriter out, PrintWriter err, String... arguments) {
        try {
            return run(ExploreOptions.parse(arguments), out);
        } catch (ExploreOptions.UsageException e) {
            err.println("norma explore: " + e.getMessage() + "; see 'norma explore --help'");
            return Verdicts.USAGE;
        } catch (InputException e) {
            err.println("norma explore: " + e.getMessage());
            return Verdicts.USAGE;
        } catch (IOException e) {
            err.println("norma explore: " + e.getMessage());
            return Verdicts.INCONCLUSIVE;
        } finally {
            err.flush();
            out.flush();
        }
    }

    private static int run(ExploreOptions options, PrintWriter out) throws IOException {
        if (options.list) {
            Case.names().forEach(out::println);
            Case.locked(true).forEach(out::println);
            return Verdicts.PASS;
        }
        Path replay = options.replay;
        if (replay != null) {
            return replay(replay, options, out);
        }
        Manifest manifest = options.manifest();
        if (options.mutants) {
            BugCheck check = new BugCheck(manifest, options.seeds, out);
            check.run(options.scenarios);
            return total(check.passed(), check.failed(), out);
        }
        if (options.operations) {
            OperationCheck check = new OperationCheck(manifest, out);
            check.run(options.scenarios);
            return total(check.passed(), check.failed(), out);
        }
        return explore(options, manifest, out);
    }

    private static int total(int passed, int failed, PrintWriter out) {
        out.println(passed + " passed, " + failed + " failed");
        return failed == 0 ? Verdicts.PASS : Verdicts.VIOLATION;
    }

    private static int explore(ExploreOptions options, Manifest manifest, PrintWriter out)
            throws IOException {
        for (Case scenario : options.scenarios) {
            if (!options.scripts.containsKey(scenario.name())) {
                manifest.states(scenario.name()); // Who lacks a line is told before hours of work.
            }
        }
        out.printf(
                "%-19s %4s %10s %11s %6s %8s %10s %11s  %s%n",
                "scenario",
                "cpus",
                "states",
                "steps",
                "ends",
                "model",
                "reduced",
                "steps/s",
                "result");
        Totals totals = new Totals();
        try (Interruption interruption = new Interruption()) {
            for (Case scenario : options.scenarios) {
                if (!interruption.asked()) {
                    row(scenario, options, manifest, interruption, totals, out);
                }
            }
            totals.print(options.scenarios.size(), out);
            out.flush();
        }
        return totals.verdict(options.scenarios.size());
    }

    private static void row(
            Case scenario,
            ExploreOptions options,
            Manifest manifest,
            Interruption interruption,
            Totals totals,
            PrintWriter out)
            throws IOException {
        Exploration exploration = new Exploration(ClassEdit.NONE, scenario);
        interruption.watch(exploration);
        long start = System.nanoTime();
        Exploration.Outcome full = exploration.searchInMemory(false, options.most);
        double time = (System.nanoTime() - start) / 1e9;
        String result = result(exploration, scenario, full, options, manifest);
        String reduced = "-";
        if (result.equals(OK) && (options.all || full.states() < COMPARED)) {
            Exploration.Outcome less = exploration.searchInMemory(true, options.most);
            reduced = Long.toString(less.states());
            if (less.failure() == null && !less.complete()) {
                result = INCONCLUSIVE + exploration.reason(less, options.most) + ", reduced";
            } else if (!agrees(full, less)) {
                result = "DISAGREES with the reduced search";
            }
        }
        out.printf(
                Locale.ROOT,
                "%-19s %4d %10d %11d %6d %8d %10s %11.0f  %s%n",
                scenario.name(),
                scenario.cpus(),
                full.states(),
                full.transitions(),
                full.ends(),
                full.modelStates(),
                reduced,
                full.transitions() / Math.max(time, 1e-9),
                result);
        boolean gaveUp = result.startsWith(INCONCLUSIVE);
        if (full.failure() != null) {
            report(exploration, scenario, full, options, out);
        } else if (gaveUp) {
            out.println("  the longest way that was followed has " + full.deepest() + " steps");
            exploration.covered().forEach(line -> out.println("  " + line));
        }
        out.flush();
        totals.add(full.transitions(), time, result.equals(OK), gaveUp);
    }

    /** What came of all scenarios. */
    private static final class Totals {
        private long steps;
        private double seconds;
        private int passed;
        private int wrong;

        void add(long made, double time, boolean ok, boolean gave) {
            steps += made;
            seconds += time;
            passed += ok ? 1 : 0;
            wrong += !ok && !gave ? 1 : 0;
        }

        void print(int all, PrintWriter out) {
            out.printf(
                    Locale.ROOT,
                    "%d steps in %.1f s, %.0f steps/s%n%s%n",
                    steps,
                    seconds,
                    steps / Math.max(seconds, 1e-9),
                    Verdicts.totals(passed, wrong, all - passed - wrong));
        }

        int verdict(int all) {
            if (wrong > 0) {
                return Verdicts.VIOLATION;
            }
            return passed == all ? Verdicts.PASS : Verdicts.INCONCLUSIVE;
        }
    }

    private static String result(
            Exploration exploration,
            Case scenario,
            Exploration.Outcome full,
            ExploreOptions options,
            Manifest manifest) {
        Failure failure = full.failure();
        if (failure != null) {
            return failure.kind();
        }
        if (!full.complete()) {
            return INCONCLUSIVE + exploration.reason(full, options.most);
        }
        String counts = Manifest.counts(full);
        String expected = manifest.of(scenario.name());
        return expected == null || counts.equals(expected)
                ? OK
                : "COUNTS are not those of "
                        + manifest.place(scenario.name())
                        + "; they are: "
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
            ExploreOptions options,
            PrintWriter out)
            throws IOException {
        Exploration.Outcome simple = exploration.simplest(found);
        show(exploration, simple.choices(), out);
        Path folder = options.out;
        Path in = folder == null ? Files.createTempDirectory("norma-explore") : folder;
        Files.createDirectories(in);
        Path file = in.resolve(scenario.name() + ".way");
        new Way(scenario.name(), simple.choices()).write(file);
        Path script = options.scripts.get(scenario.name());
        out.println(
                "  replay: ./norma explore"
                        + (script == null ? "" : " --script " + ShellWord.of(script))
                        + (script != null && options.locks ? " --locks" : "")
                        + " --replay "
                        + ShellWord.of(file));
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
        if (failure != null && !failure.kind().equals(Way.MALFORMED)) {
            out.println("  " + failure.kind() + " " + failure.summary());
            failure.details().forEach(line -> out.println("    " + line));
        }
        return failure;
    }

    private static int replay(Path file, ExploreOptions options, PrintWriter out)
            throws IOException {
        Way way = Way.read(file);
        Case scenario =
                options.scenarios.stream()
                        .filter(own -> own.name().equals(way.scenario()))
                        .findFirst()
                        .orElseGet(() -> way.in(file));
        Exploration exploration = new Exploration(ClassEdit.NONE, scenario);
        out.println(way.scenario());
        Failure failure = show(exploration, way.choices(), out);
        if (failure == null) {
            out.println(OK);
            return Verdicts.PASS;
        }
        if (failure.kind().equals(Way.MALFORMED)) {
            throw way.strays(file, Integer.parseInt(failure.details().getFirst()));
        }
        return Verdicts.VIOLATION;
    }
}
