// Contract: Java's integer arithmetic and comparisons on known operands.
// Invariant: int operands are sign-extended longs; so are int results. Division by zero is not
// folded.
// Owner: norma.aot.flow.
package norma.aot.flow;

import java.lang.classfile.Opcode;
import java.util.OptionalLong;

/** Constant folding of operators and branch conditions. */
final class Folding {
    private Folding() {}

    /** The result of a binary operator, if it has one. */
    static OptionalLong binary(Opcode opcode, long a, long b) {
        int x = (int) a;
        int y = (int) b;
        return switch (opcode) {
            case IADD -> ofInt(x + y);
            case ISUB -> ofInt(x - y);
            case IMUL -> ofInt(x * y);
            case IAND -> ofInt(x & y);
            case IOR -> ofInt(x | y);
            case IXOR -> ofInt(x ^ y);
            case ISHL -> ofInt(x << y);
            case ISHR -> ofInt(x >> y);
            case IUSHR -> ofInt(x >>> y);
            case IDIV -> y == 0 ? OptionalLong.empty() : ofInt(x / y);
            case IREM -> y == 0 ? OptionalLong.empty() : ofInt(x % y);
            case LADD -> OptionalLong.of(a + b);
            case LSUB -> OptionalLong.of(a - b);
            case LMUL -> OptionalLong.of(a * b);
            case LAND -> OptionalLong.of(a & b);
            case LOR -> OptionalLong.of(a | b);
            case LXOR -> OptionalLong.of(a ^ b);
            case LSHL -> OptionalLong.of(a << y);
            case LSHR -> OptionalLong.of(a >> y);
            case LUSHR -> OptionalLong.of(a >>> y);
            case LDIV -> b == 0 ? OptionalLong.empty() : OptionalLong.of(a / b);
            case LREM -> b == 0 ? OptionalLong.empty() : OptionalLong.of(a % b);
            case LCMP -> ofInt(Long.compare(a, b));
            default -> OptionalLong.empty();
        };
    }

    /** An int result, widened. */
    private static OptionalLong ofInt(int value) {
        return OptionalLong.of(value);
    }

    /** Whether a branch that compares two ints is taken. */
    static boolean taken(Opcode opcode, long a, long b) {
        return switch (opcode) {
            case IFEQ, IF_ICMPEQ -> a == b;
            case IFNE, IF_ICMPNE -> a != b;
            case IFLT, IF_ICMPLT -> a < b;
            case IFGE, IF_ICMPGE -> a >= b;
            case IFGT, IF_ICMPGT -> a > b;
            case IFLE, IF_ICMPLE -> a <= b;
            default -> throw new IllegalArgumentException("not a comparison: " + opcode);
        };
    }
}
