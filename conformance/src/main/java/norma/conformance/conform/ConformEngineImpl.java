package norma.conformance.conform;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Supplier;
import norma.conformance.check.Reason;
import norma.conformance.job.ConformEngine;
import norma.conformance.job.ConformOptions;
import norma.conformance.job.Images;
import norma.conformance.job.Images.ImageBuildException;
import norma.conformance.job.Verdicts;
import norma.conformance.machine.Accel;
import norma.conformance.machine.Arch;
import norma.conformance.report.CaseResult;
import norma.conformance.report.CaseResult.Status;
import norma.conformance.report.JUnitXml;
import norma.conformance.report.JsonReport;
import norma.conformance.report.Report;

/** Runs the selected cases one after another, and says of each what came of it. */
public final class ConformEngineImpl implements ConformEngine {
    /** Longest host time of a case; each has less than two seconds of guest time. */
    private static final Duration DEADLINE = Duration.ofSeconds(60);

    /** A guest without an event for so long is stuck. */
    private static final Duration QUIET = Duration.ofSeconds(10);

    /** Runs of a case whose timing is the host's, until it shows what its scenario requires. */
    static final int TRIES = 3;

    /** For the service loader. */
    public ConformEngineImpl() {}

    @Override
    public List<String> scenarios() {
        return Scenarios.NAMES;
    }

    @Override
    public int conform(ConformOptions options, PrintStream out) throws Exception {
        if (options.mutants()) {
            return new KillMatrix(options, out).run();
        }
        List<Case> cases = Selection.of(options);
        Map<Arch, Path> images = images(cases);
        CaseRunner runner = new CaseRunner(DEADLINE, QUIET, true);
        List<CaseResult> results = new ArrayList<>();
        for (Case selected : cases) {
            out.println("RUN   " + selected.name());
            out.flush();
            Path image = image(images, selected.arch());
            CaseResult result = run(selected, () -> runner.run(selected, image), out);
            results.add(result);
            print(result, out);
        }
        Report report = new Report("norma conform", results);
        write(options, report, Map.of());
        long passed = report.count(Status.PASSED);
        long inconclusive = report.count(Status.INCONCLUSIVE);
        out.println(Verdicts.totals(passed, results.size() - passed - inconclusive, inconclusive));
        return exitCode(report);
    }

    /** Makes one run, and again if it conforms and shows too little; the last one counts. */
    static CaseResult run(Case selected, Supplier<CaseResult> runs, PrintStream out) {
        CaseResult result = runs.get();
        for (int tries = 1; tries < TRIES && tooFew(selected, result); tries++) {
            out.println("AGAIN " + result.summary());
            out.flush();
            result = runs.get();
        }
        return result;
    }

    /**
     * Has a run whose timing is the host's conformed, and shown less than its scenario requires?
     */
    private static boolean tooFew(Case selected, CaseResult result) {
        return selected.accel() != Accel.ICOUNT
                && result.status() == Status.INCONCLUSIVE
                && result.reason().equals(Reason.EMPTY.name());
    }

    /** The unmodified kernel, built once for each architecture that is selected. */
    static Map<Arch, Path> images(List<Case> cases) throws ImageBuildException {
        Map<Arch, Path> images = new EnumMap<>(Arch.class);
        for (Case selected : cases) {
            if (!images.containsKey(selected.arch())) {
                images.put(selected.arch(), Images.kernel(selected.arch()));
            }
        }
        return images;
    }

    static Path image(Map<Arch, Path> images, Arch arch) {
        Path image = images.get(arch);
        if (image == null) {
            throw new IllegalStateException("no image for " + arch);
        }
        return image;
    }

    /** One line, and for a case that did not pass what is known of why. */
    static void print(CaseResult result, PrintStream out) {
        out.println(
                String.format(
                        Locale.ROOT,
                        "%s  %s events=%d seconds=%.2f%s",
                        word(result.status()),
                        result.name(),
                        result.events(),
                        result.seconds(),
                        result.reason().isEmpty()
                                ? ""
                                : " " + result.reason() + ": " + result.summary()));
        if (result.status() != Status.PASSED) {
            result.details().forEach(line -> out.println("        " + line));
            out.println("        replay: " + result.replay());
        }
        out.flush();
    }

    private static String word(Status status) {
        return switch (status) {
            case PASSED -> "PASS";
            case FAILED -> "FAIL";
            case INCONCLUSIVE -> "NONE";
        };
    }

    static void write(ConformOptions options, Report report, Map<String, ?> further)
            throws IOException {
        if (options.json().isPresent()) {
            JsonReport.write(report, further, options.json().get());
        }
        if (options.junit().isPresent()) {
            JUnitXml.write(report, options.junit().get());
        }
    }

    /** A violation outweighs a missing verdict; nothing at all is its own code. */
    static int exitCode(Report report) {
        if (report.results().isEmpty()) {
            return Verdicts.NOTHING_RAN;
        }
        if (report.count(Status.FAILED) > 0) {
            return Verdicts.VIOLATION;
        }
        return report.count(Status.INCONCLUSIVE) > 0 ? Verdicts.INCONCLUSIVE : Verdicts.PASS;
    }
}
