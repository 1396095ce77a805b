package norma.conformance.check;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import norma.abi.Event;
import norma.abi.Limits;
import norma.abi.Record;
import norma.abi.Snapshot;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Which checkpoint rings still hold, and where each core's stream begins then. */
class SuffixFinderTest {
    private static final int CORES = 2;
    private static final int EPOCH = 4;

    /** Objects of a machine without address spaces, contexts not among them. */
    private static final int OBJECTS = Limits.THREADS + Limits.CHANNELS + 2 * CORES;

    /** States of a thread, part of the trace format. */
    private static final int RUNNING = 2;

    private static final int BLOCKED = 3;

    /** Rings that are written here, record by record. */
    private static final class Written implements Rings {
        private final List<List<long[]>> records = new ArrayList<>();
        private final long[] lost = new long[CORES];
        private final int[] epochs = new int[CORES];
        private final int[] starts = new int[CORES];

        Written() {
            for (int core = 0; core < CORES; core++) {
                records.add(new ArrayList<>());
            }
            Arrays.fill(starts, -1);
        }

        @Override
        public int cores() {
            return CORES;
        }

        @Override
        public int held(int core) {
            return records.get(core).size();
        }

        @Override
        public void record(int core, int place, long[] into) {
            System.arraycopy(records.get(core).get(place), 0, into, 0, into.length);
        }

        @Override
        public int epoch(int core) {
            return epochs[core];
        }

        @Override
        public long written(int core) {
            return lost[core] + held(core);
        }

        @Override
        public void startAt(int core, int place) {
            starts[core] = place;
        }
    }

    private final Written rings = new Written();

    private void add(int core, int kind, int touched, long[] rest) {
        long[] words = rest.clone();
        words[0] = Record.head(kind, core, touched, rings.written(core));
        rings.records.get(core).add(words);
    }

    private void event(int core, int kind) {
        add(core, kind, 0, new long[8]);
    }

    private void mark(int core, int epoch, int before) {
        long[] words = new long[8];
        words[1] = Snapshot.place(0, 1, epoch);
        words[4] = Record.object(Record.CONTEXT, core);
        words[6] = before;
        add(core, Event.MARK, 1, words);
        rings.epochs[core] = epoch;
    }

    private void snapshot(int core, int epoch, int type, int index, long contents) {
        long[] words = new long[8];
        words[1] = Snapshot.place(0, 1, epoch);
        words[2] = contents;
        words[4] = Record.object(type, index);
        add(core, Event.SNAPSHOT, 1, words);
    }

    /** Snapshots of all objects but one, by a core; thread 5 is in that state, home core 1. */
    private void sweep(int core, int epoch, int but, int state) {
        int number = 0;
        for (int type : new int[] {Record.THREAD, Record.CHANNEL, Record.CORE, Record.IPI_WORD}) {
            int count = Machines.count(type, CORES, Memory.NONE);
            for (int i = 0; i < count; i++) {
                boolean fifth = type == Record.THREAD && i == 5;
                if (number++ != but) {
                    snapshot(core, epoch, type, i, fifth ? state | 1L << 32 : 0);
                }
            }
        }
        assertEquals(OBJECTS, number);
    }

    private @Nullable Suffix find() {
        return new SuffixFinder(rings, Memory.NONE).find();
    }

    private static ObjectSnapshot of(Suffix suffix, int type, int index) {
        return suffix.snapshots().stream()
                .filter(s -> s.object() == (type << 12 | index))
                .findFirst()
                .orElseThrow();
    }

    /** Core 1 has slept all the time: its last event is of that kind. */
    private @Nullable Suffix slept(int last, int state) {
        mark(0, EPOCH, EPOCH - 1);
        sweep(0, EPOCH, -1, state);
        event(0, Event.RESUME);
        event(1, Event.TICK);
        event(1, last);
        rings.epochs[1] = EPOCH - 1;
        return find();
    }

    @Test
    void everyCoreHasItsCut() {
        rings.lost[0] = 100;
        rings.lost[1] = 50;
        event(0, Event.TICK);
        event(1, Event.TICK);
        event(1, Event.RESUME);
        mark(0, EPOCH, EPOCH - 1);
        sweep(0, EPOCH, -1, BLOCKED);
        event(0, Event.RESUME);
        mark(1, EPOCH, EPOCH - 2);
        event(1, Event.TICK);
        Suffix suffix = find();
        assertNotNull(suffix);
        assertEquals(EPOCH, suffix.epoch());
        assertEquals(101 + 52, suffix.from());
        assertEquals(
                List.of(
                        new Suffix.Cut(101, EPOCH - 1, 101 + 1 + OBJECTS),
                        new Suffix.Cut(52, EPOCH - 2, 53)),
                suffix.cuts());
        assertEquals(OBJECTS + CORES, suffix.snapshots().size());
        assertEquals("[1, 2]", Arrays.toString(rings.starts));
        assertEquals(
                "record " + (OBJECTS + 101) + " of core 0", of(suffix, Record.IPI_WORD, 1).place());
    }

    @Test
    void whoSleptHasLeftTheKernel() {
        Suffix suffix = slept(Event.RESUME, BLOCKED);
        assertNotNull(suffix);
        assertEquals(new Suffix.Cut(2, EPOCH - 1, 2), suffix.cuts().get(1));
        ObjectSnapshot context = of(suffix, Record.CONTEXT, 1);
        assertEquals(Record.NONE, context.field(0, 0, 16));
        assertEquals(Snapshot.HALT, context.field(0, 16, 16));
        assertEquals(1, context.index());
        assertEquals(
                "no record: its core had left the kernel, and the threads say what it runs",
                context.place());
        assertEquals("[0, 2]", Arrays.toString(rings.starts));
    }

