package norma.conformance.conform;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import norma.conformance.check.Reason;
import norma.conformance.job.ConformOptions;
import norma.conformance.job.Images;
import norma.conformance.job.Images.ImageBuildException;
import norma.conformance.job.UsageException;
import norma.conformance.job.Verdicts;
import norma.conformance.machine.Arch;
import norma.conformance.mutant.Mutant;
import norma.conformance.mutant.Mutants;
import norma.conformance.mutant.MutationException;
import norma.conformance.mutant.Overlay;
import norma.conformance.report.CaseResult;
import norma.conformance.report.CaseResult.Status;
import norma.conformance.report.Report;

/**
 * Runs kernels with seeded bugs until the validator finds each of them wrong.
 *
 * <p>A mutant is killed only by a verdict DIVERGES on a case on which the unmodified kernel, in the
 * same run, conforms; otherwise the matrix is void. Scenarios' own checks and deadlines kill
 * nothing. Where the case is deterministic, the kill also shows that the mutated instruction was
 * reached: up to it both kernels do the same.
 */
final class KillMatrix {
    private static final Duration DEADLINE = Duration.ofSeconds(10);

    /** Shorter than for the kernel itself: a mutant that stops would stop for good. */
    private static final Duration QUIET = Duration.ofSeconds(3);

    private final ConformOptions options;
    private final PrintStream out;
    private final List<Scenario> scenarios;
    private final CaseRunner runner = new CaseRunner(DEADLINE, QUIET, false);
    private final Map<Case, CaseResult> baseline = new HashMap<>();
    private final List<CaseResult> rows = new ArrayList<>();
    private boolean broken;

    /** A mutant's class files, ready to be laid over the kernel's. */
    private record Candidate(String name, String kind, List<String> scenarios, Path overlay) {}

    KillMatrix(ConformOptions options, PrintStream out) throws UsageException {
        this.options = options;
        this.out = out;
        scenarios = Scenarios.select(options.scenarios());
    }

    /** Runs the matrix; the exit code. */
    int run() throws IOException, ImageBuildException {
        long start = System.nanoTime();
        Path folder = Files.createTempDirectory("norma-mutants");
        try {
            int number = 0;
            for (Candidate candidate : candidates(folder)) {
                for (Arch arch : archs(number++)) {
                    row(candidate, arch);
                    if (broken) {
                        out.println("VOID: the unmodified kernel does not conform");
                        return finish(start);
                    }
                }
            }
        } finally {
            deleteTree(folder);
        }
        return finish(start);
    }

    /** All architectures; in a quick run one for each mutant, in turn. */
    private List<Arch> archs(int number) {
        List<Arch> all = options.archs().isEmpty() ? List.of(Arch.values()) : options.archs();
        return options.quick() ? List.of(all.get(number % all.size())) : all;
    }

    private List<Candidate> candidates(Path folder) throws IOException {
        List<Candidate> candidates = new ArrayList<>();
        Overlay overlay = new Overlay(KillMatrix.class.getClassLoader());
        for (Mutant mutant :
                options.mutantClasses().isPresent() ? List.<Mutant>of() : Mutants.ALL) {
            String kind = mutant.kind().name().toLowerCase(Locale.ROOT);
            try {
                Path classes = folder.resolve(mutant.name());
                overlay.write(mutant, classes);
                candidates.add(new Candidate(mutant.name(), kind, mutant.scenarios(), classes));
            } catch (MutationException e) {
                error(mutant.name(), kind, "", String.valueOf(e.getMessage()));
            }
        }
        if (options.mutantClasses().isPresent()) {
            try (Stream<Path> given = Files.list(options.mutantClasses().get())) {
                for (Path classes : given.filter(Files::isDirectory).sorted().toList()) {
                    String name = String.valueOf(classes.getFileName());
                    candidates.add(new Candidate(name, "given", List.of(), classes));
                }
            }
        }
        return candidates;
    }

    private void row(Candidate candidate, Arch arch) throws ImageBuildException {
        long start = System.nanoTime();
        out.println("RUN      " + candidate.name() + " " + arch.label());
        out.flush();
        Path image;
        try {
            image = Images.kernel(arch, Optional.of(candidate.overlay()));
        } catch (ImageBuildException e) {
            error(candidate.name(), candidate.kind(), arch.label(), String.valueOf(e.getMessage()));
            return;
        }
        int runs = 0;
        for (Case selected : Attempts.of(candidate.scenarios(), scenarios, arch, options)) {
            CaseResult result = runner.run(selected, image);
            runs++;
            if (kills(result)) {
                if (conforms(selected)) {
                    killed(candidate, selected, result, start);
                } else {
                    broken = true;
                }
                return;
            }
        }
        survived(candidate, arch, runs, start);
    }

