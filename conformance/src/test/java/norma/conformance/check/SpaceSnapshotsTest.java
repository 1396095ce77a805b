package norma.conformance.check;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import norma.abi.Code;
import norma.abi.Event;
import norma.abi.Limits;
import norma.abi.Record;
import norma.abi.Rights;
import norma.abi.Snapshot;
import norma.abi.SystemCall;
import norma.model.sched.SchedState;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Snapshots of address spaces and memory: each bit is compared, and a run can begin with them. */
class SpaceSnapshotsTest {
    private static final int NONE = SpaceTape.NONE;
    private static final int UNMAP = 1;
    private static final int PROTECT = 2;
    private static final int WORK = 1;
    private static final int WAIT = 2;
    private static final int NO_PAGE = 0;

    /** Words of a space that is lived in, and of one that is free; no job makes another. */
    private static final long LIVED_IN = 2L << 32 | (long) NONE << 40;

    private static final long FREE = (long) NONE << 40;

    private static final int EPOCH = 1;

    /** Parts of a snapshot on the tape; words of contents are 2, 3, 5, 6 and 7. */
    private static void write(Tape tape, int kind, int object, int epoch, long[]... parts) {
        for (int part = 0; part < parts.length; part++) {
            long[] all = new long[6];
            all[0] = Snapshot.place(part, parts.length, epoch);
            System.arraycopy(parts[part], 0, all, 1, parts[part].length);
            tape.part(0, kind, object, all);
        }
    }

    private static long[] list(int... entries) {
        long[] words = new long[Snapshot.PART_WORDS];
        for (int i = 0; i < entries.length; i++) {
            words[i / Snapshot.WORD_ENTRIES] |=
                    (long) entries[i] << 16 * (i % Snapshot.WORD_ENTRIES);
        }
        return words;
    }

    /** Memory of which one frame is in use, once. */
    private static long[] references(int frame) {
        return new long[] {1L << frame * Snapshot.REFERENCE_BITS};
    }

    /** Thread 0 has unmapped a page with frame 2, and waits for core 1 to flush. */
    private static SpaceTape shot(int epoch) {
        SpaceTape run = new SpaceTape().begin().unmaps();
        run.tape.only(run.shot);
        long job = UNMAP | WAIT << 8;
        long[] first = {job << 16 | (long) NONE << 48, 2 | 2L << 32, 1 << 2, LIVED_IN | 4L << 16};
        run.tape.rewindVersions();
        write(run.tape, Event.SNAPSHOT, SpaceTape.SPACE, epoch, first, list(0, 0, 0, 0));
        write(run.tape, Event.SNAPSHOT, SpaceTape.MEMORY, epoch, references(2));
        return run;
    }

    private static void spaceAtWaited(Tape tape, int epoch) {
        long job = PROTECT | WORK << 8;
        int page = Snapshot.page(Rights.READ, Rights.WRITE, 1);
        write(
                tape,
                Event.SNAPSHOT,
                SpaceTape.SPACE,
                epoch,
                new long[] {job << 16, 1, 0, LIVED_IN | 1 | 4L << 16},
                list(1, page, NO_PAGE, NO_PAGE, NO_PAGE));
        write(tape, Event.SNAPSHOT, SpaceTape.MEMORY, epoch, references(1));
    }

    private static void thread(Tape tape, int t, int epoch, int st, int generation, int home) {
        boolean live = st != SchedState.INACTIVE;
        long priority = live ? SpaceTape.PRIORITY : 0;
        long flags = live ? 1L << Snapshot.SPACE_SHIFT : 0;
        write(
                tape,
                Event.SNAPSHOT,
                SpaceTape.thread(t),
                epoch,
                new long[] {
                    st
                            | priority << 16
                            | priority << 24
                            | (long) home << 32
                            | flags << 48
                            | 0xffL << 56,
                    generation | (long) NONE << 16 | (long) NONE << 32 | (long) NONE << 48
                });
    }

    private static void threadsAtWaited(Tape tape, int epoch) {
        thread(tape, 0, epoch, SchedState.RUNNING, 0, 0);
        thread(tape, 1, epoch, SchedState.BLOCKED, 1, 1);
    }

