package norma.conformance.check;

import java.util.List;

/**
 * Where validation of an overwritten trace begins: a checkpoint, and the cut of every core.
 *
 * @param epoch the checkpoint
 * @param snapshots one of every object, and one context a core
 * @param cuts one a core
 * @param from records before the cut, of all cores
 */
record Suffix(int epoch, List<ObjectSnapshot> snapshots, List<Cut> cuts, long from) {
    /**
     * Where a core's suffix begins.
     *
     * @param sequence of its first record after the cut
     * @param epoch that it was in before
     * @param end sequence of its first record after those of the checkpoint
     */
    record Cut(long sequence, int epoch, long end) {}
}
