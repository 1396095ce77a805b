package norma.conformance.engine;

import java.io.Console;
import java.io.PrintStream;
import norma.abi.Event;
import norma.conformance.check.Validator;
import norma.conformance.scenario.Session;

/**
 * The live status of a run: rewritten in place on a terminal, a line every few seconds elsewhere.
 */
final class StatusLine implements Session.Progress {
    private static final double PLAIN_SECONDS = 5;

    private final PrintStream out;
    private final boolean terminal;
    private double lastPlain;
    private boolean shown;

    @SuppressWarnings("SystemConsoleNull") // Null or not, by what the JDK says: ask for both.
    StatusLine(PrintStream out) {
        this.out = out;
        Console console = System.console();
        terminal = console != null && console.isTerminal();
    }

    @Override
    public void status(Validator validator, double seconds) {
        String text =
                String.format(
                        "%6.1f s  %,d events validated  %,d calls  %,d deaths  %,d steals",
                        seconds,
                        validator.counts().events(),
                        validator.counts().of(Event.CALL),
                        validator.counts().of(Event.DIE),
                        validator.counts().of(Event.STEAL));
        if (terminal) {
            out.print("\r\033[K" + text);
            out.flush();
            shown = true;
        } else if (seconds - lastPlain >= PLAIN_SECONDS) {
            lastPlain = seconds;
            out.println(text);
        }
    }

    /** Leaves the line. */
    void end() {
        if (shown) {
            out.println();
        }
    }
}
