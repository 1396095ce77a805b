package norma.kernel.sim.explore;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import norma.abi.Event;
import norma.abi.Snapshot;
import norma.conformance.check.Finding;
import norma.conformance.check.ModelStep;
import org.jspecify.annotations.Nullable;

/**
 * The epochs of cores and objects as a trace shows them, a number for each different set of them:
 * what the checks of {@code Checkpoint.tla} need to remember. Each look is made once.
 */
final class Epochs {
    private final ModelStep model;
    private final Models models;
    private final List<int[]> stamps = new ArrayList<>();
    private final Map<List<Integer>, Integer> numbers = new HashMap<>();
    private final Map<Long, Boolean> turns = new HashMap<>();
    private final Map<Taken, Integer> next = new HashMap<>();

    /** A snapshot in a state of the model. */
    private record Taken(int epochs, int state, int records) {}

    Epochs(ModelStep model, Models models) {
        this.model = model;
        this.models = models;
        number();
    }

    private int number() {
        int[] now = model.stamps();
        return numbers.computeIfAbsent(
                Arrays.stream(now).boxed().toList(),
                key -> {
                    stamps.add(now);
                    return stamps.size() - 1;
                });
    }

    /** Is a record part of a checkpoint: not of the last snapshots of a run? */
    static boolean isPart(Node event) {
        int kind = event.eventKind();
        return kind == Event.MARK
                || kind == Event.SNAPSHOT
                        && (int) (Models.words(event)[1] >>> 32) != Snapshot.FINAL_EPOCH;
    }

    /** Is a record the last part of a snapshot? */
    static boolean isLast(Node event) {
        long[] words = Models.words(event);
        return (words[1] & 0xffff) + 1 == (words[1] >>> 16 & 0xffff);
    }

    /** What is wrong with an event where objects are in these epochs, or null. */
    @Nullable Finding outOfTurn(int epochs, Node event) {
        long key = (long) epochs << 32 | event.event;
        if (turns.containsKey(key)) {
            return null;
        }
        model.restore(stamps.get(epochs));
        Finding finding = model.outOfTurn(models.view(event));
        if (finding == null) {
            turns.put(key, true);
        }
        return finding;
    }

    /** What is wrong with a snapshot, given as a list of records, or null. */
    @Nullable Finding wrong(int epochs, int state, int records) {
        if (next.containsKey(new Taken(epochs, state, records))) {
            return null;
        }
        models.load(state);
        model.restore(stamps.get(epochs));
        Finding finding = model.snapshot(models.records(records));
        if (finding == null) {
            next.put(new Taken(epochs, state, records), number());
        }
        return finding;
    }

    /** The epochs after a snapshot with which nothing is {@link #wrong}. */
    int after(int epochs, int state, int records) {
        Integer number = next.get(new Taken(epochs, state, records));
        if (number == null) {
            throw new Inconsistent("a snapshot that has not been looked at");
        }
        return number;
    }

    /** An object that the last checkpoint of a run does not have, or null. */
    @Nullable String unsaved(int epochs) {
        model.restore(stamps.get(epochs));
        return model.unsaved();
    }
}
