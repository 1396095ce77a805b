package norma.kernel.sim;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.spi.ToolProvider;
import norma.abi.Event;
import norma.abi.Limits;
import norma.conformance.check.EventView;
import norma.conformance.job.ShellWord;
import norma.conformance.job.Verdicts;
import norma.kernel.sim.load.ClassEdit;
import org.jspecify.annotations.Nullable;

/**
 * Runs the kernel's classes on the simulated machine: one row a scenario, and for the first failing
 * schedule of each how to see it again. Exit codes are those of {@link Verdicts}.
 */
public final class SimTool implements ToolProvider {
    private static final int EVENTS_SHOWN = 24;

    @Override
    public String name() {
        return "norma-jvm-machine";
    }

    @Override
    public int run(PrintWriter out, PrintWriter err, String... arguments) {
        try {
            Options options = Options.parse(arguments);
            if (options.list) {
                Scenario.names().forEach(out::println);
                return Verdicts.PASS;
            }
            Simulator simulator = new Simulator(ClassEdit.NONE);
            Path replay = options.replay;
            return replay != null
                    ? replay(simulator, replay, out)
                    : campaigns(simulator, options, out);
        } catch (UsageException e) {
            err.println("norma simulate: " + e.getMessage() + "; see 'norma simulate --help'");
            err.flush();
            return Verdicts.USAGE;
        } catch (ScheduleReader.MalformedException e) {
            err.println("norma simulate: " + e.getMessage());
            err.flush();
            return Verdicts.USAGE;
        } catch (IOException e) {
            err.println("norma simulate: " + e.getMessage());
            err.flush();
            return Verdicts.INCONCLUSIVE;
        } finally {
            out.flush();
        }
    }

    private static int campaigns(Simulator simulator, Options options, PrintWriter out)
            throws IOException {
        if (options.seeds == 0) {
            out.println("no schedule selected");
            return Verdicts.NOTHING_RAN;
        }
        boolean[] reached = new boolean[Event.LIMIT];
        int failed = 0;
        long steps = 0;
        double seconds = 0;
        out.printf(
                "%-14s %4s %10s %9s %9s %11s %8s  %s%n",
                "scenario",
                "cpus",
                "schedules",
                "distinct",
                "events",
                "steps/s",
                "actions",
                "result");
        for (Scenario scenario : options.scenarios) {
            Campaign campaign = new Campaign(scenario, options.cpus);
            campaign.run(simulator, options.seed, options.seeds);
            row(campaign, out);
            steps += campaign.steps();
            seconds += campaign.seconds();
            for (int kind = 1; kind < reached.length; kind++) {
                reached[kind] |= campaign.reached(kind);
            }
            Simulator.Result result = campaign.failed();
            if (result != null) {
                failed++;
                report(simulator, campaign, result, options.out, out);
            }
        }
        StringBuilder missing = new StringBuilder();
        for (int kind = 1; kind < reached.length; kind++) {
            boolean lacks = Event.isAction(kind) && !reached[kind];
            missing.append(lacks ? " " + EventView.name(kind) : "");
        }
        out.printf(
                Locale.ROOT,
                "%d steps in %.1f s, %.0f steps/s; actions not reached:%s%n",
                steps,
                seconds,
                steps / Math.max(seconds, 1e-9),
                missing.isEmpty() ? " none" : missing);
        out.println(options.scenarios.size() - failed + " passed, " + failed + " failed");
        return failed == 0 ? Verdicts.PASS : Verdicts.VIOLATION;
    }

    private static void row(Campaign campaign, PrintWriter out) {
        Simulator.Result failed = campaign.failed();
        Failure failure = failed == null ? null : failed.failure();
        out.printf(
                Locale.ROOT,
                "%-14s %4d %10d %9d %9d %11.0f %5d/%d  %s%n",
                campaign.scenario().name(),
                campaign.cpus(),
                campaign.schedules(),
                campaign.distinct(),
                campaign.events(),
                campaign.steps() / Math.max(campaign.seconds(), 1e-9),
                campaign.reached(),
                Campaign.ACTIONS,
                failure == null ? "ok" : failure.kind());
        out.flush();
    }

