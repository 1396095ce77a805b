package norma.conformance.trace;

import norma.abi.Limits;
import norma.abi.Shared;

/**
 * Where rings, programs and witness logs lie in the shared block of one run (offsets from {@link
 * Shared#BASE}).
 *
 * @param cores cores that record
 * @param ringRecords records a ring, a power of two
 * @param witnessEntries entries a witness log, a power of two
 * @param tour operations of a tour, with the headers of its legs
 */
public record SharedLayout(int cores, int ringRecords, int witnessEntries, int tour) {
    private static final long PAGE = 4096;

    /** Checks the sizes. */
    public SharedLayout {
        if (Integer.bitCount(ringRecords) != 1 || Integer.bitCount(witnessEntries) != 1) {
            throw new IllegalArgumentException("rings have a power of two of entries");
        }
    }

    /** Without a tour. */
    public SharedLayout(int cores, int ringRecords, int witnessEntries) {
        this(cores, ringRecords, witnessEntries, 0);
    }

    /** Offset of a core's ring. */
    public long ring(int core) {
        return roundUp(tourAt() + Shared.TOUR_LEGS + (tour + 1L) * Shared.OP_BYTES)
                + core * Shared.ringStride(ringRecords);
    }

    /** Offset of program 0. */
    public long scripts() {
        return PAGE;
    }

    /** Offset of a slot's witness area. */
    public long witness(int slot) {
        return roundUp(scripts() + (long) Shared.PROGRAMS * Shared.PROGRAM_BYTES)
                + slot * Shared.witnessStride(witnessEntries);
    }

    /** Bytes of the block with all that it points to. */
    public long bytes() {
        return roundUp(ring(cores));
    }

    /** Offset of the tour. */
    public long tourAt() {
        return roundUp(witness(Limits.THREADS));
    }

    private static long roundUp(long offset) {
        return (offset + PAGE - 1) / PAGE * PAGE;
    }
}
