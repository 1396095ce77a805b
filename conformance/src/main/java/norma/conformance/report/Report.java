package norma.conformance.report;

import java.util.List;
import norma.conformance.report.CaseResult.Status;

/**
 * The results of one command. Every number in every format is computed from the same list: passed,
 * failed and inconclusive add up to its length.
 *
 * @param title what ran
 * @param results in the order in which they ran
 */
public record Report(String title, List<CaseResult> results) {
    /** Copies the list. */
    public Report {
        results = List.copyOf(results);
    }

    /** Cases that ended so. */
    public long count(Status status) {
        return results.stream().filter(r -> r.status() == status).count();
    }

    /** Host time of all cases. */
    public double seconds() {
        return results.stream().mapToDouble(CaseResult::seconds).sum();
    }
}
