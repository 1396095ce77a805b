package norma.conformance.report;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What came of one case.
 *
 * @param group what it belongs to; JUnit's class name
 * @param name its name, unique in the group
 * @param status how it ended
 * @param reason why, in a word that programs can match; empty if it passed
 * @param summary why, in one line for a person; empty if there is nothing to say
 * @param details further lines for a person
 * @param replay the command that runs this case alone
 * @param events events validated
 * @param seconds host time
 * @param properties more that is known of it, by name
 */
public record CaseResult(
        String group,
        String name,
        Status status,
        String reason,
        String summary,
        List<String> details,
        String replay,
        long events,
        double seconds,
        Map<String, String> properties) {
    /** How a case ended. */
    public enum Status {
        /** As it must be. */
        PASSED,
        /** A property is violated. */
        FAILED,
        /** No verdict. */
        INCONCLUSIVE
    }

    /** Copies the details. */
    public CaseResult {
        details = List.copyOf(details);
        properties = Collections.unmodifiableMap(new LinkedHashMap<>(properties));
    }

    /** Without further properties. */
    public CaseResult(
            String group,
            String name,
            Status status,
            String reason,
            String summary,
            List<String> details,
            String replay,
            long events,
            double seconds) {
        this(group, name, status, reason, summary, details, replay, events, seconds, Map.of());
    }
}
