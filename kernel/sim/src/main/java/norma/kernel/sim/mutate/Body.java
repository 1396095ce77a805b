package norma.kernel.sim.mutate;

import java.lang.classfile.ClassModel;
import java.lang.classfile.CodeElement;
import java.lang.classfile.CodeModel;
import java.lang.classfile.Instruction;
import java.lang.classfile.Label;
import java.lang.classfile.MethodModel;
import java.lang.classfile.Opcode;
import java.lang.classfile.TypeKind;
import java.lang.classfile.instruction.BranchInstruction;
import java.lang.classfile.instruction.FieldInstruction;
import java.lang.classfile.instruction.InvokeInstruction;
import java.lang.classfile.instruction.LabelTarget;
import java.lang.classfile.instruction.LineNumber;
import java.lang.classfile.instruction.LookupSwitchInstruction;
import java.lang.classfile.instruction.ReturnInstruction;
import java.lang.classfile.instruction.SwitchCase;
import java.lang.classfile.instruction.TableSwitchInstruction;
import java.lang.classfile.instruction.ThrowInstruction;
import java.lang.constant.ConstantDescs;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import norma.kernel.sim.load.StackEffect;
import org.jspecify.annotations.Nullable;

/**
 * A method's instructions by number, with what operators must know of each.
 *
 * <p>Left out is what runs only in a kernel that has failed already: assertions, what ends in a
 * throw, and calls of {@code Panic}; and what is told to people, calls of {@code Console}.
 */
final class Body {
    private static final String PANIC = "norma/kernel/lang/Panic";
    private static final String CONSOLE = "norma/kernel/hal/Console";
    private static final String ASSERTIONS = "$assertionsDisabled";

    final ClassModel owner;
    final MethodModel method;
    final List<Instruction> instructions = new ArrayList<>();
    private final Map<Label, Integer> labels = new HashMap<>();
    private final List<Integer> lines = new ArrayList<>();
    private final int[] depths;
    private final int[] blocks;
    private final boolean[] leftOut;

    Body(ClassModel owner, MethodModel method) {
        this.owner = owner;
        this.method = method;
        CodeModel code = method.code().orElseThrow();
        int line = 0;
        for (CodeElement element : code) {
            switch (element) {
                case LineNumber number -> line = number.line();
                case LabelTarget target -> labels.put(target.label(), instructions.size());
                case Instruction instruction -> {
                    instructions.add(instruction);
                    lines.add(line);
                }
                default -> {}
            }
        }
        depths = new int[instructions.size() + 1];
        blocks = new int[instructions.size()];
        leftOut = new boolean[instructions.size()];
        depths();
        blocks();
        leaveOut();
    }

    /** Number of instructions. */
    int size() {
        return instructions.size();
    }

    Instruction at(int index) {
        return instructions.get(index);
    }

    int line(int index) {
        return lines.get(index);
    }

    /** Slots on the operand stack before an instruction. */
    int depth(int index) {
        return depths[index];
    }

    /** Number of the straight-line block that an instruction is in. */
    int block(int index) {
        return blocks[index];
    }

    boolean leftOut(int index) {
        return leftOut[index];
    }

    /** Is this a constructor: code that runs before there is a kernel? */
    boolean constructs() {
        return method.methodName().equalsString("<init>");
    }

    /** The instruction that a branch leads to. */
    int target(Label label) {
        Integer at = labels.get(label);
        if (at == null) {
            throw new IllegalStateException("a branch to nowhere");
        }
        return at;
    }

    private void depths() {
        Arrays.fill(depths, -1);
        Deque<Integer> open = new ArrayDeque<>(List.of(0));
        depths[0] = 0;
        while (!open.isEmpty()) {
            int at = open.remove();
            Instruction instruction = instructions.get(at);
            int after = depths[at] + StackEffect.of(instruction);
            List<Integer> next = new ArrayList<>();
            targets(instruction).forEach(label -> next.add(target(label)));
            if (falls(instruction)) {
                next.add(at + 1);
            }
            for (int other : next) {
                if (depths[other] < 0) {
                    depths[other] = after;
                    open.add(other);
                }
            }
        }
    }

