package norma.kernel.sim.explore;

import java.util.List;
import norma.abi.Event;
import norma.conformance.check.Finding;
import norma.conformance.check.Reason;
import norma.conformance.check.Rings;
import norma.conformance.check.Validator;
import norma.conformance.trace.RecordSource;
import norma.conformance.trace.WitnessSource;
import org.jspecify.annotations.Nullable;

/** All that a recorder has written which was switched on in the middle, a list for each core. */
final class KeptRecords implements RecordSource, Rings {
    private final List<List<long[]>> records;
    private final int[] next;

    private KeptRecords(List<List<long[]>> records) {
        this.records = records;
        next = new int[records.size()];
    }

    /**
     * What is wrong with the records of a run that has ended, from its first checkpoint on, or
     * null. Nothing is if nothing was recorded: the recorder was asked for too late.
     */
    static @Nullable Finding validate(
            List<List<long[]>> records,
            int firstPriority,
            int faultCause,
            norma.conformance.check.Memory memory) {
        KeptRecords kept = new KeptRecords(records);
        Validator validator =
                new Validator(
                        kept,
                        WitnessSource.NONE,
                        new Validator.Setup(firstPriority, faultCause, false, false, memory));
        validator.beginAtCheckpoint(kept);
        Finding finding = validator.finding();
        if (finding == null) {
            validator.finish(true);
            finding = validator.finding();
        }
        return finding != null && finding.reason() == Reason.EMPTY ? null : finding;
    }

    @Override
    public int cores() {
        return records.size();
    }

    @Override
    public boolean peek(int core, long[] into) {
        if (next[core] == held(core)) {
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
        int epoch = 0;
        for (long[] record : records.get(core)) {
            epoch = (record[0] & 0xff) == Event.MARK ? (int) (record[1] >>> 32) : epoch;
        }
        return epoch;
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
