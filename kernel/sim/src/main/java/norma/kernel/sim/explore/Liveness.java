package norma.kernel.sim.explore;

import java.lang.classfile.ClassModel;
import java.lang.classfile.CodeElement;
import java.lang.classfile.CodeModel;
import java.lang.classfile.Instruction;
import java.lang.classfile.Label;
import java.lang.classfile.MethodModel;
import java.lang.classfile.Opcode;
import java.lang.classfile.TypeKind;
import java.lang.classfile.instruction.BranchInstruction;
import java.lang.classfile.instruction.ExceptionCatch;
import java.lang.classfile.instruction.IncrementInstruction;
import java.lang.classfile.instruction.InvokeInstruction;
import java.lang.classfile.instruction.LabelTarget;
import java.lang.classfile.instruction.LoadInstruction;
import java.lang.classfile.instruction.LookupSwitchInstruction;
import java.lang.classfile.instruction.ReturnInstruction;
import java.lang.classfile.instruction.StoreInstruction;
import java.lang.classfile.instruction.SwitchCase;
import java.lang.classfile.instruction.TableSwitchInstruction;
import java.lang.classfile.instruction.ThrowInstruction;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import norma.kernel.sim.load.StackEffect;

/**
 * Which local variables of a method may still be read, at each of its instructions: the usual
 * backward analysis of its class file.
 */
final class Liveness {
    private final List<Op> ops = new ArrayList<>();
    private final Map<Integer, Integer> atBci = new HashMap<>();

    /**
     * Slots by how they are read next.
     *
     * @param references slots read as references, a bit each
     * @param ints as int
     * @param longs as long
     */
    record Live(long references, long ints, long longs) {
        static final Live NONE = new Live(0, 0, 0);

        Live and(Live o) {
            return new Live(references | o.references, ints | o.ints, longs | o.longs);
        }

        Live without(int slot) {
            long keep = ~(1L << slot);
            return new Live(references & keep, ints & keep, longs & keep);
        }

        Live with(int slot, TypeKind kind) {
            long bit = 1L << slot;
            return switch (kind.asLoadable()) {
                case REFERENCE -> new Live(references | bit, ints, longs);
                case INT -> new Live(references, ints | bit, longs);
                case LONG -> new Live(references, ints, longs | bit);
                default -> throw new Inconsistent("a local variable of kind " + kind);
            };
        }
    }

    private static final class Op {
        final Instruction instruction;
        final List<Integer> next = new ArrayList<>();
        Live before = Live.NONE;
        Live after = Live.NONE;

        /** Slots on the operand stack before it; -1 if it is not reached. */
        int depth = -1;

        Op(Instruction instruction) {
            this.instruction = instruction;
        }
    }

    private Liveness(CodeModel code) {
        Map<Label, Integer> labels = new HashMap<>();
        int bci = 0;
        for (CodeElement element : code) {
            if (element instanceof LabelTarget target) {
                labels.put(target.label(), ops.size());
            } else if (element instanceof ExceptionCatch) {
                throw new Inconsistent("the kernel catches no exceptions");
            } else if (element instanceof Instruction instruction) {
                atBci.put(bci, ops.size());
                ops.add(new Op(instruction));
                bci += instruction.sizeInBytes();
            }
        }
        for (int i = 0; i < ops.size(); i++) {
            successors(i, labels);
        }
        depths(0, 0);
        boolean changed = true;
        while (changed) {
            changed = false;
            for (int i = ops.size() - 1; i >= 0; i--) {
                changed |= update(ops.get(i));
            }
        }
    }

    /** The methods of a class, by name and descriptor. */
    static Map<String, Liveness> of(ClassModel model) {
        Map<String, Liveness> methods = new HashMap<>();
        for (MethodModel method : model.methods()) {
            String name = method.methodName().stringValue();
            if (!name.startsWith("<")) {
                method.code()
                        .ifPresent(code ->
                                methods.put(
                                        name + method.methodType().stringValue(),
                                        new Liveness(code)));
            }
        }
        return methods;
    }

    private void successors(int i, Map<Label, Integer> labels) {
        Op op = ops.get(i);
        boolean falls = true;
        switch (op.instruction) {
            case BranchInstruction b -> {
                op.next.add(labels.get(b.target()));
                falls = b.opcode() != Opcode.GOTO && b.opcode() != Opcode.GOTO_W;
            }
            case TableSwitchInstruction s -> {
                falls = false;
                op.next.add(labels.get(s.defaultTarget()));
                for (SwitchCase c : s.cases()) {
                    op.next.add(labels.get(c.target()));
                }
            }
            case LookupSwitchInstruction s -> {
                falls = false;
                op.next.add(labels.get(s.defaultTarget()));
                for (SwitchCase c : s.cases()) {
                    op.next.add(labels.get(c.target()));
                }
            }
            case ReturnInstruction r -> falls = false;
            case ThrowInstruction t -> falls = false;
            default -> {}
        }
        if (falls) {
            op.next.add(i + 1);
        }
    }

    private void depths(int first, int depth) {
        Deque<Integer> open = new ArrayDeque<>(List.of(first));
        ops.get(first).depth = depth;
        while (!open.isEmpty()) {
            Op op = ops.get(open.remove());
            int after = op.depth + StackEffect.of(op.instruction);
            for (int next : op.next) {
                Op target = ops.get(next);
                if (target.depth < 0) {
                    target.depth = after;
                    open.add(next);
                } else if (target.depth != after) {
                    throw new Inconsistent("two depths of the operand stack");
                }
            }
        }
    }

    private boolean update(Op op) {
        Live after = Live.NONE;
        for (int next : op.next) {
            after = after.and(ops.get(next).before);
        }
        Live before =
                switch (op.instruction) {
                    case LoadInstruction load -> after.with(load.slot(), load.typeKind());
                    case StoreInstruction store -> after.without(store.slot());
                    case IncrementInstruction inc -> after.with(inc.slot(), TypeKind.INT);
                    default -> after;
                };
        boolean changed = !before.equals(op.before) || !after.equals(op.after);
        op.before = before;
        op.after = after;
        return changed;
    }

    /** Slots that stay on the operand stack during the call at {@code bci}. */
    int operands(int bci) {
        Op op = ops.get(index(bci));
        if (!(op.instruction instanceof InvokeInstruction call)) {
            throw new Inconsistent("no call at " + bci);
        }
        return op.depth - StackEffect.arguments(call);
    }

    private int index(int bci) {
        Integer at = atBci.get(bci);
        if (at == null) {
            throw new Inconsistent("no instruction at " + bci);
        }
        return at;
    }

    /** What may still be read after the instruction at {@code bci}, a call. */
    Live after(int bci) {
        return ops.get(index(bci)).after;
    }
}
