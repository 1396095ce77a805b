package norma.speccheck;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * What no entry of a specification has shown to be reachable: an action that is enabled nowhere, or
 * an implication of an invariant whose antecedent is true nowhere, says nothing.
 */
final class Vacuity {
    private final Map<String, Set<String>> unseen = new HashMap<>();

    /** What one entry has not seen: it stays unseen only if none of the others saw it. */
    static List<String> unseen(TlcOutcome outcome) {
        Set<String> here = new TreeSet<>();
        outcome.unusedActions().forEach(a -> here.add("action enabled nowhere: " + a));
        outcome.vacuous().forEach(v -> here.add("antecedent true nowhere: " + v));
        return List.copyOf(here);
    }

    /** One more entry has been explored, now or in an earlier run with the same inputs. */
    void explored(String spec, List<String> unseenHere) {
        Set<String> before = unseen.putIfAbsent(spec, new TreeSet<>(unseenHere));
        if (before != null) {
            before.retainAll(Set.copyOf(unseenHere));
        }
    }

    /** What none of the specification's explored entries has seen. */
    Set<String> unseen(String spec) {
        return unseen.getOrDefault(spec, Set.of("no graph of this specification explored"));
    }
}
