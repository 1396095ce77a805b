package norma.conformance.check;

import static norma.conformance.check.Tape.object;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import norma.abi.Code;
import norma.abi.Event;
import norma.abi.Record;
import norma.abi.Snapshot;
import norma.abi.SystemCall;
import norma.model.sched.SchedState;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** When the validator looks for what is owed, and what it says when it cannot go on. */
class ValidatorTest {
    private static final int PRIORITY = 4;
    private static final int NONE = Record.NONE;
    private static final int CORE = object(Record.CORE, 0);
    private static final int CHANNEL = object(Record.CHANNEL, 0);

    /** Thread that serves the channel, and one that yields for ever. */
    private static final int SERVER = 1;

    private static final int OTHER = 2;

    /** Events between two looks at duties; half of those below are entries. */
    private static final int LOOKS = 1024;

    /** Longer than a duty may wait. */
    private static final int LONG = 4 * DutyAges.PATIENCE;

    private static int thread(int t) {
        return object(Record.THREAD, t);
    }

    private static Validator of(Tape tape, boolean witness) {
        return new Validator(tape, tape, new Validator.Setup(PRIORITY, 0, false, witness));
    }

    private static String said(@Nullable Finding finding) {
        return finding == null ? "" : finding.reason() + " " + finding.summary();
    }

    // --- when all cores halt ------------------------------------------------------------------

    /** All have flushed for thread 0, nobody releases it, and thread 1 sleeps on core 1. */
    private static SpaceTape unreleased() {
        SpaceTape run = new SpaceTape().begin().unmaps();
        run.tape.only(run.acknowledged).rewindVersions();
        Tape tape = run.tape;
        tape.event(1, Event.RESUME, object(Record.CORE, 1), thread(1)).p(1, PRIORITY);
        tape.asked(1, SystemCall.SLEEP, 7, 0, 0, 0, -1);
        tape.event(1, Event.SLEEP, thread(1)).p(1, 0).word(7);
        tape.event(1, Event.LOAD, SpaceTape.SPACE).p(0, NONE);
        return run;
    }

    private static void halts(Tape tape) {
        tape.event(1, Event.IDLE, object(Record.CORE, 1));
    }

    private static String afterAll(Tape tape) {
        Validator validator = SpaceTape.validator(tape);
        long taken = validator.advance();
        String said = said(validator.finding());
        assertEquals(tape.records.size(), taken, said);
        return said;
    }

    @Test
    void whenAllCoresHaltNothingIsOwed() {
        Tape tape = unreleased().tape;
        assertEquals("", afterAll(unreleased().tape));
        halts(tape);
        Validator validator = SpaceTape.validator(tape);
        assertEquals(tape.records.size(), validator.advance());
        assertEquals(
                "UNDISCHARGED Release: all have flushed for thread 0, which still waits",
                said(validator.finding()));
        assertEquals(-1, validator.failedCore(), "no record is wrong");
    }

    /** A core in the kernel will still do it. */
    @Test
    void aCoreInTheKernelMayOwe() {
        Tape tape = unreleased().tape;
        tape.event(0, Event.TICK);
        halts(tape);
        assertEquals("", afterAll(tape));
    }

    /** So will one whose next records are there, only not merged. */
    @Test
    void aCoreThatHasRecordedMoreMayOwe() {
        Tape tape = unreleased().tape;
        halts(tape);
        tape.event(1, Event.TICK);
        tape.event(1, Event.RELEASE, SpaceTape.SPACE, thread(0)).p(0, 0);
        assertEquals("", afterAll(tape));
    }

    @Test
    void aRecordThatIsWrongIsItsCores() {
        Tape tape = unreleased().tape;
        halts(tape);
        tape.records.getLast()[3] = 7;
        Validator validator = SpaceTape.validator(tape);
        validator.advance();
        assertEquals(1, validator.failedCore());
        assertEquals(tape.held(1) - 1, validator.accepted(1), "which was not accepted");
        assertEquals(tape.held(1), validator.needed(1));
    }

    // --- now and then -------------------------------------------------------------------------

    private static void starts(Tape tape, int slot, int channel) {
        int[] touched =
                channel == NONE
                        ? new int[] {thread(0), thread(slot)}
                        : new int[] {thread(0), thread(slot), CHANNEL};
        tape.event(0, Event.SPAWN, touched).p(0, slot, PRIORITY, channel).result(0, 1, 0, 0);
        tape.event(0, Event.ENQUEUE, thread(slot), CORE)
                .p(slot, 0, PRIORITY, 0)
                .result(0, 0, 0, slot);
        tape.event(0, Event.RESUME, CORE, thread(0)).p(0, PRIORITY);
    }

    /** The server of a channel dies with a call in its queue. */
    private static Tape unanswered() {
        Tape tape = new Tape(1);
        starts(tape, SERVER, 0);
        starts(tape, OTHER, NONE);
        tape.event(0, Event.CALL, thread(0), CHANNEL)
                .p(0, 0, 0, PRIORITY)
                .result(Code.QUEUED, 0, NONE, 1);
        tape.event(0, Event.DISPATCH, CORE, thread(SERVER)).p(SERVER, PRIORITY).result(0, 0, 0, 1);
        tape.event(0, Event.DIE, thread(SERVER), CHANNEL).p(SERVER, 0, NONE, 0);
        tape.event(0, Event.DISPATCH, CORE, thread(OTHER)).p(OTHER, PRIORITY);
        return tape;
    }

    private static void yields(Tape tape) {
        tape.event(0, Event.YIELD, CORE, thread(OTHER)).p(OTHER, 0).result(0, 0, 0, 1);
        tape.event(0, Event.DISPATCH, CORE, thread(OTHER)).p(OTHER, PRIORITY);
    }

