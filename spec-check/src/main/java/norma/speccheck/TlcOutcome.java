package norma.speccheck;

import java.util.List;

/**
 * What the model checker found.
 *
 * @param states distinct states
 * @param edges labelled edges: distinct (state, label, state)
 * @param depth states on the longest shortest path
 * @param cpuNanos processor time used
 * @param violated names of what is violated first, empty if nothing is
 * @param trace a shortest path to the violation
 * @param unusedActions actions enabled nowhere
 * @param vacuous implications in invariants whose antecedent is true nowhere
 */
public record TlcOutcome(
        int states,
        long edges,
        int depth,
        long cpuNanos,
        List<String> violated,
        List<TraceStep> trace,
        List<String> unusedActions,
        List<String> vacuous) {
    /** Copies the lists. */
    public TlcOutcome {
        violated = List.copyOf(violated);
        trace = List.copyOf(trace);
        unusedActions = List.copyOf(unusedActions);
        vacuous = List.copyOf(vacuous);
    }

    /**
     * One step of a counterexample.
     *
     * @param label the action with its parameters
     * @param changes the variables that changed, as {@code name = value}
     */
    public record TraceStep(String label, List<String> changes) {
        /** Copies the list. */
        public TraceStep {
            changes = List.copyOf(changes);
        }
    }
}
