package norma.conformance.scenario;

import java.util.Arrays;
import java.util.List;
import norma.abi.Op;
import norma.conformance.check.Memory;
import norma.conformance.trace.Recording;

/**
 * A parsed workload: programs of {@link norma.abi.Op} operations.
 *
 * @param programs each an array of four-word operations; program 0 is the first thread's
 * @param names their names
 * @param slice time slice in nanoseconds
 * @param firstPriority priority of the first thread
 * @param records events that a run is sized for when its rings keep all of it
 * @param entries witness entries of one thread that it is sized for then
 * @param locks record and validate lock events too
 * @param recording how it is recorded
 * @param tour the legs that its threads follow: each a header and its operations
 * @param memory the address space that its threads live in, and the memory for it
 */
public record Script(
        List<long[][]> programs,
        List<String> names,
        long slice,
        int firstPriority,
        int records,
        int entries,
        boolean locks,
        Recording recording,
        List<long[]> tour,
        Memory memory) {
    /** A script whose threads live in no address space. */
    public Script(
            List<long[][]> programs,
            List<String> names,
            long slice,
            int firstPriority,
            int records,
            int entries,
            boolean locks,
            Recording recording,
            List<long[]> tour) {
        this(
                programs,
                names,
                slice,
                firstPriority,
                records,
                entries,
                locks,
                recording,
                tour,
                Memory.NONE);
    }

    /** Copies the lists. */
    public Script {
        programs = List.copyOf(programs);
        names = List.copyOf(names);
        tour = List.copyOf(tour);
    }

    /** Pages of the address space that its threads live in; 0: they live in none. */
    public int pages() {
        return memory.pages();
    }

    /** Frames of memory for them. */
    public int frames() {
        return memory.frames();
    }

    /** Does a thread begin a program of the archive? */
    public boolean beginsPrograms() {
        return programs.stream().flatMap(Arrays::stream).anyMatch(op -> op[0] == Op.EXEC);
    }

    /**
     * The longest sleep, in ns, that the script gives as a number: nothing may happen meanwhile.
     * Calls have others to answer them, whatever their time-outs.
     */
    public long longestSleep() {
        long longest = 0;
        for (long[][] program : programs) {
            for (long[] op : program) {
                if (op[0] == Op.SLEEP && op[1] < Op.REGISTER) {
                    longest = Math.max(longest, op[1]);
                }
            }
        }
        return longest;
    }

    /** The same, with another time slice. */
    public Script sliced(long nanoseconds) {
        return new Script(
                programs,
                names,
                nanoseconds,
                firstPriority,
                records,
                entries,
                locks,
                recording,
                tour,
                memory);
    }

    /** The same, recorded in another way. */
    public Script recorded(Recording other) {
        return new Script(
                programs,
                names,
                slice,
                firstPriority,
                records,
                entries,
                locks,
                other,
                tour,
                memory);
    }

    /** The same, with lock events recorded. */
    public Script withLocks() {
        return new Script(
                programs,
                names,
                slice,
                firstPriority,
                records,
                entries,
                true,
                recording,
                tour,
                memory);
    }
}
