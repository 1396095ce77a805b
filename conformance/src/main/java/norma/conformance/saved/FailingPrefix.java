package norma.conformance.saved;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import norma.abi.Event;
import norma.abi.Record;
import norma.conformance.check.Validator;
import norma.conformance.saved.SavedTrace.TraceException;

/**
 * The shortest part of a trace that still contains its finding and all that must come before it:
 * the failing record, its predecessors on its core, and those of every object it touches, and so
 * on.
 *
 * <p>What is left out happened elsewhere and commutes with everything kept, so the model rejects
 * the same record in the same state. The result is a trace file like any other, and an ITF file of
 * its last steps.
 */
public final class FailingPrefix {
    private static final int WORDS = Record.BYTES / 8;

    private FailingPrefix() {}

    /** What was written. */
    public record Written(Path trace, Path itf, long records) {}

    /** Writes the prefix of a trace with a finding beside it; null if no record is to blame. */
    public static @org.jspecify.annotations.Nullable Written write(Path file)
            throws IOException, TraceException {
        SavedTrace trace = SavedTrace.read(file);
        if (trace.header().suffix()) {
            return null; // What came before is gone: the prefix is the trace from its checkpoint.
        }
        Validator validator = validator(trace);
        validator.advance();
        int core = validator.failedCore();
        if (core < 0) {
            return null;
        }
        int[] lengths = closure(trace, core, (int) validator.accepted(core));
        long records = 0;
        for (int i = 0; i < lengths.length; i++) {
            trace.records(i).truncate(lengths[i] * WORDS);
            records += lengths[i];
        }
        trace.rewind();
        Path prefix = file.resolveSibling(file.getFileName() + ".prefix");
        try (TraceWriter writer = TraceWriter.open(prefix, trace.cores(), trace.header(), trace)) {
            writer.complete(trace, Ending.STOPPED);
        }
        trace.rewind();
        Path itf = file.resolveSibling(file.getFileName() + ".itf.json");
        ItfWriter.write(trace, validator(trace), itf);
        return new Written(prefix, itf, records);
    }

    private static Validator validator(SavedTrace trace) {
        return new Validator(trace, trace, trace.header().setup());
    }

    /** Records of each core that must be kept, all from its first. */
    private static int[] closure(SavedTrace trace, int core, int record) {
        Map<Long, int[]> touching = touching(trace);
        int[] lengths = new int[trace.cores()];
        ArrayDeque<int[]> work = new ArrayDeque<>(List.of(new int[] {core, record}));
        while (!work.isEmpty()) {
            int[] next = work.remove();
            // All records of this core up to here are kept; look at those not yet looked at.
            for (int i = lengths[next[0]]; i <= next[1]; i++) {
                lengths[next[0]] = i + 1;
                predecessors(trace.records(next[0]), i, touching, work);
            }
        }
        return lengths;
    }

    private static void predecessors(
            LongList records, int record, Map<Long, int[]> touching, ArrayDeque<int[]> work) {
        int touched = (int) (records.get(record * WORDS) >>> 16) & 0xffff;
        for (int i = 0; i < Math.min(touched, Record.TOUCHED); i++) {
            long word = records.get(record * WORDS + 4 + i);
            // A snapshot has the version that its object is at, an event makes the next.
            long wanted = snapshot(records, record) ? word : word - 1;
            int[] before = touching.get(wanted);
            if ((wanted & Record.VERSION_MASK) > 0 && before != null) {
                work.add(before);
            }
        }
    }

    private static boolean snapshot(LongList records, int record) {
        int kind = (int) records.get(record * WORDS) & 0xff;
        return kind == Event.MARK || kind == Event.SNAPSHOT;
    }

    /** For each object and version, the record that made it. */
    private static Map<Long, int[]> touching(SavedTrace trace) {
        Map<Long, int[]> result = new HashMap<>();
        for (int core = 0; core < trace.cores(); core++) {
            LongList records = trace.records(core);
            for (int i = 0; i < records.size() / WORDS; i++) {
                int touched = (int) (records.get(i * WORDS) >>> 16) & 0xffff;
                for (int k = 0;
                        !snapshot(records, i) && k < Math.min(touched, Record.TOUCHED);
                        k++) {
                    result.putIfAbsent(records.get(i * WORDS + 4 + k), new int[] {core, i});
                }
            }
        }
        return result;
    }
}
