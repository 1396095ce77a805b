package norma.conformance.check;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import norma.abi.Limits;
import norma.abi.Record;
import norma.conformance.trace.RecordSource;
import norma.conformance.trace.WitnessSource;

/** Records made by hand, with the sequences and versions that they must have, and threads' logs. */
final class Tape implements RecordSource, WitnessSource, Rings {
    /** In the order in which they were made. */
    final List<long[]> records = new ArrayList<>();

    private final int cores;
    private final int[] sequences;
    private final int[] next;
    private final Map<Integer, Long> versions = new HashMap<>();
    private final List<List<long[]>> logs = new ArrayList<>();
    private final long[] halves = new long[Limits.THREADS];

    Tape(int cores) {
        this.cores = cores;
        sequences = new int[cores];
        next = new int[cores];
        for (int i = 0; i < Limits.THREADS; i++) {
            logs.add(new ArrayList<>());
        }
    }

    /** A record that is being made. */
    static final class Event {
        private final long[] words;

        private Event(long[] words) {
            this.words = words;
        }

        Event p(int p0, int p1, int p2, int p3) {
            words[1] = Record.params(p0, p1, p2, p3);
            return this;
        }

        Event p(int p0, int p1) {
            return p(p0, p1, 0, 0);
        }

        Event word(long word) {
            words[2] = word;
            return this;
        }

        /** Two numbers in one word. */
        Event word(long first, long second) {
            return word(first | second << 32);
        }

        Event result(int code, int a, int b, int c) {
            words[3] = Record.result(code, a, b, c);
            return this;
        }
    }

    static int object(int type, int index) {
        return type << 12 | index;
    }

    /** The next event of a core, which makes a version of each object. */
    Event event(int core, int kind, int... objects) {
        long[] words = head(core, kind, objects.length);
        for (int i = 0; i < objects.length; i++) {
            long version = versions.merge(objects[i], 1L, Long::sum);
            words[4 + i] = (long) objects[i] << Record.VERSION_BITS | version;
        }
        return new Event(words);
    }

    /** A part of a snapshot of an object: its words 1, 2, 3, 5, 6 and 7. */
    void part(int core, int kind, int object, long... words) {
        long[] record = head(core, kind, 1);
        record[4] = (long) object << Record.VERSION_BITS | versions.getOrDefault(object, 0L);
        System.arraycopy(words, 0, record, 1, 3);
        System.arraycopy(words, 3, record, 5, 3);
    }

    /** A core's mark; it was in epoch 0. */
    void mark(int core, int context, long place, long contents) {
        long version = sequences[core];
        long[] record = head(core, norma.abi.Event.MARK, 1);
        record[1] = place;
        record[2] = contents;
        record[4] = (long) context << Record.VERSION_BITS | version;
    }

    /** Makes versions and sequences those after the records that are left. */
    void rewindVersions() {
        versions.clear();
        java.util.Arrays.fill(sequences, 0);
        for (long[] words : records) {
            sequences[(int) (words[0] >>> 8) & 0xff]++;
            int touched = (int) (words[0] >>> 16) & 0xffff;
            for (int i = 0; i < touched; i++) {
                versions.merge((int) (words[4 + i] >>> Record.VERSION_BITS), 1L, Long::sum);
            }
        }
    }

    private long[] head(int core, int kind, int touched) {
        long[] words = new long[RecordSource.WORDS];
        words[0] = Record.head(kind, core, touched, sequences[core]++);
        records.add(words);
        return words;
    }

    /** A thread's next request, and its answer. */
    void asked(int thread, long number, long a, long b, long c, long d, long code) {
        List<long[]> log = logs.get(thread);
        log.add(new long[] {number, a, b, c, d, code, 0, log.size()});
        halves[thread] = 2L * log.size() - (code < 0 ? 1 : 0);
    }

    /** The log of a thread. */
    List<long[]> log(int thread) {
        return logs.get(thread);
    }

    /** Begins again, with only the first {@code count} records. */
    Tape only(int count) {
        while (records.size() > count) {
            records.removeLast();
        }
        return this;
    }

    @Override
    public int cores() {
        return cores;
    }

    private List<long[]> of(int core) {
        return records.stream().filter(words -> (words[0] >>> 8 & 0xff) == core).toList();
    }

    @Override
    public int held(int core) {
        return of(core).size();
    }

    @Override
    public long written(int core) {
        return held(core);
    }

    @Override
    public void record(int core, int place, long[] into) {
        System.arraycopy(of(core).get(place), 0, into, 0, into.length);
    }

    @Override
    public int epoch(int core) {
        return 0;
    }

    @Override
    public void startAt(int core, int place) {
        List<long[]> all = of(core);
        next[core] = place == all.size() ? records.size() : indexOf(all.get(place));
    }

    private int indexOf(long[] record) {
        int at = 0;
        while (records.get(at)[0] != record[0]) { // Core and sequence are in it.
            at++;
        }
        return at;
    }

    @Override
    public boolean peek(int core, long[] into) {
        for (int i = next[core]; i < records.size(); i++) {
            if ((records.get(i)[0] >>> 8 & 0xff) == core) {
                next[core] = i;
                System.arraycopy(records.get(i), 0, into, 0, into.length);
                return true;
            }
        }
        return false;
    }

    @Override
    public void take(int core) {
        next[core]++;
    }

    @Override
    public long halves(int slot) {
        return halves[slot];
    }

    @Override
    public void entry(int slot, long number, long[] into) {
        System.arraycopy(logs.get(slot).get((int) number), 0, into, 0, into.length);
    }

    @Override
    public void release(int slot, long number) {}
}
