package norma.speccheck;

/** Told now and then how far a search has got. */
@FunctionalInterface
public interface Progress {
    /** Called after every expanded state; must be cheap. */
    void expanded(int expanded, int found, long edges);
}
