package norma.conformance.conform;

import java.io.PrintStream;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import norma.conformance.check.Reason;
import norma.conformance.job.ConformOptions;
import norma.conformance.job.ShellWord;
import norma.conformance.machine.Accel;
import norma.conformance.machine.Arch;
import norma.conformance.reach.Reach;
import norma.conformance.report.CaseResult;
import norma.conformance.report.CaseResult.Status;
import org.jspecify.annotations.Nullable;

/** The rows of the kill matrix: printed when they are known, kept for the reports. */
final class KillRows {
    /** Reason of a run that diverged without the mutant. */
    static final String NOT_REACHED = "NOT_REACHED";

    private final PrintStream out;
    private final ConformOptions options;
    private final boolean told;
    private final List<CaseResult> rows = new ArrayList<>();

    /**
     * One mutant on one architecture.
     *
     * @param startNanos when its first run began
     */
    record Row(String mutant, String kind, Arch arch, long startNanos) {}

    /**
     * Rows of a matrix of these options.
     *
     * @param told somebody asked for these mutants in particular: he is told all that was found
     */
    KillRows(PrintStream out, ConformOptions options, boolean told) {
        this.out = out;
        this.options = options;
        this.told = told;
    }

    List<CaseResult> all() {
        return rows;
    }

    /** A run diverged, and an edit had been executed in it. */
    void killed(Row row, Case by, CaseResult result, Reach.Result reach) {
        add("killed", Status.PASSED, row, by, reach, result, result.reason());
    }

    /** A run diverged without any of the edits: whatever was wrong, it was not the mutant. */
    void notReached(Row row, Case by, CaseResult result, Reach.Result reach) {
        add("not-reached", Status.FAILED, row, by, reach, result, NOT_REACHED);
    }

    /** No run diverged; {@code reach} is the closest that any came. */
    void survived(Row row, int runs, Reach.Result reach) {
        add("survived", Status.FAILED, row, null, reach, unknown(runs), "SURVIVED");
    }

    private static CaseResult unknown(int runs) {
        String what = "not found in " + runs + " runs";
        return new CaseResult("", "", Status.PASSED, "", what, List.of(), "", 0, 0);
    }

    private void add(
            String word,
            Status status,
            Row row,
            @Nullable Case by,
            Reach.Result reach,
            CaseResult result,
            String reason) {
        double seconds = (System.nanoTime() - row.startNanos()) / 1e9;
        String where =
                by == null ? "-" : by.scenario().name() + "/" + by.accel().label() + by.cpus();
        String what = by == null ? result.summary() : property(result);
        out.println(
                String.format(
                        Locale.ROOT,
                        "%-11s %-28s %-11s %-7s %-24s %-10s %5.1fs  %s",
                        word,
                        row.mutant(),
                        row.kind(),
                        row.arch().label(),
                        where,
                        reach.label(),
                        seconds,
                        what));
        String replay = replay(row.mutant(), row.arch(), by);
        if (told && by != null) {
            out.println("            " + result.reason() + ": " + result.summary());
            result.details().forEach(line -> out.println("              " + line));
        }
        if (told || status == Status.FAILED) {
            out.println("            replay: " + replay);
        }
        out.flush();
        Map<String, String> properties = new LinkedHashMap<>();
        properties.put("reached", reach.reached() ? "yes" : "no");
        properties.put("measure", reach.measure().label());
        rows.add(
                new CaseResult(
                        row.kind(),
                        row.mutant() + " " + row.arch().label(),
                        status,
                        reason,
                        by == null ? what : where + ": " + what,
                        result.details(),
                        replay,
                        result.events(),
                        seconds,
                        properties));
    }

    /** The command that tries the mutant again: the one case that decided, or all as asked for. */
    private String replay(String mutant, @Nullable Arch arch, @Nullable Case by) {
        StringBuilder line = new StringBuilder("./norma conform");
        options.mutantClasses()
                .ifPresent(
                        folder -> line.append(" --mutant-classes ").append(ShellWord.of(folder)));
        line.append(" --mutant ").append(ShellWord.of(mutant));
        if (arch != null) {
            line.append(" --arch ").append(arch.label());
        }
        if (by != null) {
            line.append(" --scenario ").append(by.scenario().name());
            line.append(" --cpus ").append(by.cpus());
            line.append(" --accel ").append(by.accel().label());
            return line.append(" --seed ").append(by.seed()).append(" --seeds 1").toString();
        }
        list(line, "--scenario", options.scenarios());
        list(line, "--cpus", options.cpus());
        list(line, "--accel", options.accels().stream().map(Accel::label).toList());
        line.append(" --seed ").append(options.firstSeed());
        return line.append(" --seeds ").append(options.seeds()).toString();
    }

    private static void list(StringBuilder line, String option, List<?> values) {
        if (!values.isEmpty()) {
            line.append(' ').append(option).append(' ');
            line.append(values.stream().map(String::valueOf).collect(Collectors.joining(",")));
        }
    }

    /** A mutant that could not be made or compiled; {@code arch} null if on none. */
    void notBuilt(String mutant, String kind, @Nullable Arch arch, String message) {
        String where = arch == null ? "" : arch.label();
        out.println(
                String.format(
                        Locale.ROOT,
                        "%-11s %-28s %-11s %-7s %s",
                        "error",
                        mutant,
                        kind,
                        where,
                        message));
        rows.add(
                new CaseResult(
                        kind,
                        mutant + " " + where,
                        Status.INCONCLUSIVE,
                        "NOT_BUILT",
                        message.lines().findFirst().orElse(""),
                        message.lines().toList(),
                        replay(mutant, arch, null),
                        0,
                        0));
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
}
