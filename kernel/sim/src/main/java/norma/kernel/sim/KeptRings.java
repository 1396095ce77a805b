package norma.kernel.sim;

import java.util.ArrayList;
import java.util.List;
import norma.conformance.check.Rings;
import norma.conformance.trace.RecordSource;

/**
 * Keeps every record of a recorder that is switched on in the middle: such a run is validated when
 * it is over, from its first checkpoint.
 */
final class KeptRings implements RecordSource, Rings {
    private final Block block;
    private final List<List<long[]>> records = new ArrayList<>();
    private final int[] next;

    KeptRings(Block block) {
        this.block = block;
        next = new int[block.cores()];
        for (int core = 0; core < block.cores(); core++) {
            records.add(new ArrayList<>());
        }
    }

    /** Takes what has been recorded since. */
    void collect() {
        for (int core = 0; core < block.cores(); core++) {
            long[] words = new long[RecordSource.WORDS];
            while (block.peek(core, words)) {
                records.get(core).add(words);
                block.take(core);
                words = new long[RecordSource.WORDS];
            }
        }
    }

    @Override
    public int cores() {
        return block.cores();
    }

    @Override
    public boolean peek(int core, long[] into) {
        if (next[core] == records.get(core).size()) {
            return false;
        }
        record(core, next[core], into);
        return true;
    }

    @Override
    public void take(int core) {
        next[core]++;
    }

    @Override
    public int held(int core) {
        return records.get(core).size();
    }

    @Override
    public void record(int core, int place, long[] into) {
        System.arraycopy(records.get(core).get(place), 0, into, 0, RecordSource.WORDS);
    }

    @Override
    public int epoch(int core) {
        return block.epoch(core);
    }

    @Override
    public long written(int core) {
        return held(core);
    }

    @Override
    public void startAt(int core, int place) {
        next[core] = place;
    }
}
