package norma.conformance.conform;

import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import norma.conformance.job.UsageException;

/** Which mutants a command line names. */
final class MutantNames {
    private MutantNames() {}

    /** What is named of what there is, in its order; all if nothing is named. */
    static Set<String> select(List<String> named, Collection<String> all) throws UsageException {
        for (String name : named) {
            if (!all.contains(name)) {
                throw new UsageException(
                        "unknown mutant '" + name + "' (one of: " + String.join(", ", all) + ")");
            }
        }
        Set<String> selected = new LinkedHashSet<>(all);
        if (!named.isEmpty()) {
            selected.retainAll(named);
        }
        return selected;
    }
}
