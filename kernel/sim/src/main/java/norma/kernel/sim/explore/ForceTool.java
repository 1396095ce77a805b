package norma.kernel.sim.explore;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.spi.ToolProvider;
import norma.conformance.job.Images;
import norma.conformance.job.ShellWord;
import norma.conformance.job.Verdicts;
import norma.conformance.machine.Arch;
import norma.conformance.machine.MachineException;
import org.jspecify.annotations.Nullable;

/**
 * Makes the kernel's machine code take chosen ways through the explored scenarios, and compares
 * what it records with what the kernel's classes record on the JVM. Exit codes are those of {@link
 * Verdicts}.
 */
public final class ForceTool implements ToolProvider {
    /** Ways of a scenario whose differences are told. */
    private static final int TOLD = 3;

    @Override
    public String name() {
        return "norma-force";
    }

    @Override
    public int run(PrintWriter out, PrintWriter err, String... arguments) {
        try (Forcing machines = new Forcing()) {
            Options options = Options.parse(arguments);
            return options.mutants ? mutants(options, out) : force(options, machines, out);
        } catch (UsageException e) {
            err.println("norma force: " + e.getMessage() + "; see 'norma force --help'");
            return Verdicts.USAGE;
        } catch (InputException e) {
            err.println("norma force: " + e.getMessage());
            return Verdicts.USAGE;
        } catch (IOException | Images.ImageBuildException | MachineException e) {
            err.println("norma force: " + e.getMessage());
            return Verdicts.INCONCLUSIVE;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Verdicts.INCONCLUSIVE;
        } finally {
            err.flush();
            out.flush();
        }
    }

    private static int mutants(Options options, PrintWriter out)
            throws IOException, Images.ImageBuildException, MachineException {
        ForcedBugs bugs = new ForcedBugs(Manifest.ofScenarios(), options.archs, out);
        bugs.run(options.scenarios);
        return bugs.failed() == 0 ? Verdicts.PASS : Verdicts.VIOLATION;
    }

    private static int force(Options options, Forcing machines, PrintWriter out)
            throws IOException, InterruptedException, Images.ImageBuildException {
        List<Path> images = new ArrayList<>();
        for (Arch arch : options.archs) {
            images.add(Images.gated(arch, options.overlay));
        }
        out.printf(
                "%-14s %-8s %6s %8s %8s %8s %9s %8s  %s%n",
                "scenario",
                "arch",
                "ways",
                "steps",
                "traces",
                "binary",
                "reset ms",
                "run ms",
                "result");
        long start = System.nanoTime();
        List<Long> resets = new ArrayList<>();
        int same = 0;
        int differ = 0;
        int broken = 0;
        int merged = 0;
        for (Case scenario : options.scenarios) {
            Courses courses = new Courses(scenario);
            List<Courses.Taken> ways = ways(courses, options);
            for (int i = 0; i < images.size(); i++) {
                Arch arch = options.archs.get(i);
                Forcing.Tally tally = machines.take(scenario, arch, images.get(i), courses, ways);
                resets.addAll(tally.resets);
                same += tally.same();
                differ += tally.differ;
                broken += tally.broken;
                merged += tally.merged() ? 1 : 0;
                row(scenario, arch, ways.size(), options, tally, out);
                report(scenario, arch, options, ways, tally, out);
            }
        }
        out.printf(
                Locale.ROOT,
                "%d runs in %.1f s, each from a booted kernel put back in %.1f ms (median):"
                        + " %d the same, %d differ, %d without an answer%n%s%n",
                same + differ + broken,
                (System.nanoTime() - start) / 1e9,
                Forcing.Tally.median(resets),
                same,
                differ,
                broken,
                Verdicts.totals(same, differ + merged, broken));
        if (differ + merged > 0) {
            return Verdicts.VIOLATION;
        }
        return broken > 0 || same == 0 ? Verdicts.INCONCLUSIVE : Verdicts.PASS;
    }

    private static List<Courses.Taken> ways(Courses courses, Options options) throws IOException {
        Way replay = options.way;
        if (replay == null) {
            return courses.random(options.ways, options.seed);
        }
        Courses.Taken taken = courses.of(replay);
        if (taken == null) {
            throw replay.strays(Objects.requireNonNull(options.replay), courses.gone());
        }
        return List.of(taken);
    }

