package norma.kernel.sim.explore;

/** What a step of the code does beside changing memory. */
interface Effects {
    /** A record is complete. */
    void event(Node node);

    /** Core {@code index} is started. */
    void start(int index);
}