    /** May the instruction after this one be the next? */
    private static boolean falls(Instruction instruction) {
        return switch (instruction) {
            case BranchInstruction b -> b.opcode() != Opcode.GOTO && b.opcode() != Opcode.GOTO_W;
            case TableSwitchInstruction s -> false;
            case LookupSwitchInstruction s -> false;
            case ReturnInstruction r -> false;
            case ThrowInstruction t -> false;
            default -> true;
        };
    }

    private static List<Label> targets(Instruction instruction) {
        List<Label> all = new ArrayList<>();
        switch (instruction) {
            case BranchInstruction b -> all.add(b.target());
            case TableSwitchInstruction s -> {
                all.add(s.defaultTarget());
                s.cases().stream().map(SwitchCase::target).forEach(all::add);
            }
            case LookupSwitchInstruction s -> {
                all.add(s.defaultTarget());
                s.cases().stream().map(SwitchCase::target).forEach(all::add);
            }
            default -> {}
        }
        return all;
    }

    private void blocks() {
        Set<Integer> begins = new HashSet<>();
        for (Instruction instruction : instructions) {
            targets(instruction).forEach(label -> begins.add(target(label)));
        }
        int block = 0;
        for (int i = 0; i < size(); i++) {
            boolean after = i > 0 && ends(instructions.get(i - 1));
            block += after || begins.contains(i) ? 1 : 0;
            blocks[i] = block;
        }
    }

    private static boolean ends(Instruction instruction) {
        return !falls(instruction) || instruction instanceof BranchInstruction;
    }

    private void leaveOut() {
        for (int i = 0; i < size(); i++) {
            switch (instructions.get(i)) {
                case FieldInstruction field when field.name().equalsString(ASSERTIONS) -> {
                    if (i + 1 < size() && at(i + 1) instanceof BranchInstruction skip) {
                        Arrays.fill(leftOut, i, target(skip.target()), true);
                    }
                }
                case ThrowInstruction t -> {
                    for (int k = i; k >= 0 && blocks[k] == blocks[i]; k--) {
                        leftOut[k] = true;
                    }
                }
                case InvokeInstruction call when call.owner().asInternalName().equals(PANIC) ->
                        leftOut[i] = true;
                case InvokeInstruction call when call.owner().asInternalName().equals(CONSOLE) -> {
                    leftOut[i] = true;
                    int first = i;
                    while (first > 0 && depths[first] > 0) {
                        first--;
                        leftOut[first] = true;
                    }
                }
                default -> {}
            }
            leftOut[i] |= depths[i] < 0;
        }
    }

    /**
     * The instruction that puts the VarHandle of the operation at {@code index} on the stack:
     * operations nest as their operands do.
     */
    @Nullable FieldInstruction handleOf(int index) {
        Deque<FieldInstruction> open = new ArrayDeque<>();
        for (int i = 0; i <= index; i++) {
            Instruction instruction = at(i);
            if (instruction instanceof FieldInstruction field
                    && field.opcode() == Opcode.GETSTATIC
                    && field.typeSymbol().equals(ConstantDescs.CD_VarHandle)) {
                open.push(field);
            } else if (isHandleOperation(instruction)) {
                FieldInstruction handle = open.poll();
                if (i == index) {
                    return handle;
                }
            }
        }
        return null;
    }

    static boolean isHandleOperation(Instruction instruction) {
        return instruction instanceof InvokeInstruction call
                && call.owner().asSymbol().equals(ConstantDescs.CD_VarHandle);
    }

    /** What a call leaves on the stack. */
    static TypeKind result(InvokeInstruction call) {
        return TypeKind.from(call.typeSymbol().returnType());
    }
}
