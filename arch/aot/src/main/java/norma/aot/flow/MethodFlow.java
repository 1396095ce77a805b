// Contract: the result of the flow analysis of one method: the frame before every instruction that
// can be reached.
// Invariant: an instruction without a frame is dead code and is not compiled.
// Owner: norma.aot.flow.
package norma.aot.flow;

import java.util.HashSet;
import java.util.Set;
import norma.aot.load.MethodBody;
import org.jspecify.annotations.Nullable;

/** Frames of one method. */
public final class MethodFlow {
    private final MethodBody body;
    private final Interpreter interpreter;
    private final @Nullable Frame[] before;
    private final Set<Origin> lost = new HashSet<>();

    MethodFlow(MethodBody body, Interpreter interpreter) {
        this.body = body;
        this.interpreter = interpreter;
        this.before = new Frame[body.size()];
    }

    public MethodBody body() {
        return body;
    }

    /** Whether control can arrive at the instruction. */
    public boolean isLive(int index) {
        return before[index] != null;
    }

    /** The frame before a live instruction. */
    public Frame before(int index) {
        Frame frame = before[index];
        if (frame == null) {
            throw new IllegalArgumentException(
                    "dead instruction " + index + " of " + body.method());
        }
        return frame;
    }

    /** The effect of a live instruction: the frame after it and where control goes. */
    public Interpreter.Step step(int index) {
        return interpreter.step(index, before(index).copy());
    }

    /** Whether two paths meet with this origin on one and something else on the other. */
    public boolean isLost(Origin origin) {
        return lost.contains(origin);
    }

    /** Records that control arrives with this frame; tells whether that is news. */
    boolean arrive(int index, Frame frame) {
        Frame known = before[index];
        if (known == null) {
            before[index] = frame.copy();
            return true;
        }
        return known.mergeFrom(frame, lost);
    }
}
