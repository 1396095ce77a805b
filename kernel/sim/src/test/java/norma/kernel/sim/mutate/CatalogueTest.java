package norma.kernel.sim.mutate;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.HashSet;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** Which mutants a run looks at that does not look at all. */
class CatalogueTest {
    private static final int SEEDS = 60;

    private final Catalogue catalogue = Catalogue.ofKernel();

    private Set<String> third(long seed) {
        return catalogue.mutants().values().stream()
                .filter(m -> catalogue.isLookedAt(m, seed))
                .map(Mutant::name)
                .collect(Collectors.toSet());
    }

    @Test
    void everySeedHasAThirdOfItsOwn() {
        assertEquals(third(1), third(1));
        assertNotEquals(third(1), third(2));
        int all = catalogue.mutants().size();
        Set<String> seen = new HashSet<>();
        for (long seed = 0; seed < SEEDS; seed++) {
            Set<String> some = third(seed);
            assertTrue(4 * some.size() > all && 9 * some.size() < 4 * all, "of seed " + seed);
            seen.addAll(some);
        }
        assertEquals(catalogue.mutants().keySet(), seen);
    }
}
