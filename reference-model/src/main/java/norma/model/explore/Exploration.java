package norma.model.explore;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What an exploration found.
 *
 * @param states distinct states
 * @param edges labelled edges
 * @param depth states on the longest shortest path, the initial one included
 * @param cpuNanos processor time used
 * @param violation name of the first violated invariant or {@link Explorer#DEADLOCK}, or null
 * @param path shortest path to the violation: labels, the first being {@link Explorer#INITIAL}
 * @param unusedActions action names that are enabled nowhere
 */
public record Exploration(
        int states,
        long edges,
        int depth,
        long cpuNanos,
        @Nullable String violation,
        List<Step> path,
        List<String> unusedActions) {
    /** Copies the lists. */
    public Exploration {
        path = List.copyOf(path);
        unusedActions = List.copyOf(unusedActions);
    }

    /** One step of a path: the action and the canonical text of the state it leads to. */
    public record Step(String label, String state) {}

    /** Distinct states per second of processor time. */
    public double statesPerSecond() {
        return states * 1e9 / Math.max(1, cpuNanos);
    }
}
