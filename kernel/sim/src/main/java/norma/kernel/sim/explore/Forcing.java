package norma.kernel.sim.explore;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import norma.conformance.forced.Course;
import norma.conformance.forced.ForcedMachine;
import norma.conformance.forced.StrayedException;
import norma.conformance.machine.Arch;
import norma.conformance.machine.MachineException;
import org.jspecify.annotations.Nullable;

/**
 * Takes ways on the machine code of one architecture, on two machines at a time: each boots once
 * and is put back to the scenario's beginning for each way.
 */
final class Forcing implements AutoCloseable {
    /** One host thread each. */
    private static final int MACHINES = 2;

    private final ExecutorService workers = Executors.newFixedThreadPool(MACHINES);

    /** What all ways of a scenario on an architecture came to. */
    static final class Tally {
        /** For each way how the binary differs, or null. */
        final @Nullable String[] wrong;

        /** Ways that the machine, not the kernel, failed. */
        int broken;

        int differ;
        long steps;
        long runNanos;

        /** Nanoseconds of each reset. */
        final List<Long> resets = new ArrayList<>();

        /** Different traces that the ways have on the JVM, and on the machine. */
        final Set<Integer> expected = new HashSet<>();

        final Set<Integer> found = new HashSet<>();

        Tally(int ways) {
            wrong = new @Nullable String[ways];
        }

        /** The median of resets, in milliseconds; 0 if there was none. */
        static double median(List<Long> resets) {
            return resets.isEmpty()
                    ? 0
                    : resets.stream().sorted().toList().get(resets.size() / 2) / 1e6;
        }

        /** Do ways with different traces on the JVM have one on the machine? */
        boolean merged() {
            return differ + broken == 0 && expected.size() != found.size();
        }

        int same() {
            return wrong.length - differ - broken;
        }
    }

    /** Takes the ways of a scenario on an image with gates. */
    Tally take(Case scenario, Arch arch, Path image, Courses courses, List<Courses.Taken> ways)
            throws InterruptedException {
        Tally tally = new Tally(ways.size());
        for (Courses.Taken way : ways) {
            tally.steps += way.course().steps().size();
            tally.expected.add(Courses.hash(way.course().records()));
        }
        AtomicInteger next = new AtomicInteger();
        Callable<Void> worker =
                () -> {
                    work(scenario, arch, image, courses.beginning(), ways, next, tally);
                    return null;
                };
        List<Future<Void>> running = new ArrayList<>();
        for (int i = 0; i < Math.min(MACHINES, ways.size()); i++) {
            running.add(workers.submit(worker));
        }
        for (Future<Void> one : running) {
            try {
                one.get();
            } catch (ExecutionException e) {
                throw new IllegalStateException(e.getCause());
            }
        }
        return tally;
    }

    private static void work(
            Case scenario,
            Arch arch,
            Path image,
            Course beginning,
            List<Courses.Taken> ways,
            AtomicInteger next,
            Tally tally) {
        int way = next.getAndIncrement();
        while (way < ways.size()) {
            try (ForcedMachine machine =
                    ForcedMachine.boot(
                            arch, image, scenario.script(), scenario.cpus(), beginning)) {
                for (; way < ways.size(); way = next.getAndIncrement()) {
                    note(machine.take(ways.get(way).course()), way, tally);
                }
            } catch (StrayedException e) {
                synchronized (tally) {
                    tally.differ++;
                    tally.wrong[way] = e.getMessage();
                }
                way = next.getAndIncrement();
            } catch (MachineException e) {
                synchronized (tally) {
                    tally.broken++;
                    tally.wrong[way] = "MACHINE " + e.getMessage();
                }
                way = next.getAndIncrement();
            }
        }
    }

    private static void note(ForcedMachine.Result result, int way, Tally tally) {
        String wrong = result.wrong();
        wrong = wrong == null && result.panicked() ? "the kernel panicked" : wrong;
        synchronized (tally) {
            tally.found.add(Courses.hash(result.records()));
            tally.resets.add(result.resetNanos());
            tally.runNanos += result.runNanos();
            tally.differ += wrong == null ? 0 : 1;
            tally.wrong[way] = wrong;
        }
    }

    @Override
    public void close() {
        workers.shutdownNow();
    }
}
