// Contract: folding computes what Java computes.
// Owner: norma.aot tests.
package norma.aot.flow;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.lang.classfile.Opcode;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

final class FoldingTest {
    private static final int[] INTS = {0, 1, -1, 31, 33, Integer.MIN_VALUE, Integer.MAX_VALUE, 77};
    private static final long[] LONGS = {
        0, 1, -1, 63, 65, Long.MIN_VALUE, Long.MAX_VALUE, 1L << 40
    };

    private static void check(long expected, Opcode opcode, long a, long b) {
        assertEquals(
                OptionalLong.of(expected),
                Folding.binary(opcode, a, b),
                opcode + " " + a + " " + b);
    }

    @Test
    void ints() {
        for (int a : INTS) {
            for (int b : INTS) {
                check(a + b, Opcode.IADD, a, b);
                check(a - b, Opcode.ISUB, a, b);
                check(a * b, Opcode.IMUL, a, b);
                check(a & b, Opcode.IAND, a, b);
                check(a | b, Opcode.IOR, a, b);
                check(a ^ b, Opcode.IXOR, a, b);
                check(a << b, Opcode.ISHL, a, b);
                check(a >> b, Opcode.ISHR, a, b);
                check(a >>> b, Opcode.IUSHR, a, b);
                if (b != 0) {
                    check(a / b, Opcode.IDIV, a, b);
                    check(a % b, Opcode.IREM, a, b);
                }
                assertEquals(a < b, Folding.taken(Opcode.IF_ICMPLT, a, b));
                assertEquals(a >= b, Folding.taken(Opcode.IF_ICMPGE, a, b));
            }
        }
    }

    @Test
    void longs() {
        for (long a : LONGS) {
            for (long b : LONGS) {
                int distance = (int) b;
                check(a + b, Opcode.LADD, a, b);
                check(a * b, Opcode.LMUL, a, b);
                check(a << b, Opcode.LSHL, a, distance);
                check(a >>> b, Opcode.LUSHR, a, distance);
                check(Long.compare(a, b), Opcode.LCMP, a, b);
                if (b != 0) {
                    check(a / b, Opcode.LDIV, a, b);
                    check(a % b, Opcode.LREM, a, b);
                }
            }
        }
    }

    @Test
    void division_by_zero_is_left_to_run_time() {
        assertTrue(Folding.binary(Opcode.IDIV, 1, 0).isEmpty());
        assertTrue(Folding.binary(Opcode.LREM, 1, 0).isEmpty());
        assertFalse(Folding.taken(Opcode.IFNE, 0, 0));
    }
}
