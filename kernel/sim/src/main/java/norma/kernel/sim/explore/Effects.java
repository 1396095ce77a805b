package norma.kernel.sim.explore;

/** What a step of the code does beside changing memory. */
interface Effects {
    /** A record is complete. */
    void event(Node node);

    /** A word is set; that of page tables to a {@link TableOperation}, which is done. */
    void set(int cell, long value);

    /** Core {@code index} is started. */
    void start(int index);
}