    private static void row(
            Case scenario,
            Arch arch,
            int ways,
            Options options,
            Forcing.Tally tally,
            PrintWriter out) {
        double runs = 1e6 * Math.max(1, ways - tally.broken);
        boolean fewer = options.way == null && ways < options.ways;
        out.printf(
                Locale.ROOT,
                "%-14s %-8s %6d %8d %8d %8d %9.1f %8.1f  %s%n",
                scenario.name(),
                arch.label(),
                ways,
                tally.steps,
                tally.expected.size(),
                tally.found.size(),
                Forcing.Tally.median(tally.resets),
                tally.runNanos / runs,
                result(tally) + (fewer ? ", no more ways were found" : ""));
        out.flush();
    }

    private static String result(Forcing.Tally tally) {
        if (tally.differ > 0) {
            return "DIFFERS";
        }
        if (tally.broken > 0) {
            return "INCONCLUSIVE";
        }
        return tally.merged() ? "TRACES are not as many as on the JVM" : "ok";
    }

    private static void report(
            Case scenario,
            Arch arch,
            Options options,
            List<Courses.Taken> ways,
            Forcing.Tally tally,
            PrintWriter out)
            throws IOException {
        Path folder = options.out;
        int told = 0;
        for (int i = 0; i < ways.size() && told < TOLD; i++) {
            String wrong = tally.wrong[i];
            if (wrong == null) {
                continue;
            }
            told++;
            if (folder == null) {
                folder = Files.createTempDirectory("norma-force");
            }
            Files.createDirectories(folder);
            Path file = folder.resolve(scenario.name() + "-" + arch.label() + "-" + i + ".way");
            new Way(scenario.name(), ways.get(i).choices()).write(file);
            out.println("  " + wrong.replace("\n", "\n  "));
            out.println(
                    "  replay: ./norma force --arch "
                            + arch.label()
                            + options.overlay.map(o -> " --overlay " + ShellWord.of(o)).orElse("")
                            + " --replay "
                            + ShellWord.of(file));
        }
    }

    /** The command line is wrong. */
    private static final class UsageException extends Exception {
        private static final long serialVersionUID = 1;

        UsageException(String message) {
            super(message);
        }
    }

    private static final class Options {
        private static final int WAYS = 20;

        final List<Case> scenarios = new ArrayList<>();
        final List<Arch> archs = new ArrayList<>();
        int ways = WAYS;
        long seed = 1;
        boolean mutants;
        Optional<Path> overlay = Optional.empty();
        @Nullable Path replay;
        @Nullable Way way;
        @Nullable Path out;

        static Options parse(String[] arguments) throws UsageException, IOException {
            Options options = new Options();
            Iterator<String> words = List.of(arguments).iterator();
            while (words.hasNext()) {
                String name = words.next();
                if (name.equals("--mutants")) {
                    options.mutants = true;
                    continue;
                }
                if (!words.hasNext()) {
                    throw new UsageException(name + " needs a value, or there is no such option");
                }
                options.set(name, words.next());
            }
            if (options.archs.isEmpty()) {
                options.archs.addAll(List.of(Arch.values()));
            }
            Path replay = options.replay;
            if (replay != null) {
                Way way = Way.read(replay);
                options.way = way;
                options.scenarios.clear();
                options.scenarios.add(way.in(replay));
            }
            if (options.scenarios.isEmpty()) {
                Case.names().forEach(name -> options.scenarios.add(Case.named(name)));
            }
            return options;
        }

        private void set(String name, String value) throws UsageException {
            switch (name) {
                case "--scenario" -> scenarios.add(Case.named(value));
                case "--arch" -> archs.add(arch(value));
                case "--ways" -> ways = (int) number(name, value, 1, 100_000);
                case "--seed" -> seed = number(name, value, 0, Long.MAX_VALUE);
                case "--overlay" -> overlay = Optional.of(Path.of(value));
                case "--replay" -> replay = Path.of(value);
                case "--out" -> out = Path.of(value);
                default -> throw new UsageException("what is " + name + "?");
            }
        }

        private static long number(String name, String value, long least, long most)
                throws UsageException {
            try {
                long number = Long.parseLong(value);
                if (number >= least && number <= most) {
                    return number;
                }
            } catch (NumberFormatException e) {
                // Reported below, like a number out of range.
            }
            throw new UsageException(
                    name + " takes a number from " + least + " to " + most + ", not " + value);
        }

        private static Arch arch(String value) throws UsageException {
            for (Arch arch : Arch.values()) {
                if (arch.label().equals(value)) {
                    return arch;
                }
            }
            throw new UsageException("no architecture " + value + "; there are riscv64, x86_64");
        }
    }
}
