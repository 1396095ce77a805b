package norma.cli.gate;

import java.io.IOException;
import java.io.PrintStream;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A command of this very build, run as a user would but in a JVM of its own. Its test cases are
 * those of its last line {@code N passed, N failed}; a command without one is one case.
 *
 * @param name the gate's name
 * @param budgetSeconds what it may take
 * @param arguments the command line after {@code norma}
 */
public record CommandGate(String name, int budgetSeconds, List<String> arguments) implements Gate {
    private static final Pattern TOTALS =
            Pattern.compile(
                    "(\\d+) passed, (\\d+) failed(?:, (\\d+) inconclusive)?(?:, (\\d+) skipped)?"
                            + "(?:, (\\d+) trusted)?");

    @Override
    public GateResult run(GateContext context, PrintStream out) {
        long[] totals = {-1, 0, 0, 0};
        try {
            int exit =
                    ChildProcess.run(
                            context.root(),
                            command(),
                            3L * budgetSeconds,
                            line -> {
                                out.println("  " + line);
                                note(line, totals);
                            });
            String how =
                    exit == ChildProcess.DEADLINE
                            ? "killed at three times its budget"
                            : "exit code " + exit + " of norma " + String.join(" ", arguments);
            long passed = totals[0] >= 0 ? totals[0] : (exit == 0 ? 1 : 0);
            return GateResult.of(passed, totals[1], totals[2], exit, how).trusting(totals[3]);
        } catch (IOException e) {
            return new GateResult(0, 1, 0, e.toString());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return new GateResult(0, 1, 0, "interrupted");
        }
    }

    /** Takes passed, failed, skipped and trusted from a line of totals; no verdict is a failure. */
    static void note(String line, long[] totals) {
        Matcher matcher = TOTALS.matcher(line.strip());
        if (matcher.matches()) {
            totals[0] = Long.parseLong(matcher.group(1));
            totals[1] = Long.parseLong(matcher.group(2)) + number(matcher.group(3));
            totals[2] = number(matcher.group(4));
            totals[3] = number(matcher.group(5));
        }
    }

    private static long number(@Nullable String digits) {
        return digits == null ? 0 : Long.parseLong(digits);
    }

    /** The same JVM, flags and class path: not the wrapper, which might build newer sources. */
    private List<String> command() {
        List<String> command = new ArrayList<>();
        command.add(System.getProperty("java.home") + "/bin/java");
        command.addAll(ManagementFactory.getRuntimeMXBean().getInputArguments());
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), "norma.cli.Main"));
        command.addAll(arguments);
        return command;
    }
}
