package norma.cli.gate;

/** One gate. */
public interface Gate {
    /** The name printed before it runs and in the table. */
    String name();

    /** What it may take; used up threefold, it is killed. */
    int budgetSeconds();

    /** Runs it; progress goes to the context. Never throws for a failing gate. */
    GateResult run(GateContext context, java.io.PrintStream out);
}
