package norma.kernel.sim.explore;

/** What a step of the code does beside changing memory. */
interface Effects {
    /** A record is complete. */
    void event(Node node);

    /** What {@link TableOperation} packs is done to page tables. */
    void tables(long operation);

    /** Core {@code index} is started. */
    void start(int index);
}