    /** What is found of the whole run, which has snapshots in the middle. */
    private static @Nullable Finding found(Tape tape) {
        Validator validator = SpaceTape.validator(tape);
        validator.finish(false);
        return validator.finding();
    }

    private static SpaceTape waited() {
        SpaceTape run = new SpaceTape();
        run.atWaited =
                () -> {
                    spaceAtWaited(run.tape, Snapshot.FINAL_EPOCH);
                    threadsAtWaited(run.tape, Snapshot.FINAL_EPOCH);
                };
        return run.begin().unmaps().protects();
    }

    private static boolean isSnapshot(Tape tape, int i) {
        return ((int) tape.records.get(i)[0] & 0xff) == Event.SNAPSHOT;
    }

    @Test
    void everyBitOfASnapshotCounts() {
        assertNull(found(waited().tape));
        int compared = 0;
        int records = waited().tape.records.size();
        for (int i = 0; i < records; i++) {
            for (int bit = 0; isSnapshot(waited().tape, i) && bit < 5 * 64; bit++) {
                Tape tape = waited().tape;
                int word = new int[] {2, 3, 5, 6, 7}[bit / 64];
                tape.records.get(i)[word] ^= 1L << bit;
                assertNotNull(found(tape), "record " + i + " word " + word + " bit " + bit % 64);
                compared++;
            }
        }
        assertEquals(5 * 5 * 64, compared);
    }

    @Test
    void aSpaceThatWaitsForCores() {
        Validator good = SpaceTape.validator(shot(Snapshot.FINAL_EPOCH).tape);
        good.advance();
        assertNull(good.finding());
        assertEquals(2, good.compared());
        int records = shot(Snapshot.FINAL_EPOCH).tape.records.size();
        for (int bit = 0; bit < 64; bit++) {
            for (int word : new int[] {2, 3, 5, 6}) {
                Tape tape = shot(Snapshot.FINAL_EPOCH).tape;
                tape.records.get(records - 3)[word] ^= 1L << bit;
                Validator validator = SpaceTape.validator(tape);
                validator.advance();
                assertNotNull(validator.finding(), "word " + word + " bit " + bit);
            }
        }
    }

    @Test
    void aDifferenceIsTold() {
        Tape tape = waited().tape;
        int i = 0;
        while (!isSnapshot(tape, i)) {
            i++;
        }
        tape.records.get(i + 1)[2] ^= 3L << 16;
        Finding finding = found(tape);
        assertNotNull(finding);
        assertEquals(Reason.POST_STATE_MISMATCH, finding.reason());
        assertTrue(
                finding.details().contains("  area[0][0]: recorded 2, the model says 1"),
                finding.details().toString());
    }

    /** The last snapshot of the space and of the memory are missed as any object's are. */
    @Test
    void aRunEndsWithSnapshotsOfAll() {
        Tape tape = SpaceTape.whole().tape;
        Validator validator = SpaceTape.validator(tape);
        validator.finish(true);
        assertEquals(
                "the run ended without a last snapshot of thread0", validator.finding().summary());
    }

    // --- beginning with a checkpoint ----------------------------------------------------------

    /** A checkpoint of everything, on core 0, when thread 1 waits. */
    private static void checkpoint(Tape tape) {
        long place = Snapshot.place(0, 1, EPOCH);
        tape.mark(0, Tape.object(Record.CONTEXT, 0), place, (long) SchedState.KERNEL << 16);
        tape.mark(1, Tape.object(Record.CONTEXT, 1), place, NONE | (long) SchedState.HALT << 16);
        threadsAtWaited(tape, EPOCH);
        for (int t = 2; t < Limits.THREADS; t++) {
            thread(tape, t, EPOCH, SchedState.INACTIVE, 0, 0);
        }
        for (int h = 0; h < Limits.CHANNELS; h++) {
            write(
                    tape,
                    Event.SNAPSHOT,
                    Tape.object(Record.CHANNEL, h),
                    EPOCH,
                    new long[] {1, 0, 0, -1, -1},
                    new long[0]);
        }
        for (int core = 0; core < 2; core++) {
            long idle = core == 1 ? 1 : 0;
            long level = core == 0 ? SpaceTape.PRIORITY : 0;
            write(
                    tape,
                    Event.SNAPSHOT,
                    Tape.object(Record.CORE, core),
                    EPOCH,
                    new long[] {idle | level << 8, -1L << 32});
            write(tape, Event.SNAPSHOT, Tape.object(Record.IPI_WORD, core), EPOCH, new long[1]);
        }
        spaceAtWaited(tape, EPOCH);
        for (int space = 1; space < Limits.SPACES; space++) {
            write(
                    tape,
                    Event.SNAPSHOT,
                    Tape.object(Record.SPACE, space),
                    EPOCH,
                    new long[] {NONE | (long) NONE << 48, 0, 0, FREE | 4L << 16},
                    list(NO_PAGE, NO_PAGE, NO_PAGE, NO_PAGE));
        }
    }

