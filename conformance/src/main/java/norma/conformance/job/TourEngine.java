package norma.conformance.job;

import java.io.PrintStream;
import java.util.List;

/** Drives kernel images along the edges of model graphs, and says how much of them they took. */
public interface TourEngine {
    /**
     * Tours until enough is covered, or the time is up.
     *
     * @param out each boot; what is covered; as the last line {@code N passed, N failed}
     * @return one of {@link Verdicts}
     */
    int tour(TourOptions options, PrintStream out) throws Exception;

    /** The graphs of which coverage is told, as the manifest calls them. */
    List<String> specs();
}
