package norma.kernel.sim;

import java.util.HashSet;
import java.util.Set;
import java.util.stream.IntStream;
import norma.abi.Event;
import org.jspecify.annotations.Nullable;

/** Many seeds of one scenario, up to the first that fails; and what they came to. */
final class Campaign {
    /** Kinds of events that are actions of the kernel's specification, without those of locks. */
    static final int ACTIONS =
            (int) IntStream.range(0, Event.LIMIT).filter(Event::isAction).count();

    private final Scenario scenario;
    private final int cpus;
    private final Set<Long> sequences = new HashSet<>();
    private final boolean[] reached = new boolean[Event.LIMIT];
    private long schedules;
    private long steps;
    private long events;
    private double seconds;
    private Simulator.@Nullable Result failed;
    private long failedSeed;

    Campaign(Scenario scenario, int cpus) {
        this.scenario = scenario;
        this.cpus = cpus;
    }

    /** Runs seeds {@code first} to {@code first + count - 1}. */
    void run(Simulator simulator, long first, long count) {
        long start = System.nanoTime();
        for (long seed = first; seed < first + count && failed == null; seed++) {
            Simulator.Result result = simulator.run(scenario, cpus, seed);
            schedules++;
            steps += result.steps();
            events += result.counts().events();
            sequences.add(result.events());
            for (int kind = 1; kind < Event.LIMIT; kind++) {
                reached[kind] |= Event.isAction(kind) && result.counts().of(kind) > 0;
            }
            if (result.failure() != null) {
                failed = result;
                failedSeed = seed;
            }
        }
        seconds = (System.nanoTime() - start) / 1e9;
    }

    Scenario scenario() {
        return scenario;
    }

    int cpus() {
        return cpus;
    }

    boolean reached(int kind) {
        return reached[kind];
    }

    int reached() {
        int count = 0;
        for (boolean kind : reached) {
            count += kind ? 1 : 0;
        }
        return count;
    }

    long schedules() {
        return schedules;
    }

    int distinct() {
        return sequences.size();
    }

    long steps() {
        return steps;
    }

    long events() {
        return events;
    }

    double seconds() {
        return seconds;
    }

    /** The run that failed, or null. */
    Simulator.@Nullable Result failed() {
        return failed;
    }

    long failedSeed() {
        return failedSeed;
    }
}
