// Contract: the stack instructions (dup, swap, pop families) as "take n entries, push these".
// Invariant: a wide entry counts as the two words of the JVM specification.
// Owner: norma.aot.flow.
package norma.aot.flow;

import java.lang.classfile.Opcode;
import java.util.ArrayList;
import java.util.List;

/**
 * A rearrangement of the top of the stack.
 *
 * @param taken how many entries are removed
 * @param order which of the removed entries are pushed, 0 being the lowest one removed
 */
public record StackShuffle(int taken, List<Integer> order) {
    /** The rearrangement an instruction makes on the given stack. */
    public static StackShuffle of(Opcode opcode, Frame frame) {
        boolean wide0 = frame.top(0).kind().isWide();
        return switch (opcode) {
            case POP -> new StackShuffle(1, List.of());
            case POP2 -> new StackShuffle(wide0 ? 1 : 2, List.of());
            case DUP -> new StackShuffle(1, List.of(0, 0));
            case SWAP -> new StackShuffle(2, List.of(1, 0));
            case DUP_X1 -> new StackShuffle(2, List.of(1, 0, 1));
            case DUP_X2 ->
                    frame.top(1).kind().isWide()
                            ? new StackShuffle(2, List.of(1, 0, 1))
                            : new StackShuffle(3, List.of(2, 0, 1, 2));
            case DUP2 ->
                    wide0
                            ? new StackShuffle(1, List.of(0, 0))
                            : new StackShuffle(2, List.of(0, 1, 0, 1));
            case DUP2_X1 ->
                    wide0
                            ? new StackShuffle(2, List.of(1, 0, 1))
                            : new StackShuffle(3, List.of(1, 2, 0, 1, 2));
            case DUP2_X2 -> dup2x2(frame, wide0);
            default -> throw new IllegalArgumentException("not a stack instruction: " + opcode);
        };
    }

    private static StackShuffle dup2x2(Frame frame, boolean wide0) {
        if (wide0) {
            return frame.top(1).kind().isWide()
                    ? new StackShuffle(2, List.of(1, 0, 1))
                    : new StackShuffle(3, List.of(2, 0, 1, 2));
        }
        return frame.top(2).kind().isWide()
                ? new StackShuffle(3, List.of(1, 2, 0, 1, 2))
                : new StackShuffle(4, List.of(2, 3, 0, 1, 2, 3));
    }

    void apply(Frame frame) {
        List<Value> removed = new ArrayList<>();
        for (int i = 0; i < taken; i++) {
            removed.addFirst(frame.pop());
        }
        order.forEach(i -> frame.push(removed.get(i)));
    }
}