    private static boolean kills(CaseResult result) {
        return result.status() == Status.FAILED && !result.reason().equals(CaseRunner.SELF_CHECK);
    }

    /** The unmodified kernel on the same case, once. */
    private boolean conforms(Case selected) throws ImageBuildException {
        CaseResult result = baseline.get(selected);
        if (result == null) {
            result = runner.run(selected, Images.kernel(selected.arch()));
            baseline.put(selected, result);
            if (!conforms(result)) {
                ConformEngineImpl.print(result, out);
            }
        }
        return conforms(result);
    }

    /** A trace that conforms and only exercised too little is no reason to doubt a kill. */
    private static boolean conforms(CaseResult result) {
        return result.status() == Status.PASSED || result.reason().equals(Reason.EMPTY.name());
    }

    private void killed(Candidate candidate, Case by, CaseResult result, long start) {
        String where = by.scenario().name() + "/" + by.accel().label() + by.cpus();
        String property = property(result);
        double seconds = print("killed", candidate, by.arch(), where, property, start);
        if (options.mutantClasses().isPresent()) {
            out.println("         " + result.reason() + ": " + result.summary());
            result.details().forEach(line -> out.println("           " + line));
        }
        rows.add(
                new CaseResult(
                        candidate.kind(),
                        candidate.name() + " " + by.arch().label(),
                        Status.PASSED,
                        result.reason(),
                        where + ": " + property,
                        result.details(),
                        "./norma conform "
                                + options.mutantClasses()
                                        .map(given -> "--mutant-classes " + given)
                                        .orElse("--mutants")
                                + " --arch "
                                + by.arch().label()
                                + " --scenario "
                                + by.scenario().name(),
                        result.events(),
                        seconds));
    }

    private void survived(Candidate candidate, Arch arch, int runs, long start) {
        String what = "not found in " + runs + " runs";
        double seconds = print("survived", candidate, arch, "-", what, start);
        rows.add(
                new CaseResult(
                        candidate.kind(),
                        candidate.name() + " " + arch.label(),
                        Status.FAILED,
                        "SURVIVED",
                        what,
                        List.of(),
                        "./norma conform --mutants --arch " + arch.label(),
                        0,
                        seconds));
    }

    private double print(
            String word, Candidate candidate, Arch arch, String where, String what, long start) {
        double seconds = (System.nanoTime() - start) / 1e9;
        out.println(
                String.format(
                        Locale.ROOT,
                        "%-8s %-28s %-11s %-7s %-24s %5.1fs  %s",
                        word,
                        candidate.name(),
                        candidate.kind(),
                        arch.label(),
                        where,
                        seconds,
                        what));
        out.flush();
        return seconds;
    }

    /** What was violated, without the particulars of the event. */
    static String property(CaseResult result) {
        String summary = result.summary();
        if (result.reason().equals(Reason.ACTION_NOT_ENABLED.name())) {
            int conjunct = summary.lastIndexOf(": ");
            int action = summary.indexOf(' ');
            if (conjunct > action && action > 0) {
                String name = summary.substring(conjunct + 2).replace(" is false", "");
                return result.reason() + " " + summary.substring(0, action) + "/" + name;
            }
        }
        return result.reason() + " " + summary.substring(0, Math.min(80, summary.length()));
    }

    private void error(String name, String kind, String arch, String message) {
        out.println(
                String.format(
                        Locale.ROOT,
                        "%-8s %-28s %-11s %-7s %s",
                        "error",
                        name,
                        kind,
                        arch,
                        message));
        rows.add(
                new CaseResult(
                        kind,
                        name + " " + arch,
                        Status.INCONCLUSIVE,
                        "NOT_BUILT",
                        message.lines().findFirst().orElse(""),
                        message.lines().toList(),
                        "./norma conform --mutants",
                        0,
                        0));
    }

    private int finish(long start) throws IOException {
        Report report = new Report("norma conform --mutants", rows);
        Map<String, Object> further = new LinkedHashMap<>();
        further.put("void", broken);
        ConformEngineImpl.write(options, report, further);
        long killed = report.count(Status.PASSED);
        long survived = report.count(Status.FAILED);
        long errors = report.count(Status.INCONCLUSIVE);
        out.println(
                String.format(
                        Locale.ROOT,
                        "%d killed, %d survived, %d not built, in %.0f s",
                        killed,
                        survived,
                        errors,
                        (System.nanoTime() - start) / 1e9));
        out.println(killed + " passed, " + (survived + errors) + " failed");
        if (broken) {
            boolean diverges =
                    baseline.values().stream().anyMatch(r -> r.status() == Status.FAILED);
            return diverges ? Verdicts.VIOLATION : Verdicts.INCONCLUSIVE;
        }
        return ConformEngineImpl.exitCode(report);
    }

    private static void deleteTree(Path folder) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.sorted(java.util.Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }
}
