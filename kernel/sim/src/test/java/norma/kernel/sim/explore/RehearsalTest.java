package norma.kernel.sim.explore;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import norma.abi.Event;
import norma.abi.Gate;
import norma.abi.Op;
import norma.abi.Record;
import norma.abi.Rights;
import norma.conformance.forced.Course;
import norma.conformance.forced.Rehearsal;
import norma.conformance.scenario.ScriptException;
import norma.conformance.scenario.ScriptParser;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A run whose threads decide late what they do, and whose time passes as it is told. */
class RehearsalTest {
    private static final String TEXT =
            """
            slice 1ms
            priority 7
            pages 1 frames 1
            program main
              map 0 0 write
              spawn 1 user priority 7
              spawn 2 user priority 7
              end
            program user
              touch 0 read
              touch 0 read
              yield
              end
            """;

    private static final long SLICE = 1_000_000;
    private static final int USER = 1;
    private static final int STEPS = 10_000;

    private final Rehearsal run;
    private int heard;

    RehearsalTest() throws ScriptException {
        run = new BoardRehearsal.OnBoard().open(ScriptParser.parse(TEXT), 1);
    }

    @BeforeEach
    void toTheUser() {
        run.begin(words -> heard = (int) words[0] & 0xff);
        inUserMode();
        assertTrue(run.go(0), "main ends");
        inUserMode();
        assertEquals(USER, run.thread(0));
    }

    private void inUserMode() {
        for (int i = 0; i < STEPS && !run.user(0); i++) {
            run.go(0);
        }
        assertTrue(run.user(0));
    }

    private Course.Step last() {
        List<Course.Step> steps = run.rehearsed().course().steps();
        return steps.getLast();
    }

    @Test
    void anInterruptFindsWhatTheThreadDecidesLater() {
        assertFalse(run.interrupt(0, false), "no timer is due");
        run.pass(2 * SLICE);
        assertEquals(Gate.LEAP, last().kind());
        assertTrue(run.interrupt(0, false));
        assertEquals(Gate.REACH, last().place());
        run.next(USER, new long[] {Op.YIELD, 0, 0, 0});
        assertEquals(Gate.USER, last().place());
        run.next(USER, new long[] {Op.TOUCH, 0, Rights.WRITE, 0});
        assertEquals(Gate.REACH, last().place());
        int found = run.rehearsed().course().steps().size() - 1;
        for (int i = 0; i < STEPS && !(run.user(0) && run.thread(0) == USER); i++) {
            run.go(0);
        }
        assertTrue(run.go(0));
        assertEquals(Gate.REACH, last().place());
        run.next(USER, new long[] {Op.YIELD, 0, 0, 0});
        Course.Step settled = run.rehearsed().course().steps().get(found);
        assertEquals(Gate.REACH, settled.place(), "it has been done since");
        assertNull(run.wrong());
    }

    @Test
    void whatAFaultHasInterruptedIsPending() {
        assertFalse(run.pending(USER), "nothing has begun");
        assertTrue(run.go(0), "the page has no frame yet");
        assertFalse(run.user(0));
        inUserMode();
        assertEquals(Event.RESUME, heard);
        assertTrue(run.pending(USER), "the access is made again");
        assertEquals(0, run.place(USER));
        assertTrue(run.go(0));
        assertEquals(1, run.place(USER));
        assertFalse(run.pending(USER), "another has not begun");
        assertNull(run.wrong());
    }

    @Test
    void aSliceThatIsOverIsSeen() {
        run.next(USER, new long[] {Op.TOUCH, 0, Rights.READ, 0});
        run.pass(SLICE);
        assertTrue(run.go(0));
        inUserMode();
        assertEquals(Event.DISPATCH, heard, "preempted after the fault");
        assertEquals(USER + 1, run.thread(0));
    }

    @Test
    void aCoreThatAsksForALockIsSeen() {
        assertEquals(0, run.asks(0), "in user mode it asks for none");
        assertTrue(run.go(0));
        Set<Integer> ranks = new TreeSet<>();
        for (int i = 0; i < STEPS && !run.user(0); i++) {
            ranks.add(run.asks(0));
            run.go(0);
        }
        assertEquals(Set.of(0, Record.LOCK_SPACE), ranks, "a page fault");
    }
}
