package norma.speccheck;

import java.io.PrintStream;
import java.util.Locale;

/** Prints names before checks run, progress while they run, and one row for each result. */
final class Console {
    private static final long PROGRESS_NANOS = 2_000_000_000L;
    private static final int LOOK_EVERY = 64; // expanded states between looks at the clock

    private final PrintStream out;
    private long last;

    Console(PrintStream out) {
        this.out = out;
    }

    void begin(String kind, String name) {
        last = System.nanoTime();
        out.printf(Locale.ROOT, "%s %s ...%n", kind, name);
        out.flush();
    }

    Progress progress(String what) {
        return (expanded, found, edges) -> {
            if (expanded % LOOK_EVERY == 0 && System.nanoTime() - last > PROGRESS_NANOS) {
                last = System.nanoTime();
                out.printf(
                        Locale.ROOT,
                        "    %s: %,d of %,d states expanded, %,d edges%n",
                        what,
                        expanded,
                        found,
                        edges);
                out.flush();
            }
        };
    }

    void line(String format, Object... arguments) {
        out.printf(Locale.ROOT, format + "%n", arguments);
        out.flush();
    }

    /** Prints a counterexample: numbered steps, changed variables only. */
    void trace(TlcOutcome outcome) {
        int number = 0;
        for (TlcOutcome.TraceStep step : outcome.trace()) {
            line("    %3d. %s", number++, step.label());
            for (String change : step.changes()) {
                line("           %s", change);
            }
        }
    }
}
