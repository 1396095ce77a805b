package norma.conformance.scenario;

import java.util.List;

/**
 * A parsed workload: programs of {@link norma.abi.Op} operations.
 *
 * @param programs each an array of four-word operations; program 0 is the first thread's
 * @param names their names
 * @param slice time slice in nanoseconds
 * @param firstPriority priority of the first thread
 */
public record Script(List<long[][]> programs, List<String> names, long slice, int firstPriority) {
    /** Copies the lists. */
    public Script {
        programs = List.copyOf(programs);
        names = List.copyOf(names);
    }
}
