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
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import norma.conformance.check.Reason;
import norma.conformance.conform.KillRows.Row;
import norma.conformance.job.ConformOptions;
import norma.conformance.job.Images;
import norma.conformance.job.Images.ImageBuildException;
import norma.conformance.job.UsageException;
import norma.conformance.job.Verdicts;
import norma.conformance.machine.Arch;
import norma.conformance.machine.Plugin;
import norma.conformance.mutant.Mutant;
import norma.conformance.mutant.Mutants;
import norma.conformance.mutant.MutationException;
import norma.conformance.mutant.Overlay;
import norma.conformance.mutant.Place;
import norma.conformance.reach.LineTable;
import norma.conformance.reach.Reach;
import norma.conformance.report.CaseResult;
import norma.conformance.report.CaseResult.Status;
import norma.conformance.report.Report;
import norma.conformance.saved.Unfinished;
import org.jspecify.annotations.Nullable;

/**
 * Runs kernels with seeded bugs until the validator finds each of them wrong.
 *
 * <p>A mutant is killed only by a verdict DIVERGES on a case on which the unmodified kernel, in the
 * same run, conforms; otherwise the matrix is void. Scenarios' own checks and deadlines kill
 * nothing, and neither does a run in which none of the mutant's edits was executed.
 */
final class KillMatrix {
    private static final Duration DEADLINE = Duration.ofSeconds(10);

    /** Shorter than for the kernel itself: a mutant that stops would stop for good. */
    private static final Duration QUIET = Duration.ofSeconds(3);

    private final ConformOptions options;
    private final PrintStream out;
    private final List<Scenario> scenarios;
    private final CaseRunner runner;
    private final Map<Case, CaseResult> baseline = new HashMap<>();
    private final KillRows rows;
    private boolean broken;

    /** One row to come. */
    private record Job(Candidate candidate, Arch arch) {
        Path build() throws ImageBuildException {
            return image(arch, Optional.of(candidate.overlay()));
        }
    }

    /** One image at a time is built, whoever wants it. */
    private static synchronized Path image(Arch arch, Optional<Path> overlay)
            throws ImageBuildException {
        return Images.kernel(arch, overlay);
    }

    KillMatrix(ConformOptions options, PrintStream out) throws UsageException {
        this.options = options;
        this.out = out;
        scenarios = Scenarios.select(options.scenarios());
        boolean told = options.mutantClasses().isPresent() || !options.mutantNames().isEmpty();
        runner = new CaseRunner(DEADLINE, QUIET, told);
        rows = new KillRows(out, options, told);
    }

    /** Runs the matrix; the exit code. */
    int run() throws IOException, ImageBuildException, UsageException {
        long start = System.nanoTime();
        Path folder = Files.createTempDirectory(Unfinished.prefix("mutants"));
        Unfinished.add(folder);
        try {
            List<Candidate> candidates = candidates(folder);
            Path source = Images.root().resolve("conformance/native/reached/reached.c");
            Path plugin = Plugin.compile(source, folder);
            List<Job> jobs = new ArrayList<>();
            int number = 0;
            for (Candidate candidate : candidates) {
                archs(number++).forEach(arch -> jobs.add(new Job(candidate, arch)));
            }
            if (!rows(jobs, plugin, folder.resolve("reached.map"))) {
                out.println("VOID: the unmodified kernel does not conform");
            }
        } finally {
            Unfinished.delete(folder);
        }
        return finish(start);
    }

    /** All rows, each image built while the one before it runs; false if the matrix is void. */
    private boolean rows(List<Job> jobs, Path plugin, Path map)
            throws IOException, ImageBuildException {
        ExecutorService builder = Executors.newSingleThreadExecutor();
        try {
            Future<Path> next = jobs.isEmpty() ? null : builder.submit(jobs.getFirst()::build);
            for (int i = 0; i < jobs.size() && !broken && next != null; i++) {
                Future<Path> image = next;
                next = i + 1 < jobs.size() ? builder.submit(jobs.get(i + 1)::build) : null;
                row(jobs.get(i), image, plugin, map);
            }
        } finally {
            builder.shutdownNow();
            builder.close();
        }
        return !broken;
    }

    /** All architectures; in a quick run one for each mutant, in turn. */
    private List<Arch> archs(int number) {
        List<Arch> all = options.archs().isEmpty() ? List.of(Arch.values()) : options.archs();
        return options.quick() ? List.of(all.get(number % all.size())) : all;
    }

