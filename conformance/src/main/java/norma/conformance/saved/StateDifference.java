package norma.conformance.saved;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import norma.abi.Record;
import norma.conformance.check.EventView;
import norma.conformance.check.Finding;
import norma.conformance.check.Reason;
import norma.conformance.check.Sources;
import norma.conformance.saved.SavedTrace.TraceException;

/**
 * Where model and kernel part: for an action that is not enabled the model's values at what the
 * record touches and what gave it them, for any other wrong record what the model's step changes.
 *
 * <p>The live validator changes its one state in place. This validates the saved trace again, with
 * copies of the state around the few events that matter.
 */
public final class StateDifference {
    /** Most lines of one list. */
    static final int MOST_LINES = 24;

    private StateDifference() {}

    /** As {@link #lines(SavedTrace, Finding)}, of a file; says so if it cannot be read. */
    public static List<String> lines(Path file, Finding finding) {
        if (!isOfStep(finding.reason()) || !Files.exists(file)) {
            return List.of();
        }
        try {
            return lines(SavedTrace.read(file), finding);
        } catch (IOException | TraceException e) {
            return List.of("no state difference: " + e.getMessage());
        }
    }

    /** Lines for a report of a trace's finding; none if no step of the model is to blame. */
    public static List<String> lines(SavedTrace trace, Finding finding) {
        List<String> lines = new ArrayList<>();
        if (isOfStep(finding.reason())) {
            Replay replay = Replay.run(trace, finding.reason() == Reason.WITNESS_MISMATCH);
            Finding found = replay.validator().finding();
            if (found != null) {
                explain(trace, finding, found, replay, lines);
            }
        }
        trace.rewind();
        return lines;
    }

    private static boolean isOfStep(Reason reason) {
        return switch (reason) {
            case ACTION_NOT_ENABLED,
                    RESULT_MISMATCH,
                    POST_STATE_MISMATCH,
                    INVARIANT_VIOLATED,
                    WITNESS_MISMATCH ->
                    true;
            default -> false;
        };
    }

    private static void explain(
            SavedTrace trace, Finding finding, Finding found, Replay replay, List<String> lines) {
        // Of two cores' findings the live run may have met the other first.
        if (found.reason() != finding.reason() || !found.summary().equals(finding.summary())) {
            lines.add("the saved trace's first finding: " + found.reason() + " " + found.summary());
        }
        // Events that do not touch the same may be merged in another order now than they were live.
        if (found.event() != finding.event() && !replay.wrongAnswer()) {
            lines.add("in the saved trace's merge order the finding is at event " + found.event());
        }
        int core = replay.validator().failedCore();
        int blamed = replay.validator().blamed();
        if (blamed >= 0) {
            lines.add("the checkpoint, as far as it could be read, at that object:");
            lines.add(
                    "  "
                            + replay.text().name(blamed)
                            + ": "
                            + replay.text().values(replay.validator().state(), blamed));
        }
        EventView event = new EventView();
        if (replay.wrongAnswer()) {
            answered(trace, replay.accepted() - 1, lines);
        } else if (isOfStep(found.reason()) && core >= 0 && trace.peek(core, event.words)) {
            if (found.reason() == Reason.ACTION_NOT_ENABLED || event.isSnapshot()) {
                notEnabled(trace, replay, event, lines);
            } else {
                stepped(trace, finding, replay.accepted(), lines);
                lines.add(Sources.of(event.kind()));
            }
        }
    }

    /** What the model's step of the record changes. */
    private static void stepped(
            SavedTrace trace, Finding finding, long number, List<String> lines) {
        Replay replay = Replay.run(trace, finding.reason() == Reason.WITNESS_MISMATCH, number);
        List<String> changes = replay.text().changes(replay.before(), replay.validator().state());
        lines.add("the model's step changes" + (changes.isEmpty() ? " nothing" : ":"));
        bounded(changes, "  ", lines);
    }

    /** What the event changed that went back to user mode with a wrong answer. */
    private static void answered(SavedTrace trace, long number, List<String> lines) {
        for (Replay.Change change : Replay.run(trace, true, number).changes().values()) {
            lines.add("answered at event " + change.number() + ": " + change.event());
            lines.add("the model's step changes:");
            bounded(change.lines(), "  ", lines);
        }
    }

    private static void notEnabled(
            SavedTrace trace, Replay first, EventView event, List<String> lines) {
        Set<Integer> objects = new LinkedHashSet<>();
        for (int i = 0; i < Math.min(event.touched(), Record.TOUCHED); i++) {
            objects.add(event.object(i));
        }
        objects.add(Record.CORE << 12 | event.core());
        Map<Long, List<String>> touching = new TreeMap<>();
        lines.add("the model before event " + first.accepted() + ", at what it touches:");
        for (int id : objects) {
            String name = first.text().name(id);
            lines.add("  " + name + ": " + first.text().values(first.validator().state(), id));
            touching.computeIfAbsent(first.last(id), n -> new ArrayList<>()).add(name);
        }
        lines.add("what touched them last, and what that changed:");
        List<String> untouched = touching.remove(-1L);
        if (untouched != null) {
            lines.add("  " + String.join(", ", untouched) + ": no event");
        }
        long[] wanted = touching.keySet().stream().mapToLong(Long::longValue).toArray();
        Replay second = Replay.run(trace, false, wanted);
        for (Replay.Change change : second.changes().values()) {
            String names = String.join(", ", touching.getOrDefault(change.number(), List.of()));
            lines.add("  " + names + ": event " + change.number() + ": " + change.event());
            bounded(change.lines(), "    ", lines);
        }
    }

    private static void bounded(List<String> from, String indent, List<String> to) {
        from.stream().limit(MOST_LINES).forEach(line -> to.add(indent + line));
        if (from.size() > MOST_LINES) {
            to.add(indent + "... and " + (from.size() - MOST_LINES) + " more");
        }
    }
}
