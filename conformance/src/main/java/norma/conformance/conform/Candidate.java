package norma.conformance.conform;

import java.nio.file.Path;
import java.util.List;
import norma.conformance.mutant.Place;

/**
 * A mutant's class files, ready to be laid over the kernel's.
 *
 * @param name unique
 * @param kind what part of the kernel is wrong, or {@code given}
 * @param scenarios where the bug is expected to show, if anywhere
 * @param overlay folder of the class files
 * @param places where they differ from the kernel's
 */
record Candidate(
        String name, String kind, List<String> scenarios, Path overlay, List<Place> places) {}
