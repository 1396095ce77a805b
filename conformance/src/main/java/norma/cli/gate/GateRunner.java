package norma.cli.gate;

import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;

/** Runs gates in order, all of them, and reports. */
public final class GateRunner {
    private final GateContext context;
    private final PrintStream out;

    private record Row(Gate gate, GateResult result, long usedSeconds) {}

    /** Reports to {@code out}. */
    public GateRunner(GateContext context, PrintStream out) {
        this.context = context;
        this.out = out;
    }

    /** The exit code: 0 when every gate passed, 1 when one failed, 4 when there was none. */
    public int run(List<Gate> gates) {
        List<Row> rows = new ArrayList<>();
        for (Gate gate : gates) {
            out.printf(
                    "GATE %d/%d %s (budget %d s)%n",
                    rows.size() + 1, gates.size(), gate.name(), gate.budgetSeconds());
            long start = System.nanoTime();
            GateResult result = gate.run(context, out);
            long used = Math.round((System.nanoTime() - start) / 1e9);
            rows.add(new Row(gate, result, used));
            out.printf("GATE %s %s in %d s%n%n", gate.name(), word(result), used);
        }
        table(rows);
        long passed = rows.stream().mapToLong(r -> r.result.passed()).sum();
        long failed = rows.stream().mapToLong(r -> r.result.failed()).sum();
        long skipped = rows.stream().mapToLong(r -> r.result.skipped()).sum();
        if (skipped > 0) {
            out.println(skipped + " skipped");
        }
        long trusted = rows.stream().mapToLong(r -> r.result.trusted()).sum();
        if (trusted > 0) {
            out.println(trusted + " trusted: unchanged since they were proved, and not run");
        }
        out.println(passed + " passed, " + failed + " failed");
        out.flush();
        if (rows.isEmpty()) {
            return 4;
        }
        return rows.stream().allMatch(r -> r.result.ok()) ? 0 : 1;
    }

    private void table(List<Row> rows) {
        out.printf("%-16s %8s %8s %8s %8s  %s%n", "gate", "budget", "used", "passed", "failed", "");
        for (Row row : rows) {
            String over = row.usedSeconds > row.gate.budgetSeconds() ? " OVER BUDGET" : "";
            String note = row.result.note().isEmpty() ? "" : ": " + row.result.note();
            out.printf(
                    "%-16s %6d s %6d s %8d %8d  %s%n",
                    row.gate.name(),
                    row.gate.budgetSeconds(),
                    row.usedSeconds,
                    row.result.passed(),
                    row.result.failed(),
                    word(row.result) + note + over);
        }
        out.println();
    }

    private static String word(GateResult result) {
        return result.ok() ? "passed" : "FAILED";
    }
}
