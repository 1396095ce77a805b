package norma.conformance.tour;

import java.util.ArrayList;
import java.util.List;
import java.util.function.IntConsumer;
import norma.abi.Event;
import norma.conformance.check.EventView;
import norma.conformance.check.Finding;
import norma.conformance.check.Memory;
import norma.conformance.check.ModelStep;
import norma.model.kernel.KernelConstants;
import org.jspecify.annotations.Nullable;

/**
 * Follows records whose order is known through the model, and through the graph of a small machine
 * that it covers.
 */
final class Follower {
    private final ModelStep model;
    private final Coverage coverage;
    private final EventView view = new EventView();
    private final IntConsumer stepped;
    private final int cores;
    private final byte[] beginning;
    private final int first;
    private int at;
    private @Nullable Finding finding;

    private final List<long[]> ordered = new ArrayList<>();

    /** Follows a whole run. */
    Follower(
            List<List<long[]>> records,
            List<Integer> order,
            KernelConstants small,
            Coverage coverage) {
        this(records, order, small, coverage, edge -> {});
    }

    /** Follows the records of a beginning, and what comes behind them. */
    Follower(
            List<List<long[]>> records,
            List<Integer> order,
            KernelConstants small,
            Coverage coverage,
            IntConsumer stepped) {
        this.stepped = stepped;
        cores = small.cores();
        this.coverage = coverage;
        // Of a fault the architecture decides what its cause is.
        model =
                new ModelStep(
                        cores,
                        small.threads(),
                        1,
                        small.firstPriority(),
                        0,
                        false,
                        false,
                        new Memory(small.spaces().pages(), small.spaces().frames()));
        at = coverage.begin(model.state());
        follow(records, order);
        beginning = new byte[model.size()];
        model.pack(beginning, 0);
        first = at;
    }

    /** Goes back to the beginning. */
    void begin() {
        model.unpack(beginning, 0);
        at = first;
        finding = null;
    }

    /** Takes one record. */
    void take(long[] words) {
        System.arraycopy(words, 0, view.words, 0, words.length);
        boolean step = !Event.isLock(view.kind()) && !Event.isSnapshot(view.kind());
        if (step && finding == null) {
            finding = model.take(view, view.sequence());
            at = coverage.step(at, view, model.state());
            stepped.accept(coverage.last());
        }
    }

    /** Takes the records of all cores in the order in which they were made. */
    private void follow(List<List<long[]>> records, List<Integer> order) {
        int[] next = new int[cores];
        for (int core : order) {
            if (next[core] < records.get(core).size()) {
                ordered.add(records.get(core).get(next[core]));
                take(ordered.getLast());
                next[core]++;
            }
        }
    }

    /** The records of the run, in their order; without those that came later. */
    List<long[]> ordered() {
        return ordered;
    }

    /** State of the graph, or {@link ModelGraph#NONE}. */
    int at() {
        return at;
    }

    /** What is no step of the model, or null. */
    @Nullable Finding finding() {
        return finding;
    }
}
