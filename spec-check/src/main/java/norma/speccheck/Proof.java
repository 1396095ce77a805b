package norma.speccheck;

import java.util.Map;
import java.util.Set;
import norma.speccheck.evidence.Facts;

/**
 * What came of an item.
 *
 * @param passed it came out as the manifest says
 * @param facts what else is worth pinning
 * @param read the specification's files that the model checker opened
 */
record Proof(boolean passed, Facts facts, Set<String> read) {
    Proof(boolean passed, Map<String, ?> facts, Set<String> read) {
        this(passed, Facts.of(facts), Set.copyOf(read));
    }
}
