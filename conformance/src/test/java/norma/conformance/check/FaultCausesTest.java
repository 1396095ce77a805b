package norma.conformance.check;

import static org.junit.jupiter.api.Assertions.assertEquals;

import norma.abi.Forbidden;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The causes of faults: 16 and the numbers of the architectures' manuals. */
class FaultCausesTest {
    private static final int RISCV = 18;
    private static final int X86 = 29;

    @ParameterizedTest
    @CsvSource({
        Forbidden.INSTRUCTION + ", 2, 13",
        Forbidden.READ_KERNEL + ", 13, 14",
        Forbidden.WRITE_KERNEL + ", 15, 14",
        Forbidden.ENTER_KERNEL + ", 12, 14",
        Forbidden.READ_DEVICE + ", 13, 14",
        Forbidden.READ_RING + ", 13, 14",
        Forbidden.WRITE_BLOCK + ", 15, 14",
        Forbidden.WRITE_CODE + ", 15, 14",
        Forbidden.EXECUTE_STACK + ", 12, 14",
        Forbidden.LEAVE_STACK + ", 15, 14",
        Forbidden.READ_NULL + ", 13, 14",
        Forbidden.READ_DIRECT + ", 13, 14",
    })
    void eachAttemptHasOneCause(int attempt, int riscv, int x86) {
        assertEquals(16 + riscv, FaultCauses.of(RISCV, attempt));
        assertEquals(16 + x86, FaultCauses.of(X86, attempt));
    }

    @Test
    void theLogDecidesWhatMustBeRecorded() {
        assertEquals(31, FaultCauses.expected(RISCV, Forbidden.WRITE_CODE, 29));
        assertEquals(18, FaultCauses.expected(RISCV, Forbidden.INSTRUCTION, 29));
    }

    @Test
    void withoutALogAnyCauseOfTheArchitectureWillDo() {
        assertEquals(29, FaultCauses.expected(RISCV, -1, 29));
        assertEquals(18, FaultCauses.expected(RISCV, -1, 30));
        assertEquals(30, FaultCauses.expected(X86, -1, 30));
        assertEquals(29, FaultCauses.expected(X86, -1, 18));
    }

    @Test
    void whoseArchitectureIsUnknownIsBelieved() {
        assertEquals(99, FaultCauses.expected(0, Forbidden.READ_NULL, 99));
    }
}
