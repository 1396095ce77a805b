package norma.conformance.check;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;

import norma.abi.Event;
import norma.abi.Limits;
import norma.abi.Record;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Duties towards threads that wait for cores, or for a job, must not wait for ever. */
class SpaceDutyAgesTest {
    private final long[] spaces = new long[Limits.SPACES];

    private DutyAges ages(Validator validator) {
        return new DutyAges(
                validator.state(), 2, new Memory(SpaceTape.PAGES, SpaceTape.FRAMES), core -> true);
    }

    private @Nullable String look(DutyAges ages) {
        Finding finding =
                ages.look(
                        new long[Limits.THREADS],
                        new long[Limits.CHANNELS],
                        new long[2],
                        spaces,
                        7);
        return finding == null ? null : finding.summary();
    }

    private void check(SpaceTape run, int records, int of, String duty) {
        Validator validator = SpaceTape.validator(run.tape.only(records));
        validator.advance();
        assertNull(validator.finding());
        DutyAges ages = ages(validator);
        assertNull(look(ages));
        enter(ages);
        spaces[of]++;
        assertNull(look(ages), "an event of the space since");
        enter(ages);
        String late = look(ages);
        assertNotNull(late);
        assertEquals(duty + ", and has not been done for too many kernel entries", late);
    }

    private static void enter(DutyAges ages) {
        EventView event = new EventView();
        for (int core = 0; core < 2; core++) {
            event.words[0] = Record.head(Event.TICK, core, 0, 0);
            for (int i = 0; i < DutyAges.PATIENCE; i++) {
                ages.accepted(event);
            }
        }
    }

    @Test
    void releases() {
        SpaceTape run = new SpaceTape().begin().unmaps();
        check(
                run,
                run.acknowledged,
                0,
                "Release: all cores have flushed that space 0's job has asked");
    }

    @Test
    void admissions() {
        SpaceTape run = new SpaceTape().begin().unmaps().protects();
        check(run, run.finished, 0, "Admit: a thread waits for a job of space 0 that has ended");
    }

    @Test
    void births() {
        SpaceTape run = SpaceTape.whole();
        check(run, run.copied, 1, "Bear: the first thread of space 1 waits, which is whole");
    }

    @Test
    void ends() {
        SpaceTape run = SpaceTape.whole();
        check(run, run.left, 1, "FreeSpace: nobody is left in space 1");
    }

    @Test
    void nothingIsDueWithoutReason() {
        SpaceTape run = new SpaceTape().begin().unmaps();
        Validator validator = SpaceTape.validator(run.tape.only(run.shot));
        validator.advance();
        DutyAges ages = ages(validator);
        assertNull(look(ages));
        for (int i = 0; i < 200; i++) {
            enter(ages);
        }
        String late = look(ages);
        assertEquals(
                "Ipi: core 1 does not take its IPI, and has not been done for too many kernel"
                        + " entries",
                late);
    }
}