    private List<Candidate> candidates(Path folder) throws IOException, UsageException {
        return options.mutantClasses().isPresent()
                ? new GivenClasses(options.mutantClasses().get(), KillMatrix.class.getClassLoader())
                        .candidates(options.mutantNames())
                : builtIn(folder);
    }

    private List<Candidate> builtIn(Path folder) throws IOException, UsageException {
        List<Candidate> candidates = new ArrayList<>();
        Overlay overlay = new Overlay(KillMatrix.class.getClassLoader());
        Set<String> selected =
                MutantNames.select(
                        options.mutantNames(), Mutants.ALL.stream().map(Mutant::name).toList());
        for (Mutant mutant : Mutants.ALL) {
            if (!selected.contains(mutant.name())) {
                continue;
            }
            String kind = mutant.kind().name().toLowerCase(Locale.ROOT);
            try {
                Path classes = folder.resolve(mutant.name());
                List<Place> places = overlay.write(mutant, classes);
                candidates.add(
                        new Candidate(mutant.name(), kind, mutant.scenarios(), classes, places));
            } catch (MutationException e) {
                rows.notBuilt(mutant.name(), kind, null, String.valueOf(e.getMessage()));
            }
        }
        return candidates;
    }

    private void row(Job job, Future<Path> building, Path plugin, Path map)
            throws IOException, ImageBuildException {
        Candidate candidate = job.candidate();
        Arch arch = job.arch();
        Row row = new Row(candidate.name(), candidate.kind(), arch, System.nanoTime());
        out.println("RUN         " + candidate.name() + " " + arch.label());
        out.flush();
        Path image;
        try {
            image = building.get();
        } catch (ExecutionException e) {
            Throwable why = e.getCause();
            if (!(why instanceof ImageBuildException)) {
                throw new IllegalStateException("the image of " + candidate.name(), why);
            }
            rows.notBuilt(row.mutant(), row.kind(), arch, String.valueOf(why.getMessage()));
            return;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
        }
        Reach reach = Reach.of(LineTable.read(image), candidate.places(), plugin, map);
        Reach.@Nullable Result best = null;
        int runs = 0;
        for (Case selected : Attempts.of(candidate.scenarios(), scenarios, arch, options)) {
            CaseResult result = reach.during(() -> runner.run(selected, image, candidate.name()));
            runs++;
            Reach.Result reached = reach.result();
            if (kills(result)) {
                if (!conforms(selected)) {
                    broken = true;
                } else if (reached.reached()) {
                    rows.killed(row, selected, result, reached);
                } else {
                    rows.notReached(row, selected, result, reached);
                }
                return;
            }
            best = best == null || reached.reached() ? reached : best;
        }
        if (best != null) {
            rows.survived(row, runs, best);
        }
    }

    private static boolean kills(CaseResult result) {
        return result.status() == Status.FAILED && !result.reason().equals(CaseRunner.SELF_CHECK);
    }

    /** The unmodified kernel on the same case, once. */
    private boolean conforms(Case selected) throws ImageBuildException {
        CaseResult result = baseline.get(selected);
        if (result == null) {
            result = runner.run(selected, image(selected.arch(), Optional.empty()));
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

    private int finish(long start) throws IOException {
        Report report = new Report("norma conform --mutants", rows.all());
        Map<String, Object> further = new LinkedHashMap<>();
        further.put("void", broken);
        ConformEngineImpl.write(options, report, further);
        long killed = report.count(Status.PASSED);
        long failed = report.count(Status.FAILED);
        long errors = report.count(Status.INCONCLUSIVE);
        long unreached =
                rows.all().stream().filter(r -> r.reason().equals(KillRows.NOT_REACHED)).count();
        out.println(
                String.format(
                        Locale.ROOT,
                        "%d killed, %d survived, %d not reached, %d not built, in %.0f s",
                        killed,
                        failed - unreached,
                        unreached,
                        errors,
                        (System.nanoTime() - start) / 1e9));
        out.println(Verdicts.totals(killed, failed, errors));
        if (broken) {
            boolean diverges =
                    baseline.values().stream().anyMatch(r -> r.status() == Status.FAILED);
            return diverges ? Verdicts.VIOLATION : Verdicts.INCONCLUSIVE;
        }
        return ConformEngineImpl.exitCode(report);
    }
}
