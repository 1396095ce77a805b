package norma.conformance.check;

import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import norma.abi.Snapshot;

/**
 * A finding at a snapshot, for people: its records, the fields in which it differs, the line of the
 * kernel that wrote it and those that declare the specification's variables.
 */
final class SnapshotFinding {
    private SnapshotFinding() {}

    /** It is not what the model says. */
    static Finding mismatch(
            ObjectSnapshot snapshot, long event, String summary, List<String> differences) {
        return new Finding(
                Reason.POST_STATE_MISMATCH, event, summary, details(snapshot, differences));
    }

    /** Name and version of the object. */
    static String name(ObjectSnapshot snapshot) {
        return EventView.objectName(snapshot.object()) + "@" + snapshot.version();
    }

    /** What is known of the snapshot; {@code differences} are those of an observation. */
    static List<String> details(ObjectSnapshot snapshot, List<String> differences) {
        List<String> lines = new ArrayList<>();
        String epoch =
                snapshot.epoch() == Snapshot.FINAL_EPOCH
                        ? "the end of the run"
                        : "checkpoint " + snapshot.epoch();
        lines.add(name(snapshot) + " of " + epoch + ": " + snapshot.place());
        TreeSet<String> variables = new TreeSet<>();
        for (String difference : differences) {
            lines.add(
                    "  "
                            + difference.replaceFirst(
                                    ": the model (.*), seen (.*)$",
                                    ": recorded $2, the model says $1"));
            variables.add(difference.replaceFirst("[\\[:].*", ""));
        }
        lines.add(Sources.ofSnapshot(snapshot.type()));
        variables.forEach(variable -> lines.add(Sources.ofVariable(variable)));
        return lines;
    }
}
