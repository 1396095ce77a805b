package norma.fuzz;

import java.util.ArrayList;
import java.util.List;
import norma.conformance.check.Finding;
import norma.conformance.check.Validator;
import norma.conformance.saved.Ending;
import norma.conformance.saved.SavedTrace;
import norma.conformance.trace.RecordSource;
import norma.model.kernel.KernelState;

/** The records of a saved trace after some change, with its threads' logs as they are. */
final class AlteredTrace implements RecordSource {
    private final List<List<long[]>> records;
    private final int[] next;
    private final Validator validator;

    /** The trace with a change. */
    AlteredTrace(SavedTrace trace, List<List<long[]>> original, TraceMutant mutant) {
        records = new ArrayList<>();
        original.forEach(core -> records.add(new ArrayList<>(core)));
        mutant.change().make(records);
        next = new int[records.size()];
        validator = new Validator(this, trace, trace.header().setup());
    }

    /** The records of a trace, a list a core. */
    static List<List<long[]>> records(SavedTrace trace) {
        List<List<long[]>> all = new ArrayList<>();
        for (int core = 0; core < trace.cores(); core++) {
            List<long[]> list = new ArrayList<>();
            for (int i = 0; i < trace.held(core); i++) {
                long[] words = new long[RecordSource.WORDS];
                trace.record(core, i, words);
                list.add(words);
            }
            all.add(list);
        }
        return all;
    }

    /** What the validator finds, or null. */
    Finding validate(Ending ending) {
        if (ending == Ending.STOPPED) {
            validator.cut();
        } else {
            validator.finish(ending == Ending.ENDED);
        }
        return validator.finding();
    }

    /** The model's state behind what was accepted. */
    KernelState state() {
        return validator.state();
    }

    @Override
    public int cores() {
        return records.size();
    }

    @Override
    public boolean peek(int core, long[] into) {
        if (next[core] == records.get(core).size()) {
            return false;
        }
        System.arraycopy(records.get(core).get(next[core]), 0, into, 0, into.length);
        return true;
    }

    @Override
    public void take(int core) {
        next[core]++;
    }
}
