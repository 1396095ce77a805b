package norma.speccheck;

import java.util.Set;
import norma.model.explore.GraphListener;
import org.jspecify.annotations.Nullable;

/** One specification and configuration, loaded in a model checker of its own. */
public interface TlcSession {
    /**
     * Explores breadth first, checking invariants, action properties and deadlock, and stops at the
     * first violation.
     *
     * @param listener hears of every state and edge, or null
     * @param vacuity also look for implications whose antecedent is never true
     */
    TlcOutcome explore(@Nullable GraphListener listener, Progress progress, boolean vacuity);

    /** Names of the invariants and action properties that the configuration lists. */
    Set<String> properties();

    /** Explores beside violations, not beyond them, up to {@code most} states. */
    Violations violations(Progress progress, int most);

    /** Checks the configuration's temporal properties with the model checker's own algorithm. */
    LivenessOutcome liveness();

    /** Names of the files of the directory that have been opened so far. */
    Set<String> read();
}
