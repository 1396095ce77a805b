package norma.conformance.engine;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import norma.conformance.check.Finding;
import norma.conformance.check.Validator;
import norma.conformance.check.Verdict;
import norma.conformance.job.ShellWord;
import norma.conformance.job.ValidateEngine;
import norma.conformance.job.Verdicts;
import norma.conformance.saved.SavedCheck;
import norma.conformance.saved.SavedTrace;
import norma.conformance.saved.SavedTrace.TraceException;
import norma.conformance.saved.StateDifference;

/** {@code norma validate}: checks a saved trace, and recomputes every count of its run. */
public final class ValidateEngineImpl implements ValidateEngine {
    /** For the service loader. */
    public ValidateEngineImpl() {}

    @Override
    public int validate(Path file, PrintStream out) throws IOException {
        SavedTrace trace;
        try {
            trace = SavedTrace.read(file);
        } catch (TraceException e) {
            out.println(
                    "VERDICT "
                            + Verdict.INCONCLUSIVE
                            + " reason="
                            + e.reason()
                            + " "
                            + file
                            + ": "
                            + e.getMessage());
            return Verdicts.INCONCLUSIVE;
        }
        long start = System.nanoTime();
        SavedCheck check = SavedCheck.of(trace);
        Validator validator = check.validator();
        Finding finding = check.finding();
        double seconds = (System.nanoTime() - start) / 1e9;
        out.println(validator.counts().text());
        out.printf(
                "witnessed answers=%d snapshots=%d validation=%.2f s %.0f events/s%n",
                validator.witnessed(),
                validator.compared(),
                seconds,
                validator.counts().events() / seconds);
        if (finding != null) {
            out.println(
                    finding.reason()
                            + (finding.event() < 0 ? "" : " at event " + finding.event())
                            + ": "
                            + finding.summary());
            finding.details().forEach(line -> out.println("  " + line));
            StateDifference.lines(trace, finding).forEach(line -> out.println("  " + line));
            out.println("replay: ./norma validate " + ShellWord.of(file));
        }
        out.println(
                VerdictLine.of(
                        trace.header().arch(),
                        trace.header().cpus(),
                        validator.counts(),
                        finding,
                        check.from()));
        return VerdictLine.verdict(finding, check.from()).exitCode();
    }
}
