package norma.kernel.sim.explore;

import java.util.ArrayList;
import java.util.List;
import norma.abi.Event;
import norma.conformance.check.Finding;
import norma.conformance.scenario.Script;
import norma.kernel.sim.Failure;
import org.jspecify.annotations.Nullable;

/**
 * What becomes of the records of a machine: each is a step of the model, or part of a snapshot that
 * is compared with it; with a recorder that is switched on later they are kept, and looked at when
 * the run is over.
 *
 * <p>A snapshot is looked at when its last part is there. Its object cannot have changed since the
 * first: whoever writes it has the object's lock, or has just changed the epoch in its word.
 */
final class Ledger {
    private final Memory memory;
    private final Layout layout;
    private final Models models;
    private final @Nullable Epochs epochs;
    private final boolean later;
    private final int firstPriority;
    private final int faultCause;
    private final norma.conformance.check.Memory spaces;

    /** {@code epochs}: checkpoints are to be checked, or null. */
    Ledger(
            Script script,
            int faultCause,
            Memory memory,
            Layout layout,
            Models models,
            @Nullable Epochs epochs) {
        later = !script.recording().live();
        firstPriority = script.firstPriority();
        spaces = script.memory();
        this.faultCause = faultCause;
        this.memory = memory;
        this.layout = layout;
        this.models = models;
        this.epochs = epochs;
    }

    /** A record is complete; what is wrong with it, or null. */
    @Nullable Failure event(Node node) {
        boolean marks = epochs != null && node.eventKind() == Event.MARK;
        if (later || marks || node.eventKind() == Event.SNAPSHOT) {
            int kept = layout.kept(node.cell);
            memory.set(kept, models.list((int) memory.get(kept), node));
            boolean whole = epochs != null && Epochs.isPart(node) && Epochs.isLast(node);
            return epochs != null && whole ? snapshot(epochs, kept) : null;
        }
        int from = (int) memory.get(layout.model);
        Finding early = epochs == null ? null : epochs.outOfTurn(at(layout.epochs), node);
        if (early != null) {
            return Failure.of(early);
        }
        Models.Step step = models.step(from, node);
        if (step == null) {
            Finding finding = models.wrong(from, node);
            return finding == null ? null : Failure.of(finding);
        }
        memory.set(layout.model, step.next());
        if (step.resumed() >= 0) {
            memory.set(layout.answer(step.resumed()), step.answer() + 1);
            memory.set(layout.answerWord(step.resumed()), step.word());
        }
        return null;
    }

    private @Nullable Failure snapshot(Epochs all, int kept) {
        Finding finding = all.wrong(at(layout.epochs), at(layout.model), at(kept));
        if (finding != null) {
            return Failure.of(finding);
        }
        memory.set(layout.epochs, all.after(at(layout.epochs), at(layout.model), at(kept)));
        memory.set(kept, 0);
        return null;
    }

    private int at(int cell) {
        return (int) memory.get(cell);
    }

    /** The run is over, and {@code core} has written the last snapshots; what is wrong, or null. */
    @Nullable Failure over(int core) {
        if (later) {
            return suffix();
        }
        List<String> wrong =
                new ArrayList<>(models.differences(at(layout.model), at(layout.kept(core))));
        memory.set(layout.kept(core), 0);
        String unsaved = epochs == null ? null : epochs.unsaved(at(layout.epochs));
        if (unsaved != null) {
            wrong.add(unsaved);
        }
        return wrong.isEmpty()
                ? null
                : new Failure("POST_STATE_MISMATCH", "at the end: " + wrong.getFirst(), wrong);
    }

    /** What was recorded since the recorder was switched on is validated. */
    private @Nullable Failure suffix() {
        List<List<long[]>> records = new ArrayList<>();
        for (int core = 0; core < layout.cores; core++) {
            records.add(models.records(at(layout.kept(core))));
        }
        Finding finding = KeptRecords.validate(records, firstPriority, faultCause, spaces);
        return finding == null ? null : Failure.of(finding);
    }
}
