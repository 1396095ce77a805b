package norma.kernel.sim.explore;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Set;
import norma.conformance.mutant.Mutant;
import norma.conformance.mutant.MutationException;
import norma.conformance.mutant.Overlay;
import norma.kernel.sim.load.ClassEdit;
import norma.kernel.sim.load.KernelLoader;

/**
 * A kernel with a bug that exploring a scenario finds.
 *
 * @param scenario its name
 * @param mutant the bug
 * @param kinds what it may be found as
 * @param rare random runs as long as the whole exploration do not find it
 */
record SeededBug(String scenario, Mutant mutant, Set<String> kinds, boolean rare) {
    SeededBug {
        kinds = Set.copyOf(kinds);
    }

    /** Those of a scenario. */
    static List<SeededBug> of(String scenario) {
        return SeededBugs.ALL.stream().filter(bug -> bug.scenario.equals(scenario)).toList();
    }

    /** The bug as a change of class files. */
    ClassEdit edit() {
        Map<String, byte[]> changed;
        try {
            changed = new Overlay(KernelLoader.class.getClassLoader()).classes(mutant);
        } catch (IOException | MutationException e) {
            throw new IllegalStateException("mutant " + mutant.name() + " cannot be made", e);
        }
        return (name, bytes) -> changed.getOrDefault(name.replace('.', '/'), bytes);
    }
}
