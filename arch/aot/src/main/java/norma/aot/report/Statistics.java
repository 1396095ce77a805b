// Contract: the figures of a compilation, for people.
// Owner: norma.aot.report.
package norma.aot.report;

import java.util.List;
import norma.aot.reach.Program;

/** Figures of a compilation. */
public final class Statistics {
    private Statistics() {}

    /** One line per figure. */
    public static List<String> of(Program program) {
        return List.of(
                "methods " + program.methods().size(),
                "classes with instances " + program.instantiated().size(),
                "image objects " + program.heap().objects().size(),
                "dispatch points " + program.selectors().size(),
                "fields " + program.fields().size());
    }
}
