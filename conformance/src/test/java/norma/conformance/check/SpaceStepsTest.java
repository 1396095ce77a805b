package norma.conformance.check;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import norma.abi.Event;
import norma.abi.Limits;
import norma.abi.Record;
import norma.abi.Rights;
import norma.abi.SystemCall;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Events of address spaces as steps of the model: what each must say, and what must follow. */
class SpaceStepsTest {
    private static @Nullable Finding found(Tape tape) {
        Validator validator = SpaceTape.validator(tape);
        validator.finish(false);
        return validator.finding();
    }

    /** What is found when only the first records were written. */
    private static String after(SpaceTape run, int records) {
        Finding finding = found(run.tape.only(records));
        assertNotNull(finding);
        assertEquals(Reason.UNDISCHARGED, finding.reason(), finding.toString());
        return finding.summary();
    }

    @Test
    void theWholeRunConforms() {
        Tape tape = SpaceTape.whole().tape;
        Validator validator = SpaceTape.validator(tape);
        validator.finish(false);
        assertNull(validator.finding());
        assertEquals(tape.records.size(), validator.counts().events());
        for (int kind = Event.MAP; kind < Event.LIMIT; kind++) {
            assertTrue(validator.counts().of(kind) > 0, EventView.name(kind));
        }
        assertTrue(validator.counts().text().contains(" Unmap=2"));
        assertTrue(validator.counts().text().matches("(?s).* Load=12\\b.*"));
    }

    @Test
    void everyFieldOfEveryEventCounts() {
        int changed = 0;
        Set<Integer> kinds = new TreeSet<>();
        for (int i = 0; i < SpaceTape.whole().tape.records.size(); i++) {
            int kind = (int) SpaceTape.whole().tape.records.get(i)[0] & 0xff;
            boolean ofSpaces = kind >= Event.MAP || kind == Event.EXIT;
            for (int field = 0; ofSpaces && field < 13; field++) {
                for (int by : new int[] {1, 2, 7, Limits.PAGES}) {
                    Tape tape = SpaceTape.whole().tape;
                    change(tape.records.get(i), field, by);
                    assertNotNull(
                            found(tape),
                            "record " + i + " " + EventView.name(kind) + " field " + field);
                    changed++;
                }
                kinds.add(kind);
            }
        }
        assertEquals(Event.LIMIT - Event.MAP + 1, kinds.size());
        assertTrue(changed > 1000);
    }

    /** Parameters, both halves of the word, code, facts, objects. */
    private static void change(long[] words, int field, int by) {
        if (field < 4) {
            words[1] ^= (long) by << 16 * field;
        } else if (field < 6) {
            words[2] ^= (long) by << 32 * (field - 4);
        } else if (field < 10) {
            words[3] ^= (long) by << 16 * (field - 6);
        } else {
            words[4 + field - 10] ^= (long) by << Record.VERSION_BITS;
        }
    }

    @Test
    void everyWordOfEveryRequestCounts() {
        for (int thread = 0; thread < 2; thread++) {
            for (int number = 0; number < SpaceTape.whole().tape.log(thread).size(); number++) {
                for (int word = 0; word < 8; word++) {
                    for (int by : new int[] {1, 2, 64}) {
                        Tape tape = SpaceTape.whole().tape;
                        long[] entry = tape.log(thread).get(number);
                        if (entry[0] == SystemCall.MAP && entry[1] > entry[2]) {
                            continue; // Other arguments may be refused, too.
                        }
                        // Whoever attempts a page that it may not have may attempt another such,
                        // but page 0.
                        boolean other =
                                entry[0] == WitnessCheck.ATTEMPT && word == 1 && by != entry[1];
                        entry[word] ^= by;
                        assertEquals(
                                other,
                                found(tape) == null,
                                "thread " + thread + " request " + number + " word " + word);
                    }
                }
            }
        }
    }

    @Test
    void whoHasNotFlushedOwesIt() {
        SpaceTape run = new SpaceTape().begin().unmaps();
        assertEquals("Acknowledge: core 1 was asked to flush and has not", after(run, run.shot));
    }

    /** Each core that flushes says how many have not. */
    @Test
    void coresThatHaveNotFlushedAreCounted() {
        Tape tape = SpaceTape.acknowledgedByTwo();
        Validator validator = SpaceTape.validator(tape);
        assertEquals(tape.records.size(), validator.advance());
        assertNull(validator.finding(), () -> validator.finding().summary());
    }

    /** The first core's bit is one like the others. */
    @Test
    void theFirstCoreIsAskedToFlushToo() {
        Tape tape = new SpaceTape().begin().unmapping(1, 1, 0).tape;
        Validator validator = SpaceTape.validator(tape);
        assertEquals(tape.records.size(), validator.advance());
        assertNull(validator.finding(), () -> validator.finding().summary());
    }

    @Test
    void whoeverAllHaveFlushedForIsReleased() {
        SpaceTape run = new SpaceTape().begin().unmaps();
        assertEquals(
                "Release: all have flushed for thread 0, which still waits",
                after(run, run.acknowledged));
    }

    @Test
    void whoWaitsIsAdmitted() {
        SpaceTape run = new SpaceTape().begin().unmaps().protects();
        assertEquals("Admit: thread 1 waits for a job that has ended", after(run, run.finished));
    }

    /** The shootdown's other half: what the model refuses when a step was left out. */
    @Test
    void nothingMayBeLeftOut() {
        List<String> unnoticed = new ArrayList<>();
        for (int kind = Event.MAP; kind < Event.LIMIT; kind++) {
            Tape tape = SpaceTape.whole().tape;
            if (!without(tape, kind)) {
                unnoticed.add(EventView.name(kind));
            }
        }
        assertEquals(List.of(), unnoticed);
    }