    private static void report(
            Simulator simulator,
            Campaign campaign,
            Simulator.Result result,
            @Nullable Path folder,
            PrintWriter out)
            throws IOException {
        Failure failure = result.failure();
        if (failure == null) {
            return;
        }
        Scenario scenario = campaign.scenario();
        int cpus = campaign.cpus();
        long seed = campaign.failedSeed();
        out.println("  " + failure.kind() + " " + failure.summary());
        failure.details().forEach(line -> out.println("    " + line));
        out.printf(
                "  replay: ./norma simulate --scenario %s --cpus %d --seed %d --seeds 1%n",
                scenario.name(), cpus, seed);
        Schedule schedule = result.schedule();
        Schedule shrunk =
                new Shrinker(simulator, scenario, cpus, seed, failure.kind()).shrink(schedule);
        out.printf(
                "  schedule: %d decisions, %d of them forced; shrunk to %d forced%n",
                schedule.length(), schedule.forced(), shrunk.forced());
        Path in = folder == null ? Files.createTempDirectory("norma-schedules") : folder;
        Files.createDirectories(in);
        Path file = in.resolve(scenario.name() + "-" + cpus + "-" + seed + ".schedule");
        shrunk.write(file, scenario.name(), cpus, seed);
        out.println("  shrunk schedule: ./norma simulate --replay " + ShellWord.of(file));
    }

    private static int replay(Simulator simulator, Path file, PrintWriter out)
            throws IOException, UsageException {
        Schedule.Stored stored = Schedule.read(file);
        Scenario scenario = Options.scenario(stored.scenario());
        int cpus = Options.cpus(stored.cpus());
        List<String> events = new ArrayList<>();
        Simulator.Result result =
                simulator.replay(
                        scenario,
                        cpus,
                        stored.seed(),
                        stored.schedule(),
                        event -> events.add(event.describe()));
        Failure failure = result.failure();
        out.printf(
                "%s on %d cores, seed %d: %d events, %d steps%n",
                scenario.name(), cpus, stored.seed(), events.size(), result.steps());
        for (String event :
                events.subList(Math.max(0, events.size() - EVENTS_SHOWN), events.size())) {
            out.println("  " + event);
        }
        if (failure == null && result.unmade() > 0) {
            throw new ScheduleReader.MalformedException(
                    file
                            + ": "
                            + result.unmade()
                            + " of its "
                            + stored.schedule().forced()
                            + " decisions cannot be made: the schedule is another kernel's or"
                            + " scenario's");
        }
        if (failure == null) {
            out.println("ok");
            return Verdicts.PASS;
        }
        out.println(failure.kind() + " " + failure.summary());
        failure.details().forEach(line -> out.println("  " + line));
        return Verdicts.VIOLATION;
    }

    /** The command line is wrong. */
    private static final class UsageException extends Exception {
        private static final long serialVersionUID = 1;

        UsageException(String message) {
            super(message);
        }
    }

    private static final class Options {
        private static final long SEEDS = 1_000;

        final List<Scenario> scenarios = new ArrayList<>();
        long seeds = SEEDS;
        long seed;
        int cpus = 2;
        boolean list;
        @Nullable Path replay;
        @Nullable Path out;

        static Options parse(String[] arguments) throws UsageException {
            Options options = new Options();
            Iterator<String> words = List.of(arguments).iterator();
            while (words.hasNext()) {
                String name = words.next();
                if (name.equals("--list")) {
                    options.list = true;
                } else if (words.hasNext()) {
                    options.set(name, words.next());
                } else {
                    throw new UsageException(
                            name.startsWith("--")
                                    ? name + " needs a value"
                                    : "what is " + name + "?");
                }
            }
            if (options.scenarios.isEmpty()) {
                options.scenarios.addAll(Scenario.all());
            }
            return options;
        }

        private void set(String name, String value) throws UsageException {
            switch (name) {
                case "--scenario" -> scenarios.add(scenario(value));
                case "--seeds" -> seeds = number(name, value);
                case "--seed" -> seed = number(name, value);
                case "--cpus" -> cpus = cpus(number(name, value));
                case "--replay" -> replay = Path.of(value);
                case "--out" -> out = Path.of(value);
                default -> throw new UsageException("unknown option " + name);
            }
        }

        private static long number(String name, String value) throws UsageException {
            try {
                long number = Long.parseLong(value);
                if (number >= 0) {
                    return number;
                }
            } catch (NumberFormatException e) {
                // Reported below, like a negative number.
            }
            throw new UsageException(name + " takes a number, not " + value);
        }

        static int cpus(long count) throws UsageException {
            if (count < 1 || count > Limits.CORES) {
                throw new UsageException("1 to " + Limits.CORES + " cores, not " + count);
            }
            return (int) count;
        }

        static Scenario scenario(String name) throws UsageException {
            Optional<Scenario> found = Scenario.find(name);
            return found.orElseThrow(() ->
                    new UsageException(
                            "no scenario "
                                    + name
                                    + "; there are "
                                    + String.join(", ", Scenario.names())));
        }
    }
}
