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

    private Set<String> often(long seed) {
        return catalogue.mutants().values().stream()
                .filter(m -> catalogue.isOften(m, seed))
                .map(Mutant::name)
                .collect(Collectors.toSet());
    }

    @Test
    void everySeedHasAThirdOfItsOwn() {
        assertEquals(often(1), often(1));
        assertNotEquals(often(1), often(2));
        int all = catalogue.mutants().size();
        Set<String> seen = new HashSet<>();
        for (long seed = 0; seed < SEEDS; seed++) {
            Set<String> third = often(seed);
            assertTrue(4 * third.size() > all && 9 * third.size() < 4 * all, "of seed " + seed);
            seen.addAll(third);
        }
        assertEquals(catalogue.mutants().keySet(), seen);
    }
}