    /** Is the first event of a kind missed, if its core's and its objects' numbers do not tell? */
    private static boolean without(Tape tape, int kind) {
        int at = 0;
        while (((int) tape.records.get(at)[0] & 0xff) != kind) {
            at++;
        }
        long[] gone = tape.records.remove(at);
        for (int i = at; i < tape.records.size(); i++) {
            long[] later = tape.records.get(i);
            if ((later[0] >>> 8 & 0xff) == (gone[0] >>> 8 & 0xff)) {
                later[0] -= 1L << 32;
            }
            for (int k = 4; k < 7; k++) {
                for (int j = 4; j < 7; j++) {
                    boolean same =
                            gone[j] != 0
                                    && later[k] >>> Record.VERSION_BITS
                                            == gone[j] >>> Record.VERSION_BITS;
                    later[k] -= same ? 1 : 0;
                }
            }
        }
        Finding finding = found(tape);
        return finding != null && finding.reason() != Reason.VERSION_GAP;
    }

    /** A thread may not be made to fault at what it may have. */
    @Test
    void aFaultAtAPageMustBeOne() {
        SpaceTape run = SpaceTape.whole();
        run.tape.log(1).getLast()[2] = Rights.READ;
        run.tape.records.get(run.faulted - 1)[1] = Record.params(1, 29, 0, 0);
        Finding finding = found(run.tape);
        assertNotNull(finding);
        assertEquals(Reason.ACTION_NOT_ENABLED, finding.reason());
        assertTrue(finding.summary().endsWith("MayNotReach is false"), finding.summary());
    }

    /** Behind the last page is none: whoever attempts one must fault. */
    @Test
    void behindTheLastPageIsNone() {
        for (long page = SpaceTape.PAGES; page < SpaceTape.PAGES + 3; page++) {
            for (int access = Rights.READ; access <= Rights.EXECUTE; access++) {
                SpaceTape run = SpaceTape.whole();
                run.tape.log(1).getLast()[1] = page;
                run.tape.log(1).getLast()[2] = access;
                int cause = FaultCauses.ofPage(SpaceTape.ILLEGAL, access);
                run.tape.records.get(run.faulted - 1)[1] = Record.params(1, cause, 0, 0);
                assertNull(found(run.tape), "page " + page + " access " + access);
            }
        }
    }

    /** A call that could have been carried out may not be refused. */
    @Test
    void whatCanBeDoneMayNotBeRefused() {
        assertNull(found(new SpaceTape().begin().unmaps().protects().refuses().tape));
        SpaceTape run = new SpaceTape().begin().unmaps().protects().refuses();
        long[] asked = run.tape.log(0).getLast();
        assertEquals(SystemCall.MAP, asked[0]);
        asked[1] = SpaceTape.PAGES - 1;
        asked[2] = SpaceTape.PAGES - 1;
        Finding finding = found(run.tape);
        assertNotNull(finding);
        assertEquals(Reason.WITNESS_MISMATCH, finding.reason());
        assertTrue(finding.summary().contains("which the kernel refused"), finding.summary());
    }

    /** Pages and frames are told from numbers that are none, up to the last. */
    @Test
    void numbersHaveLimits() {
        assertEquals("PageInRange", conjunct(Event.FILL, 0, SpaceTape.PAGES));
        assertEquals("PageInRange", conjunct(Event.MAP, 0, SpaceTape.PAGES));
        assertEquals("PageInRange", conjunct(Event.MAP, 1, SpaceTape.PAGES));
        assertEquals("FrameInRange", conjunct(Event.FILL, 1, SpaceTape.FRAMES));
        assertEquals("FrameInRange", conjunct(Event.FREE_FRAME, 0, SpaceTape.FRAMES));
        assertFalse(conjunct(Event.FILL, 0, SpaceTape.PAGES - 1).endsWith("InRange"));
        assertFalse(conjunct(Event.FREE_FRAME, 0, SpaceTape.FRAMES - 2).endsWith("InRange"));
    }

    /** The conjunct that is false when half a word of the first such event is another number. */
    private static String conjunct(int kind, int half, long number) {
        Tape tape = SpaceTape.whole().tape;
        int at = 0;
        while (((int) tape.records.get(at)[0] & 0xff) != kind) {
            at++;
        }
        long[] words = tape.records.get(at);
        words[2] = words[2] & ~(0xffff_ffffL << 32 * half) | number << 32 * half;
        Finding finding = found(tape);
        assertNotNull(finding);
        String[] said = finding.summary().split(" ");
        return said[said.length - 3];
    }

    /** When memory is used up, a page that has no frame cannot be touched. */
    @Test
    void memoryMayBeUsedUp() {
        for (int frames = 1; frames <= 2; frames++) {
            Validator validator =
                    new Validator(
                            SpaceTape.exhausted(),
                            SpaceTape.exhausted(),
                            new Validator.Setup(
                                    SpaceTape.PRIORITY,
                                    SpaceTape.ILLEGAL,
                                    false,
                                    true,
                                    new Memory(SpaceTape.PAGES, frames)));
            validator.finish(false);
            assertEquals(frames == 1, validator.finding() == null, "" + validator.finding());
        }
    }

    @Test
    void aMachineWithoutSpacesHasNone() {
        Tape tape = SpaceTape.whole().tape;
        Validator validator =
                new Validator(tape, tape, new Validator.Setup(SpaceTape.PRIORITY, 0, false, true));
        validator.finish(false);
        Finding finding = validator.finding();
        assertNotNull(finding);
        assertTrue(finding.summary().startsWith("Load "), finding.summary());
        assertTrue(finding.summary().endsWith("SpaceInRange is false"), finding.summary());
    }
}
