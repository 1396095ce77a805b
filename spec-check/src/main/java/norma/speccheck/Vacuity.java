package norma.speccheck;

import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * What no entry of a specification has shown to be reachable: an action that is enabled nowhere, or
 * an implication of an invariant whose antecedent is true nowhere, says nothing.
 */
final class Vacuity {
    private final Map<String, Set<String>> unseen = new HashMap<>();

    /** One more entry has been explored; what it did not see stays unseen only if none saw it. */
    void explored(String spec, TlcOutcome outcome) {
        Set<String> here = new TreeSet<>();
        outcome.unusedActions().forEach(a -> here.add("action enabled nowhere: " + a));
        outcome.vacuous().forEach(v -> here.add("antecedent true nowhere: " + v));
        Set<String> before = unseen.putIfAbsent(spec, here);
        if (before != null) {
            before.retainAll(here);
        }
    }

    /** What none of the specification's explored entries has seen. */
    Set<String> unseen(String spec) {
        return unseen.getOrDefault(spec, Set.of("no graph of this specification explored"));
    }
}
