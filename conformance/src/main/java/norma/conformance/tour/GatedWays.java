package norma.conformance.tour;

import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import norma.conformance.forced.ForcedMachine;
import norma.conformance.forced.Rehearsal.Rehearsed;
import norma.conformance.forced.StrayedException;
import norma.conformance.machine.Arch;
import norma.conformance.machine.MachineException;
import norma.conformance.scenario.Script;

/** Has an image with gates take ways that were rehearsed, on two machines at once. */
final class GatedWays {
    private static final int MACHINES = 2;

    private final Arch arch;
    private final Path image;
    private final List<String> wrong;
    private int unknown;

    /** What becomes of the records of a way; one way at a time. */
    interface Noting {
        void note(int number, Rehearsed way, List<List<long[]>> records);
    }

    /** What is wrong with the machine code's courses is added to {@code wrong}. */
    GatedWays(Arch arch, Path image, List<String> wrong) {
        this.arch = arch;
        this.image = image;
        this.wrong = wrong;
    }

    /** Courses that no machine could take. */
    int unknown() {
        return unknown;
    }

    /** Takes all ways of a script. */
    void take(Script script, int cpus, List<Rehearsed> all, Noting noting)
            throws InterruptedException {
        AtomicInteger next = new AtomicInteger();
        Callable<Void> worker =
                () -> {
                    work(script, cpus, all, next, noting);
                    return null;
                };
        ExecutorService workers = Executors.newFixedThreadPool(MACHINES);
        try {
            for (Future<Void> one : workers.invokeAll(List.of(worker, worker))) {
                one.get();
            }
        } catch (ExecutionException e) {
            throw new IllegalStateException(e.getCause());
        } finally {
            workers.shutdownNow();
        }
    }

    private void work(
            Script script, int cpus, List<Rehearsed> all, AtomicInteger next, Noting noting) {
        int way = next.getAndIncrement();
        while (way < all.size()) {
            Rehearsed first = all.get(way);
            try (ForcedMachine machine =
                    ForcedMachine.boot(arch, image, script, cpus, first.beginning())) {
                for (; way < all.size(); way = next.getAndIncrement()) {
                    Rehearsed one = all.get(way);
                    ForcedMachine.Result result = machine.take(one.course(), one.programs());
                    synchronized (this) {
                        if (result.wrong() != null) {
                            wrong.add(result.wrong());
                        } else {
                            noting.note(way, one, result.records());
                        }
                    }
                }
            } catch (StrayedException e) {
                synchronized (this) {
                    wrong.add(String.valueOf(e.getMessage()));
                }
                way = next.getAndIncrement();
            } catch (MachineException e) {
                synchronized (this) {
                    unknown++;
                }
                way = next.getAndIncrement();
            }
        }
    }
}
