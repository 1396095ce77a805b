package norma.kernel.sim.explore;

/** What is no part of the state, though it is in the kernel's objects. */
final class Masks {
    /** The pending bit and the epoch of an IPI word; its version is above. */
    private static final long IPI_KEPT = (1L << 17) - 1;

    private Masks() {}

    /**
     * Versions and places in rings only count: nothing that the kernel decides depends on them. Of
     * a free lock the tickets do not matter. {@code later}: a run is validated by its versions at
     * its end, so they are kept. {@code period}: after so many records a core begins a checkpoint,
     * or 0.
     */
    static void set(Cells cells, Memory memory, boolean later, long period) {
        for (int cell = 0; cell < cells.count(); cell++) {
            boolean head = cells.of(cell, "Recorder", "head");
            if (!later && head && period > 0) {
                memory.ring(cell, cells.sibling(cell, "marked"), period);
            } else if (!later && (head || cells.of(cell, "Tracked", "version"))) {
                memory.mask(cell, 0);
            } else if (!later && cells.of(cell, "Core", "ipiWord")) {
                memory.mask(cell, IPI_KEPT);
            } else if (cells.of(cell, "TicketLock", "owner")) {
                memory.lock(cell, cells.sibling(cell, "next"), cells.sibling(cell, "below"));
            }
        }
    }
}
