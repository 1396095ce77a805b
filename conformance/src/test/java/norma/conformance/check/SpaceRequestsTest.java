package norma.conformance.check;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import norma.abi.Limits;
import norma.abi.Rights;
import norma.abi.Shared;
import norma.abi.SystemCall;
import org.junit.jupiter.api.Test;

/** What threads ask about their address space: what may be refused, and what they attempt. */
class SpaceRequestsTest {
    private static final int T = 3;
    private static final int PAGES = 8;

    private static boolean justified(long number, long first, long last, long protection, int all) {
        return Refusals.justified(new long[] {number, first, last, protection, 0}, T, -2, all);
    }

    @Test
    void rangesMustBeOnes() {
        for (int call : new int[] {SystemCall.MAP, SystemCall.UNMAP, SystemCall.PROTECT}) {
            for (long first = -1; first <= PAGES; first++) {
                for (long last = -1; last <= PAGES; last++) {
                    boolean range = first >= 0 && last <= PAGES - 1 && first <= last;
                    assertEquals(!range, justified(call, first, last, Rights.READ, PAGES));
                    assertTrue(justified(call, first, last, Rights.READ, 0));
                }
            }
            assertTrue(justified(call, 0, 1L << 32, Rights.READ, PAGES));
        }
    }

    @Test
    void protectionsMustBeOnes() {
        for (long protection = -1; protection < 6; protection++) {
            boolean one = protection >= 1 && protection <= 3;
            assertEquals(!one, justified(SystemCall.MAP, 0, 0, protection, PAGES));
            assertEquals(!one, justified(SystemCall.PROTECT, 0, 0, protection, PAGES));
            assertFalse(justified(SystemCall.UNMAP, 0, 0, protection, PAGES));
        }
    }

    @Test
    void aForkNamesAnotherSlotAndAProgram() {
        for (long program = -1; program <= Shared.PROGRAMS; program++) {
            boolean one = program >= 0 && program < Shared.PROGRAMS;
            assertEquals(!one, justified(SystemCall.FORK, T + 1, program, 0, PAGES));
            assertTrue(justified(SystemCall.FORK, T + 1, program, 0, 0));
        }
        for (long slot = -1; slot <= Limits.THREADS; slot++) {
            boolean other = slot >= 0 && slot < Limits.THREADS && slot != T;
            assertEquals(!other, justified(SystemCall.FORK, slot, 0, 0, PAGES));
        }
    }

    /** What should have been refused was carried out. */
    @Test
    void whatMustBeRefusedMayNotBeDone() {
        Tape tape = new Tape(1);
        tape.asked(T, SystemCall.MAP, 0, PAGES - 1, Rights.WRITE, 0, 0);
        WitnessCheck good = new WitnessCheck(tape, true);
        good.calledSpace(T, SystemCall.MAP, 0, PAGES - 1, Rights.WRITE, PAGES);
        assertNull(good.failure());
        WitnessCheck wrong = new WitnessCheck(tape, true);
        wrong.calledSpace(T, SystemCall.MAP, 0, PAGES - 1, Rights.WRITE, PAGES - 1);
        assertEquals(
                "thread 3 asked call 11[0, 7, 2, 0], which the kernel should have refused",
                wrong.failure());
        WitnessCheck refused = new WitnessCheck(tape, true);
        refused.refused(T, SystemCall.MAP, -1, PAGES);
        assertEquals(
                "thread 3 asked call 11[0, 7, 2, 0], which the kernel refused", refused.failure());
    }

    @Test
    void eachWordOfAnAttempt() {
        long[] good = {WitnessCheck.ATTEMPT, 5, Rights.EXECUTE, 0, 0, -1, 0};
        assertNull(attempted(good).failure());
        long[][] wrong = {
            {1, 5, 3, 0, 0, -1, 0},
            {WitnessCheck.ATTEMPT, -1, 3, 0, 0, -1, 0},
            {WitnessCheck.ATTEMPT, 5, 0, 0, 0, -1, 0},
            {WitnessCheck.ATTEMPT, 5, 4, 0, 0, -1, 0},
            {WitnessCheck.ATTEMPT, 5, 3, 1, 0, -1, 0},
            {WitnessCheck.ATTEMPT, 5, 3, 0, 1, -1, 0},
        };
        for (long[] words : wrong) {
            String failure = attempted(words).failure();
            assertNotNull(failure);
            assertTrue(failure.endsWith("the kernel recorded a fault"), failure);
        }
        for (int word : new int[] {5, 6}) {
            long[] words = good.clone();
            words[word] = word == 5 ? 0 : 77;
            String failure = attempted(words).failure();
            assertEquals("thread 3 logged an answer to what it may not do", failure);
        }
    }

    private static WitnessCheck attempted(long[] words) {
        Tape tape = new Tape(1);
        tape.asked(T, words[0], words[1], words[2], words[3], words[4], words[5]);
        tape.log(T).getFirst()[6] = words[6];
        WitnessCheck check = new WitnessCheck(tape, true);
        long attempt = check.faulted(T);
        if (check.failure() == null) {
            assertEquals(WitnessCheck.PAGE, attempt);
            assertEquals(words[1], check.page());
            assertEquals(words[2], check.access());
        }
        return check;
    }

    @Test
    void eachAccessHasItsCause() {
        int[] riscv = {29, 31, 28};
        for (int access = Rights.READ; access <= Rights.EXECUTE; access++) {
            assertEquals(riscv[access - 1], FaultCauses.ofPage(18, access));
            assertEquals(riscv[access - 1], FaultCauses.expectedOfPage(18, access, 1));
            assertEquals(30, FaultCauses.ofPage(29, access));
            assertEquals(99, FaultCauses.expectedOfPage(0, access, 99));
        }
    }
}
