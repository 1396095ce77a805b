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
import org.jspecify.annotations.Nullable;

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

    /** What was written. {@code shortest}: nothing that is left could be left out. */
    public record Written(Path trace, Path itf, long records, boolean shortest) {}

    /** Writes the prefix of a trace with a finding beside it; null if no record is to blame. */
    public static @Nullable Written write(Path file) throws IOException, TraceException {
        SavedTrace trace = SavedTrace.read(file);
        if (trace.header().suffix()) {
            return ofSuffix(file, trace);
        }
        Validator validator = validator(trace);
        validator.advance();
        int core = validator.failedCore();
        if (core < 0) {
            return null;
        }
        int[] lengths = closure(trace, core, (int) validator.accepted(core));
        for (int i = 0; i < lengths.length; i++) {
            trace.records(i).truncate(lengths[i] * WORDS);
        }
        return write(file, trace);
    }

    /**
     * Of overwritten rings: what is left up to the failing record, and to the end of the checkpoint
     * that validation begins with. It may be that checkpoint which is to blame.
     */
    private static @Nullable Written ofSuffix(Path file, SavedTrace trace)
            throws IOException, TraceException {
        Validator validator = validator(trace);
        validator.beginAtCheckpoint(trace);
        validator.advance();
        if (validator.failedCore() < 0 && validator.blamed() < 0) {
            return null;
        }
        for (int core = 0; core < trace.cores(); core++) {
            long overwritten = trace.written(core) - trace.held(core);
            int kept = (int) Math.min(trace.held(core), validator.needed(core) - overwritten);
            trace.keep(core, kept, epoch(trace, core, kept));
        }
        return write(file, trace);
    }

    /** Epoch that a core was in after its first {@code kept} records. */
    private static long epoch(SavedTrace trace, int core, int kept) {
        LongList records = trace.records(core);
        for (int i = kept; i < trace.held(core); i++) {
            if (((int) records.get(i * WORDS) & 0xff) == Event.MARK
                    && (records.get(i * WORDS + 1) & 0xffff) == 0) {
                return records.get(i * WORDS + 6); // What the mark says of the time before it.
            }
        }
        return trace.epoch(core);
    }

    private static Written write(Path file, SavedTrace trace) throws IOException {
        boolean suffix = trace.header().suffix();
        trace.rewind();
        Path prefix = file.resolveSibling(file.getFileName() + ".prefix");
        long records = 0;
        try (TraceWriter writer = TraceWriter.open(prefix, trace.cores(), trace.header(), trace)) {
            if (suffix) {
                writer.rings(trace);
            }
            for (int core = 0; core < trace.cores(); core++) {
                records += trace.held(core);
            }
            writer.complete(trace, Ending.STOPPED);
        }
        trace.rewind();
        Path itf = file.resolveSibling(file.getFileName() + ".itf.json");
        Validator counting = validator(trace);
        if (suffix) {
            counting.beginAtCheckpoint(trace);
        }
        counting.advance();
        trace.rewind();
        ItfWriter.write(trace, validator(trace), counting.counts().events(), itf);
        return new Written(prefix, itf, records, !suffix);
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
        return Event.isSnapshot(kind);
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
