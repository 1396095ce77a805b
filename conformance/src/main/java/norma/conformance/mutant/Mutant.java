package norma.conformance.mutant;

import java.util.List;

/**
 * A kernel with a seeded bug.
 *
 * @param name unique
 * @param kind what part of the kernel is wrong
 * @param bug the bug in words
 * @param mutations the edits that make it
 * @param scenarios where it shows first; the others are tried after them
 */
public record Mutant(
        String name, Kind kind, String bug, List<Mutation> mutations, List<String> scenarios) {
    /** Parts of the kernel. */
    public enum Kind {
        LOCK,
        SCHEDULER,
        IPC,
        INHERITANCE,
        SPACE,
        PROCESS,
        RECORDER
    }

    /** Copies the lists. */
    public Mutant {
        mutations = List.copyOf(mutations);
        scenarios = List.copyOf(scenarios);
    }
}
