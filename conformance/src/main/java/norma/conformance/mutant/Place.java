package norma.conformance.mutant;

import java.util.Set;

/**
 * Where a mutant differs from the kernel, in lines of the source.
 *
 * @param source path below the source root, as debug information has it
 * @param method its name
 * @param line of the edited instruction; 0 if the method as a whole was replaced
 * @param block further lines that run if and only if the edited instruction's place is passed:
 *     straight-line code around it
 * @param lines all lines of the method
 */
public record Place(
        String source, String method, int line, Set<Integer> block, Set<Integer> lines) {
    /** Copies the sets. */
    public Place {
        block = Set.copyOf(block);
        lines = Set.copyOf(lines);
    }
}
