// Contract: the abstract locals and operand stack before one instruction.
// Invariant: a wide local occupies its first slot only; an absent local is null.
// Owner: norma.aot.flow.
package norma.aot.flow;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import norma.aot.load.Kind;
import org.jspecify.annotations.Nullable;

/** A mutable abstract frame. */
public final class Frame {
    private final @Nullable Value[] locals;
    private final List<Value> stack;

    Frame(int maxLocals) {
        this.locals = new Value[maxLocals];
        this.stack = new ArrayList<>();
    }

    private Frame(@Nullable Value[] locals, List<Value> stack) {
        this.locals = locals;
        this.stack = stack;
    }

    /** An independent copy. */
    public Frame copy() {
        return new Frame(Arrays.copyOf(locals, locals.length), new ArrayList<>(stack));
    }

    /** The number of stack entries; a long counts once. */
    public int depth() {
        return stack.size();
    }

    /** The stack entry at a position counted from the bottom. */
    public Value stack(int position) {
        return stack.get(position);
    }

    /** The stack entry {@code below} entries under the top. */
    public Value top(int below) {
        return stack.get(stack.size() - 1 - below);
    }

    void push(Value value) {
        stack.add(value);
    }

    Value pop() {
        return stack.removeLast();
    }

    void pop(int count) {
        for (int i = 0; i < count; i++) {
            stack.removeLast();
        }
    }

    /** The abstract local, or null if it holds nothing usable. */
    public @Nullable Value local(int slot) {
        return locals[slot];
    }

    /** All locals that hold a value, for escape checks. */
    public List<Value> liveLocals() {
        List<Value> live = new ArrayList<>();
        for (Value local : locals) {
            if (local != null) {
                live.add(local);
            }
        }
        return live;
    }

    /** All stack entries, bottom first. */
    public List<Value> stack() {
        return List.copyOf(stack);
    }

    void setLocal(int slot, Value value) {
        locals[slot] = value;
    }

    /**
     * Merges another frame into this one; tells whether this one changed. Objects that two paths
     * disagree on are added to {@code lost}: from here on they cannot be tracked.
     */
    boolean mergeFrom(Frame other, Set<Origin> lost) {
        boolean changed = false;
        for (int i = 0; i < stack.size(); i++) {
            Value merged = stack.get(i).merge(other.stack.get(i));
            changed |= !merged.equals(stack.get(i));
            noteLost(stack.get(i), other.stack.get(i), lost);
            stack.set(i, merged);
        }
        for (int i = 0; i < locals.length; i++) {
            Value mine = locals[i];
            Value theirs = other.locals[i];
            if (mine == null) {
                continue;
            }
            Value merged =
                    theirs == null || theirs.kind() != mine.kind() ? null : mine.merge(theirs);
            changed |= !mine.equals(merged);
            if (merged != null && theirs != null) {
                noteLost(mine, theirs, lost);
            }
            locals[i] = merged;
        }
        return changed;
    }

    private static void noteLost(Value a, Value b, Set<Origin> lost) {
        if (a.kind() == Kind.REF && !a.origin().equals(b.origin())) {
            lost.add(a.origin());
            lost.add(b.origin());
        }
    }
}
