package norma.conformance.check;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;

import norma.abi.Rights;
import norma.conformance.trace.WitnessSource;
import org.junit.jupiter.api.Test;

/** Attempts at pages in a thread's log. */
class WitnessAttemptsTest {
    private static final int THREAD = 3;

    /** A log with one request that is not answered. */
    private static WitnessCheck check(long... request) {
        return new WitnessCheck(
                new WitnessSource() {
                    @Override
                    public long halves(int slot) {
                        return slot == THREAD ? 1 : 0;
                    }

                    @Override
                    public long first(int slot) {
                        return 0;
                    }

                    @Override
                    public void entry(int slot, long number, long[] into) {
                        java.util.Arrays.fill(into, 0);
                        System.arraycopy(request, 0, into, 0, request.length);
                        into[5] = -1;
                    }

                    @Override
                    public void release(int slot, long number) {}
                },
                true);
    }

    /** The first page, and the weakest and the strongest access, are attempts like others. */
    @Test
    void attemptsAtPages() {
        for (int access = Rights.READ; access < Rights.LIMIT; access++) {
            WitnessCheck each = check(WitnessCheck.ATTEMPT, 0, access);
            assertEquals(WitnessCheck.PAGE, each.faulted(THREAD));
            assertNull(each.failure());
            assertEquals(0, each.page());
            assertEquals(access, each.access());
        }
        for (int access : new int[] {Rights.NONE, Rights.LIMIT}) {
            WitnessCheck wrong = check(WitnessCheck.ATTEMPT, 0, access);
            wrong.faulted(THREAD);
            assertNotNull(wrong.failure(), "access " + access);
        }
    }

    @Test
    void whatNoLogSays() {
        assertEquals(-1, new WitnessCheck(WitnessSource.NONE, false).faulted(THREAD));
    }
}
