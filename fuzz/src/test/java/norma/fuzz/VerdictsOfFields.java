package norma.fuzz;

import static norma.fuzz.KeptVerdicts.TRACES;
import static norma.fuzz.KeptVerdicts.compare;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import norma.abi.Event;
import norma.abi.Limits;
import norma.abi.Record;
import norma.conformance.check.EventView;
import norma.conformance.check.Finding;
import norma.conformance.check.ModelStep;
import norma.conformance.saved.SavedTrace;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * As {@link VerdictsOfTraces}, step by step: at the first moments of each kind of record, what is
 * said of one whose fields are out of range, of another kind in its place, and of every bit of a
 * snapshot. Each is tried in the same state, which is kept and put back.
 */
class VerdictsOfFields {
    /** Moments of each kind, code and number of touched objects. */
    private static final int MOMENTS = 3;

    private static final int FIELD = 16;
    private static final int FIRST_PARAMETERS = 1;
    private static final int WORDS = Record.BYTES / Long.BYTES;

    /**
     * One more than objects, pages, frames and priorities that there may be, and no such at all.
     */
    private static final int[] LIMITS = {
        0,
        1,
        Limits.CORES,
        Limits.PRIORITIES,
        Limits.TAGS,
        Limits.CHANNELS,
        Limits.THREADS,
        Limits.PAGES,
        Limits.FRAMES,
        0x8000,
        Record.NONE
    };

    private ModelStep step;
    private final EventView event = new EventView();
    private byte[] state = new byte[0];
    private int[] stamps = new int[0];

    @BeforeAll
    static void record() throws Exception {
        KeptVerdicts.record();
    }

    @Test
    void fields() throws Exception {
        compare("fields", lines(TRACES.get(0)));
    }

    @Test
    void fieldsOfPages() throws Exception {
        compare("pages-fields", lines(TRACES.get(2)));
    }

    private List<String> lines(SavedTrace trace) {
        step = KeptVerdicts.steps(trace);
        state = new byte[step.size()];
        Map<String, Integer> moments = new HashMap<>();
        Map<Integer, List<long[]>> parts = new HashMap<>();
        List<String> lines = new ArrayList<>();
        int number = 0;
        for (long[] words : KeptVerdicts.inOrder(trace)) {
            int kind = (int) words[0] & 0xff;
            boolean snapshot = Event.isSnapshot(kind);
            String shape =
                    snapshot
                            ? kind + " " + (words[4] >>> Record.VERSION_BITS + 12)
                            : kind + " " + (words[3] & 0xff) + " " + (words[0] >>> 16 & 0xff);
            boolean tried = snapshot || moments.merge(shape, 1, Integer::sum) <= MOMENTS;
            if (!snapshot && tried) {
                lines.add(shape + " " + ofEvent(words, number));
            }
            if (snapshot) {
                int core = (int) (words[0] >>> 8) & 0xff;
                List<long[]> all = parts.computeIfAbsent(core, c -> new ArrayList<>());
                all.add(words);
                if (all.size() == (words[1] >>> 16 & 0xffff)) {
                    if (moments.merge(shape, 1, Integer::sum) <= MOMENTS) {
                        lines.add(shape + " " + ofSnapshot(all));
                    }
                    all.clear();
                }
            }
            take(words, number++);
        }
        return lines;
    }

    private String take(long[] words, int number) {
        System.arraycopy(words, 0, event.words, 0, words.length);
        Finding finding =
                event.isSnapshot() ? step.snapshot(List.of(words)) : step.take(event, number);
        return String.valueOf(finding);
    }

    private void keep() {
        step.pack(state, 0);
        stamps = step.stamps().clone();
    }

    private void putBack() {
        step.unpack(state, 0);
        step.restore(stamps);
    }

    /** What is said of the record with other fields, and of others in its place. */
    private long ofEvent(long[] words, int number) {
        keep();
        long sum = 0;
        for (int kind = 1; kind <= Event.LIMIT; kind++) {
            if (!Event.isSnapshot(kind)) {
                sum = 31 * sum + tried(words, 0, words[0] & ~0xffL | kind, number);
            }
        }
        for (int core : new int[] {0, 1, 2, 3, Limits.CORES, 0xff}) {
            sum = 31 * sum + tried(words, 0, words[0] & ~0xff00L | (long) core << 8, number);
        }
        for (int rank = 0; rank <= Record.LOCK_MEMORY + 1; rank++) {
            for (int index : LIMITS) {
                long lock = (long) rank << Record.LOCK_RANK_SHIFT | index;
                sum = 31 * sum + tried(words, 1, words[1] & ~0xffffL | lock & 0xffff, number);
            }
        }
        for (int word = FIRST_PARAMETERS; word < FIRST_PARAMETERS + 3; word++) {
            for (int at = 0; at < Long.SIZE; at += FIELD) {
                for (int limit : LIMITS) {
                    long value = words[word] & ~(0xffffL << at) | (long) limit << at;
                    sum = 31 * sum + tried(words, word, value, number);
                }
            }
        }
        return sum;
    }

    private long tried(long[] words, int at, long value, int number) {
        long[] other = words.clone();
        other[at] = value;
        String said = take(other, number);
        long after = said.equals("null") ? step.state().hashCode() : 0;
        String owed = said.equals("null") ? step.undischarged(true) + "" : "";
        putBack();
        return 31 * (31 * said.hashCode() + after) + owed.hashCode();
    }

    /** Where a snapshot and the state differ, each bit of it changed. */
    private long ofSnapshot(List<long[]> parts) {
        keep();
        long sum = step.differences(parts).hashCode();
        putBack();
        for (int part = 0; part < parts.size(); part++) {
            for (int word = 1; word < WORDS; word++) {
                for (int bit = 0; bit < Long.SIZE; bit++) {
                    List<long[]> other = new ArrayList<>(parts);
                    long[] words = parts.get(part).clone();
                    words[word] ^= 1L << bit;
                    other.set(part, words);
                    sum = 31 * sum + step.differences(other).hashCode();
                    putBack();
                }
            }
        }
        return 31 * sum + Arrays.hashCode(stamps);
    }
}
