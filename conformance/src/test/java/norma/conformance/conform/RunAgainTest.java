package norma.conformance.conform;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.Iterator;
import java.util.List;
import norma.conformance.check.Reason;
import norma.conformance.machine.Accel;
import norma.conformance.machine.Arch;
import norma.conformance.report.CaseResult;
import norma.conformance.report.CaseResult.Status;
import org.junit.jupiter.api.Test;

/** A run that shows too little is made again, if the host's timing may be why; no other one is. */
class RunAgainTest {
    private static final CaseResult FEW = result(Status.INCONCLUSIVE, Reason.EMPTY.name());
    private static final CaseResult GOOD = result(Status.PASSED, "");

    private final ByteArrayOutputStream said = new ByteArrayOutputStream();

    private static CaseResult result(Status status, String reason) {
        return new CaseResult("g", "n", status, reason, "34 of 40", List.of(), "replay", 1, 1);
    }

    /** Which result counts; a further run than these would fail. */
    private CaseResult run(Accel accel, CaseResult... results) {
        Case selected = new Case(Scenarios.named("rendezvous"), Arch.RISCV64, 2, accel, 1);
        Iterator<CaseResult> next = List.of(results).iterator();
        PrintStream out = new PrintStream(said, true, StandardCharsets.UTF_8);
        CaseResult counts = ConformEngineImpl.run(selected, next::next, out);
        assertEquals(false, next.hasNext(), "every run was made");
        return counts;
    }

    @Test
    void untilItShowsEnough() {
        assertSame(GOOD, run(Accel.MULTI, FEW, GOOD));
        assertEquals("AGAIN 34 of 40\n", said.toString(StandardCharsets.UTF_8));
    }

    @Test
    void notForEver() {
        assertEquals(3, ConformEngineImpl.TRIES);
        assertSame(FEW, run(Accel.SINGLE, FEW, FEW, FEW));
    }

    @Test
    void noOther() {
        assertSame(FEW, run(Accel.ICOUNT, FEW));
        CaseResult lost = result(Status.INCONCLUSIVE, Reason.TRUNCATED.name());
        CaseResult wrong = result(Status.FAILED, Reason.EMPTY.name());
        for (CaseResult only : List.of(GOOD, lost, wrong)) {
            assertSame(only, run(Accel.MULTI, only));
        }
        assertEquals("", said.toString(StandardCharsets.UTF_8));
    }
}
