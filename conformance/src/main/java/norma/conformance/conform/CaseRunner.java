package norma.conformance.conform;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import norma.conformance.check.Finding;
import norma.conformance.check.Reason;
import norma.conformance.check.Verdict;
import norma.conformance.engine.Failures;
import norma.conformance.report.CaseResult;
import norma.conformance.report.CaseResult.Status;
import norma.conformance.saved.StateDifference;
import norma.conformance.scenario.Outcome;
import norma.conformance.scenario.Plan;
import norma.conformance.scenario.Session;

/** One validated run of one case. The machine is closed when it returns. */
final class CaseRunner {
    /** Something happened that the scenario's own checks forbid, though each event was legal. */
    static final String SELF_CHECK = "SELF_CHECK";

    private static final int CONSOLE_LINES = 4;

    private final Duration deadline;
    private final Duration quiet;
    private final boolean keep;

    /**
     * A guest without an event for {@code quiet} is stuck; one alive at the deadline is killed.
     * {@code keep}: the trace of a run that diverges is kept, with its shortest failing prefix.
     */
    CaseRunner(Duration deadline, Duration quiet, boolean keep) {
        this.keep = keep;
        this.deadline = deadline;
        this.quiet = quiet;
    }

    /** Runs {@code selected} on {@code kernel}; every way it can end is a result. */
    CaseResult run(Case selected, Path kernel) {
        return run(selected, kernel, "conform");
    }

    /** The same; the names of what is kept begin with {@code what}. */
    CaseResult run(Case selected, Path kernel, String what) {
        long start = System.nanoTime();
        try {
            Path trace = Failures.file(what + "-" + selected.name().replace(' ', '-'));
            Plan plan =
                    new Plan(
                            selected.arch(),
                            selected.cpus(),
                            selected.accel(),
                            kernel,
                            selected.scenario().script(),
                            selected.seed(),
                            deadline,
                            Optional.of(trace));
            Outcome outcome = new Session(plan, (validator, seconds) -> {}, quiet).run();
            CaseResult result = judge(selected, outcome, trace);
            Failures.settle(trace, false, keep ? outcome.finding() : null);
            return result;
        } catch (IOException | UncheckedIOException e) {
            return result(
                    selected,
                    Status.INCONCLUSIVE,
                    Reason.MACHINE.name(),
                    String.valueOf(e.getMessage()),
                    List.of(),
                    0,
                    (System.nanoTime() - start) / 1e9);
        }
    }

    private CaseResult judge(Case selected, Outcome outcome, Path trace) {
        Finding finding = outcome.finding();
        long events = outcome.counts().events();
        if (finding != null) {
            Status status =
                    finding.verdict() == Verdict.DIVERGES ? Status.FAILED : Status.INCONCLUSIVE;
            List<String> details = new ArrayList<>(finding.details());
            if (finding.event() >= 0) {
                details.addFirst("at event " + finding.event());
            }
            details.addAll(StateDifference.lines(trace, finding));
            List<String> console = outcome.console();
            console.stream()
                    .skip(Math.max(0, console.size() - CONSOLE_LINES))
                    .forEach(line -> details.add("console: " + line));
            outcome.counts().text().lines().forEach(details::add);
            if (keep) {
                details.addAll(Failures.prefix(trace, finding));
            }
            return result(
                    selected,
                    status,
                    finding.reason().name(),
                    finding.summary(),
                    details,
                    events,
                    outcome.seconds());
        }
        boolean suffix = selected.scenario().script().recording().live() == (outcome.from() >= 0);
        if (suffix) {
            return result(
                    selected,
                    Status.FAILED,
                    SELF_CHECK,
                    "validated from record "
                            + outcome.from()
                            + ", which its recorder does not explain",
                    List.of(),
                    events,
                    outcome.seconds());
        }
        Requirements.Unmet unmet =
                selected.scenario().requirements().unmet(outcome.counts(), selected.cpus());
        if (unmet != null) {
            return result(
                    selected,
                    unmet.tooMany() ? Status.FAILED : Status.INCONCLUSIVE,
                    unmet.tooMany() ? SELF_CHECK : Reason.EMPTY.name(),
                    "the scenario requires " + unmet.text(),
                    outcome.counts().text().lines().toList(),
                    events,
                    outcome.seconds());
        }
        return result(selected, Status.PASSED, "", "", List.of(), events, outcome.seconds());
    }

    private static CaseResult result(
            Case selected,
            Status status,
            String reason,
            String summary,
            List<String> details,
            long events,
            double seconds) {
        return new CaseResult(
                selected.scenario().name(),
                selected.name(),
                status,
                reason,
                summary,
                details,
                selected.replay(),
                events,
                seconds);
    }
}
