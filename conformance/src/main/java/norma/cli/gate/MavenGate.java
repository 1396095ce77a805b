package norma.cli.gate;

import java.io.IOException;
import java.io.PrintStream;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/**
 * A Maven run through the shell wrapper, which knows the JDK and holds the build's lock. Shows each
 * module and test class before it runs; counts test cases from the reports.
 *
 * @param name the gate's name
 * @param budgetSeconds what it may take
 * @param runsTests whether it must have run tests; otherwise the run itself is its one case
 * @param arguments Maven's goals and options
 */
public record MavenGate(String name, int budgetSeconds, boolean runsTests, List<String> arguments)
        implements Gate {
    /** Of Maven's log: modules, test classes as they start, their results, and what is wrong. */
    private static final Pattern SHOWN =
            Pattern.compile(
                    "\\[INFO\\] (Building Norma .*\\[\\d+/\\d+\\]|Running .*|Tests run:.* in .*)"
                            + "|\\[ERROR\\].*|\\[WARNING\\] .*\\.java:.*");

    /** What Maven adds to every failure, whatever it was. */
    private static final Pattern BOILERPLATE =
            Pattern.compile(
                    "\\[ERROR\\] *(|-> \\[Help 1\\]|To see the full stack.*|Re-run Maven.*|For more information.*"
                            + "|\\[Help 1\\].*|After correcting.*|mvn <args>.*)");

    @Override
    public GateResult run(GateContext context, PrintStream out) {
        // Whole seconds: some file systems cut modification times.
        Instant start = Instant.now().truncatedTo(ChronoUnit.SECONDS);
        List<String> command = new ArrayList<>();
        command.add(context.root().resolve("norma").toString());
        command.addAll(List.of("--maven", context.root().resolve(".norma/test.log").toString()));
        command.addAll(arguments);
        command.add("--fail-at-end");
        try {
            int exit =
                    ChildProcess.run(
                            context.root(), command, 3L * budgetSeconds, line -> show(line, out));
            if (!runsTests && exit == 0) {
                return new GateResult(1, 0, 0, "");
            }
            SurefireTotals totals = SurefireTotals.collect(context.root(), start);
            return GateResult.of(
                    totals.passed(),
                    totals.failed(),
                    totals.skipped(),
                    exit,
                    exit == ChildProcess.DEADLINE
                            ? "killed at three times its budget"
                            : "Maven exit code " + exit + ", log in .norma/test.log");
        } catch (IOException e) {
            return new GateResult(0, 1, 0, e.toString());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return new GateResult(0, 1, 0, "interrupted");
        }
    }

    private static void show(String line, PrintStream out) {
        if (SHOWN.matcher(line).matches() && !BOILERPLATE.matcher(line).matches()) {
            out.println("  " + line.replaceFirst("^\\[INFO\\] ", "").replaceAll(" +\\[", " ["));
        }
    }
}
