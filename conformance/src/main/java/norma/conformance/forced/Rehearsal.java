package norma.conformance.forced;

import java.util.List;
import java.util.function.Consumer;
import norma.conformance.scenario.Script;
import org.jspecify.annotations.Nullable;

/**
 * A run of the kernel's classes, one step at a time, that is found while it is made: which core
 * goes on, when time leaps, and what threads do next. As a {@link Course} it is then taken by an
 * image with gates.
 */
public interface Rehearsal {
    /** Who can rehearse; found as a service. */
    interface Stage {
        /**
         * The kernel booted on so many cores, up to where the first thread is about to end. Threads
         * do what the script says unless {@link Rehearsal#next} says otherwise.
         */
        Rehearsal open(Script script, int cpus);
    }

    /**
     * What has been rehearsed.
     *
     * @param beginning from boot to the beginning
     * @param course the way from boot on
     * @param order core of each record, in the order in which they were made
     * @param programs what threads did
     */
    record Rehearsed(
            Course beginning, Course course, List<Integer> order, List<long[][]> programs) {
        /** Copies the lists. */
        public Rehearsed {
            order = List.copyOf(order);
            programs = List.copyOf(programs);
        }
    }

    /** Goes back to the beginning; {@code hears} is told of each record from there on. */
    void begin(Consumer<long[]> hears);

    /** All from boot to where the run is. */
    Rehearsed rehearsed();

    /** Does a core run a thread in user mode? */
    boolean user(int core);

    /** Does a core wait for an interrupt? */
    boolean waits(int core);

    /** Thread that a core in user mode runs. */
    int thread(int core);

    /** Place in its program of what a thread does next. */
    int place(int thread);

    /** Is what a thread in user mode has begun to be executed again? */
    boolean pending(int thread);

    /** What a thread in user mode does next. */
    void next(int thread, long[] operation);

    /** A core goes on; false if that changes nothing: it spins in vain, or waits. */
    boolean go(int core);

    /** A core in the kernel goes on unless that makes a record; false if it does not. */
    boolean goUnheard(int core);

    /** Rank of the lock that a core in the kernel is about to ask for, or 0. */
    int asks(int core);

    /** A core takes its IPI, or its timer's interrupt; false if it cannot. */
    boolean interrupt(int core, boolean ipi);

    /** Is a core's timer due, whether the core can take its interrupt or not? */
    boolean due(int core);

    /** Time leaps to the next timer; false if there is none. */
    boolean leap();

    /** Time passes, so many nanoseconds of it. */
    void pass(long nanoseconds);

    /** Has the machine been switched off? */
    boolean over();

    /** What is wrong with the run so far, or null. */
    @Nullable String wrong();
}
