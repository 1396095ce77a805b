package norma.conformance.check;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.EnumSet;
import java.util.Set;
import norma.abi.Code;
import norma.abi.Event;
import norma.abi.Rights;
import norma.model.ipc.ResultCode;
import org.junit.jupiter.api.Test;

/** What findings lead to, and the names and numbers that others use. */
class VerdictTest {
    private static final Set<Reason> NO_EVIDENCE =
            EnumSet.of(
                    Reason.EMPTY,
                    Reason.TRUNCATED,
                    Reason.MALFORMED,
                    Reason.OVERFLOW,
                    Reason.TIMED_OUT,
                    Reason.MACHINE);

    @Test
    void reasonsLeadToVerdicts() {
        for (Reason reason : Reason.values()) {
            Verdict verdict =
                    NO_EVIDENCE.contains(reason) ? Verdict.INCONCLUSIVE : Verdict.DIVERGES;
            assertEquals(verdict, reason.verdict());
            assertEquals(verdict, Finding.of(reason, "x").verdict());
        }
        assertEquals(0, Verdict.CONFORMS.exitCode());
        assertEquals(1, Verdict.DIVERGES.exitCode());
        assertEquals(3, Verdict.INCONCLUSIVE.exitCode());
        assertEquals(3, Verdict.CONFORMS_SUFFIX.exitCode());
    }

    @Test
    void codesAreThoseOfCalls() {
        for (ResultCode code : ResultCode.values()) {
            ResultCode back = code == ResultCode.OK ? ResultCode.ANSWER : code;
            assertEquals(back, Codes.result(Codes.of(code)));
        }
        assertEquals(ResultCode.MESSAGE, Codes.result(Code.MSG));
        assertEquals(ResultCode.NONE, Codes.result(Code.WORKING));
    }

    @Test
    void kindsHaveNames() {
        assertEquals("kind 0", EventView.name(0));
        assertEquals("Call", EventView.name(Event.CALL));
        assertEquals("kind " + Event.LIMIT, EventView.name(Event.LIMIT));
        assertEquals("kind -1", EventView.name(-1));
    }

    /** A core may use what its tables have, until it has flushed. */
    @Test
    void whatCoresMayReach() {
        SpaceTape run = new SpaceTape().begin().unmaps().protects();
        Validator validator = SpaceTape.validator(run.tape.only(run.waited));
        assertEquals(0, validator.coreRights().loaded(0));
        assertEquals(-1, validator.coreRights().loaded(1));
        validator.advance();
        assertNull(validator.finding());
        CoreRights rights = validator.coreRights();
        assertEquals(0, rights.loaded(0));
        assertEquals(-1, rights.loaded(1), "it sleeps");
        assertTrue(rights.mayUse(0, 0, 1, Rights.WRITE));
        assertFalse(rights.mayUse(0, 0, 2, Rights.WRITE), "another frame");
        assertFalse(rights.mayUse(1, 0, 1, Rights.WRITE), "another core");
        Validator whole = SpaceTape.validator(SpaceTape.whole().tape);
        whole.finish(false);
        assertEquals(-1, whole.coreRights().loaded(0));
    }
}