    @Test
    void theThreadsSayWhatItRuns() {
        Suffix suffix = slept(Event.DISPATCH, RUNNING);
        assertNotNull(suffix);
        ObjectSnapshot context = of(suffix, Record.CONTEXT, 1);
        assertEquals(5, context.field(0, 0, 16));
        assertEquals(Snapshot.USER, context.field(0, 16, 16));
    }

    @Test
    void anEventThatLeavesTheKernel() {
        for (int kind = 1; kind < Event.LIMIT; kind++) {
            if (Event.isSnapshot(kind)) {
                continue;
            }
            boolean leaves =
                    kind == Event.RESUME
                            || kind == Event.DISPATCH
                            || kind == Event.STEAL
                            || kind == Event.IDLE;
            SuffixFinderTest other = new SuffixFinderTest();
            assertEquals(leaves, other.slept(kind, BLOCKED) != null, EventView.name(kind));
        }
    }

    /** Snapshots are no events: what was before them counts. */
    @Test
    void snapshotsBehindTheLastEvent() {
        mark(0, EPOCH, EPOCH - 1);
        sweep(0, EPOCH, -1, BLOCKED);
        event(1, Event.IDLE);
        snapshot(1, EPOCH - 1, Record.THREAD, 0, 0);
        rings.epochs[1] = EPOCH - 1;
        assertNotNull(find());
        rings.records.get(1).remove(0);
        assertNull(find(), "its last event is lost");
    }

    @Test
    void aCoreThatNeverRan() {
        mark(0, EPOCH, EPOCH - 1);
        sweep(0, EPOCH, -1, BLOCKED);
        Suffix suffix = find();
        assertNotNull(suffix);
        assertEquals(new Suffix.Cut(0, 0, 0), suffix.cuts().get(1));
        rings.lost[1] = 7;
        assertNull(find(), "all it has recorded is lost");
    }

    /** A core that is in the epoch, or a later one, and has no mark of it: the mark is lost. */
    @Test
    void marksThatAreLost() {
        for (int in = EPOCH - 1; in <= EPOCH + 1; in++) {
            SuffixFinderTest other = new SuffixFinderTest();
            other.mark(0, EPOCH, EPOCH - 1);
            other.sweep(0, EPOCH, -1, BLOCKED);
            other.event(1, Event.RESUME);
            other.rings.epochs[1] = in;
            assertEquals(in < EPOCH, other.find() != null, "in epoch " + in);
        }
    }

    /** The first mark that is left comes from a later epoch than the one before it. */
    @Test
    void aLaterMarkMustComeFromBefore() {
        for (int before = EPOCH - 1; before <= EPOCH; before++) {
            SuffixFinderTest other = new SuffixFinderTest();
            other.mark(0, EPOCH, EPOCH - 1);
            other.sweep(0, EPOCH, -1, BLOCKED);
            other.event(1, Event.RESUME);
            other.mark(1, EPOCH + 1, before);
            assertEquals(before < EPOCH, other.find() != null, "from epoch " + before);
        }
    }

    /** Such a mark may be of several records: all belong to the core's context. */
    @Test
    void aLaterMarkMayBeLong() {
        mark(0, EPOCH, EPOCH - 1);
        sweep(0, EPOCH, -1, BLOCKED);
        for (int part = 0; part < 2; part++) {
            long[] words = new long[8];
            words[1] = Snapshot.place(part, 2, EPOCH + 1);
            words[4] = Record.object(Record.CONTEXT, 1);
            words[6] = part == 0 ? EPOCH - 1 : 0;
            add(1, Event.MARK, 1, words);
        }
        rings.epochs[1] = EPOCH + 1;
        Suffix suffix = find();
        assertNotNull(suffix);
        assertEquals(2, of(suffix, Record.CONTEXT, 1).parts());
        assertEquals(2, suffix.cuts().get(1).end());
    }

    @Test
    void everyObjectHasASnapshot() {
        for (int but = 0; but < OBJECTS; but++) {
            SuffixFinderTest other = new SuffixFinderTest();
            other.mark(0, EPOCH, EPOCH - 1);
            other.sweep(0, EPOCH, but, BLOCKED);
            assertNull(other.find(), "without " + but);
        }
    }

    /** The oldest that is whole; later snapshots of the same objects are of later ones. */
    @Test
    void theOldestIsTaken() {
        for (int epoch = EPOCH; epoch < EPOCH + 3; epoch++) {
            mark(0, epoch, epoch - 1);
            sweep(0, epoch, epoch == EPOCH ? 3 : -1, epoch);
        }
        Suffix suffix = find();
        assertNotNull(suffix);
        assertEquals(EPOCH + 1, suffix.epoch());
        assertEquals(OBJECTS, suffix.from());
        assertEquals(EPOCH + 1, of(suffix, Record.THREAD, 5).field(0, 0, 8));
        assertEquals(2 * OBJECTS + 1, suffix.cuts().get(0).end());
    }

    @Test
    void whyNoneIsWhole() {
        assertEquals(Reason.EMPTY, SuffixFinder.missing(rings, Memory.NONE).reason());
        event(1, Event.TICK);
        Finding early = SuffixFinder.missing(rings, Memory.NONE);
        assertEquals(Reason.TRUNCATED, early.reason());
        assertEquals("the run was over before its first checkpoint was complete", early.summary());
        rings.lost[0] = 9;
        String lost = SuffixFinder.missing(rings, Memory.NONE).summary();
        assertEquals("no complete checkpoint is left: rings of 1 ", lost.substring(0, 43));
    }
}