    @Test
    void aDutyMayNotWaitForEver() {
        Tape tape = unanswered();
        for (int i = 0; i < LONG / 2; i++) {
            yields(tape);
        }
        Validator validator = of(tape, false);
        long taken = validator.advance();
        assertEquals(
                "UNDISCHARGED FailCall: channel 0 is dead and not drained, and has not been done"
                        + " for too many kernel entries",
                said(validator.finding()));
        assertEquals(3 * LOOKS + 1, taken, "seen at the first look, too old at the third");
        assertEquals(taken, validator.accepted(0));
    }

    /** Without the duty the same run goes on for ever. */
    @Test
    void whoOwesNothingMayGoOn() {
        Tape tape = unanswered();
        tape.event(0, Event.YIELD, CORE, thread(OTHER)).p(OTHER, 0).result(0, 0, 0, 1);
        tape.event(0, Event.FAIL_CALL, CHANNEL, thread(0)).p(0, 0).result(Code.DEAD, 0, 0, 0);
        tape.event(0, Event.ENQUEUE, thread(0), CORE).p(0, 0, PRIORITY, 0).result(0, 0, 0, 2);
        tape.event(0, Event.DISPATCH, CORE, thread(OTHER)).p(OTHER, PRIORITY).result(0, 0, 0, 1);
        Validator validator = of(tape, false);
        validator.advance();
        assertNull(validator.finding(), said(validator.finding()));
        assertEquals(tape.records.size(), validator.accepted(0));
    }

    // --- at the end ---------------------------------------------------------------------------

    /** The only thread goes to sleep for so long. */
    private static Tape sleeper(long nanos) {
        Tape tape = new Tape(1);
        tape.asked(0, SystemCall.SLEEP, nanos, 0, 0, 0, -1);
        tape.event(0, Event.SLEEP, thread(0)).p(0, 0).word(nanos);
        tape.event(0, Event.IDLE, CORE);
        return tape;
    }

    @Test
    void deadlinesThatNeverCameAreFoundAtTheEnd() {
        Validator soon = of(sleeper(5), true);
        soon.finish(false);
        assertEquals(
                "UNDISCHARGED Wake: thread 0 went to sleep for at most 5 ns, and its deadline"
                        + " never came",
                said(soon.finding()));
        Validator late = of(sleeper(Long.MAX_VALUE), true);
        late.finish(false);
        assertNull(late.finding(), said(late.finding()));
        Validator ended = of(sleeper(5), true);
        ended.finish(true);
        assertEquals("UNDISCHARGED Wake: thread 0 still sleeps", said(ended.finding()));
    }

    // --- what stops it ------------------------------------------------------------------------

    /** A core marks, and touches an object of which it has written no snapshot. */
    private static Tape unsaved() {
        Tape tape = new Tape(1);
        tape.event(0, Event.TICK);
        tape.mark(
                0,
                object(Record.CONTEXT, 0),
                Snapshot.place(0, 1, 1),
                (long) SchedState.KERNEL << 16);
        tape.event(0, Event.RESUME, CORE, thread(0)).p(0, PRIORITY);
        return tape;
    }

    @Test
    void anObjectWithoutItsSnapshotStopsTheMerge() {
        Validator validator = of(unsaved(), false);
        validator.cut();
        String said = said(validator.finding());
        assertTrue(
                said.startsWith(
                        "VERSION_GAP SameEpoch is false: core 0 is in epoch 1, core0 in 0, at"
                                + " Resume"),
                said);
        assertEquals(2, validator.accepted(0));
    }

    /** A core that the machine does not have has no context whose records could be counted. */
    @Test
    void aContextOfNoCoreIsNamed() {
        Tape tape = new Tape(1);
        tape.event(0, Event.TICK, object(Record.CONTEXT, 1));
        Validator validator = of(tape, false);
        validator.advance();
        assertTrue(said(validator.finding()).contains("context1"), said(validator.finding()));
    }

    // --- threads of spaces --------------------------------------------------------------------

    /** A thread that serves a channel dies in its address space, which it leaves. */
    @Test
    void whoDiesLeavesItsSpace() {
        Tape tape = new Tape(1);
        tape.event(0, Event.SPAWN, thread(0), thread(1), CHANNEL)
                .p(0, 1, PRIORITY, 0)
                .result(0, 1, 0, 0);
        tape.event(0, Event.ENQUEUE, thread(1), CORE).p(1, 0, PRIORITY, 0).result(0, 0, 0, 1);
        tape.event(0, Event.RESUME, CORE, thread(0)).p(0, PRIORITY);
        tape.event(0, Event.YIELD, CORE, thread(0)).p(0, 0).result(0, 0, 0, 2);
        tape.event(0, Event.DISPATCH, CORE, thread(1)).p(1, PRIORITY).result(0, 0, 0, 1);
        tape.event(0, Event.DIE, thread(1), CHANNEL, SpaceTape.SPACE).p(1, 0, 0, 0);
        tape.event(0, Event.DISPATCH, CORE, thread(0)).p(0, PRIORITY);
        Validator.Setup setup =
                new Validator.Setup(
                        PRIORITY, 0, false, false, new Memory(SpaceTape.PAGES, SpaceTape.FRAMES));
        Validator validator = new Validator(tape, tape, setup);
        assertEquals(tape.records.size(), validator.advance());
        assertNull(validator.finding(), said(validator.finding()));
        assertNotNull(validator.coreRights());
        assertEquals(0, validator.coreRights().loaded(0));
    }
}
