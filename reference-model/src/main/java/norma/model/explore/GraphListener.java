package norma.model.explore;

/** Receives a labelled state graph in breadth-first order; numbers count from 0. */
public interface GraphListener {
    /** A state was found for the first time. */
    void state(int number, CharSequence canonical);

    /** A step was found; both of its states have been announced. */
    void edge(int from, String label, int to);
}