    private static SpaceTape checkpointed() {
        SpaceTape run = new SpaceTape();
        run.atWaited = () -> checkpoint(run.tape);
        return run.begin().unmaps().protects().refuses();
    }

    private static Validator fromCheckpoint(Tape tape) {
        Validator validator = SpaceTape.validator(tape);
        long[] before = new long[Limits.THREADS];
        before[0] = 5;
        long from = validator.beginAtCheckpoint(tape, before);
        assertTrue(from > 0 && from < tape.records.size(), from + " records before it");
        return validator;
    }

    @Test
    void aRunCanBeginWithACheckpoint() {
        SpaceTape run = checkpointed();
        Validator validator = fromCheckpoint(run.tape);
        assertNull(validator.finding());
        validator.finish(false);
        assertNull(validator.finding());
        assertEquals(1, validator.counts().of(Event.TIGHTEN));
        assertEquals(1, validator.counts().of(Event.UNMAP));
    }

    /** The call that began the job before the checkpoint is answered after it. */
    @Test
    void theAnswerToAJobIsCompared() {
        SpaceTape run = checkpointed();
        long[] entry = run.tape.log(0).get(4);
        assertEquals(SystemCall.PROTECT, entry[0]);
        entry[5] = Code.INVALID;
        Validator validator = fromCheckpoint(run.tape);
        validator.finish(false);
        Finding finding = validator.finding();
        assertNotNull(finding);
        assertEquals(Reason.WITNESS_MISMATCH, finding.reason());
    }

    /** What the space's snapshot says must fit what the others say. */
    @Test
    void aCheckpointMayContradictItself() {
        SpaceTape run = checkpointed();
        for (long[] record : run.tape.records) {
            if ((record[4] >>> Record.VERSION_BITS) == SpaceTape.MEMORY
                    && ((int) record[0] & 0xff) == Event.SNAPSHOT) {
                record[2] = 0;
            }
        }
        Validator validator = fromCheckpoint(run.tape);
        Finding finding = validator.finding();
        assertNotNull(finding);
        assertEquals(Reason.INVARIANT_VIOLATED, finding.reason());
        assertTrue(finding.summary().contains("false at core0"), finding.summary());
        assertEquals(SpaceTape.SPACE, validator.blamed());
    }

    /** A snapshot of so many pages is of no space of this machine. */
    @Test
    void aCheckpointMayBeOfAnotherMachine() {
        SpaceTape run = checkpointed();
        for (long[] record : run.tape.records) {
            boolean first = (record[1] & 0xffff) == 0;
            if ((record[4] >>> Record.VERSION_BITS) == SpaceTape.SPACE
                    && ((int) record[0] & 0xff) == Event.SNAPSHOT
                    && first) {
                record[6] = 1 | (SpaceTape.PAGES + 1L) << 16;
            }
        }
        Validator validator = SpaceTape.validator(run.tape);
        assertTrue(validator.beginAtCheckpoint(run.tape) > 0);
        Finding finding = validator.finding();
        assertNotNull(finding);
        assertEquals(CheckpointCheck.UNKNOWN, finding.summary());
        assertEquals(SpaceTape.SPACE, validator.blamed());
    }
}
