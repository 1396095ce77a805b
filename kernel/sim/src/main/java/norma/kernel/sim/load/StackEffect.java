package norma.kernel.sim.load;

import java.lang.classfile.Instruction;
import java.lang.classfile.Opcode;
import java.lang.classfile.TypeKind;
import java.lang.classfile.instruction.ArrayLoadInstruction;
import java.lang.classfile.instruction.ArrayStoreInstruction;
import java.lang.classfile.instruction.BranchInstruction;
import java.lang.classfile.instruction.ConstantInstruction;
import java.lang.classfile.instruction.ConvertInstruction;
import java.lang.classfile.instruction.FieldInstruction;
import java.lang.classfile.instruction.IncrementInstruction;
import java.lang.classfile.instruction.InvokeInstruction;
import java.lang.classfile.instruction.LoadInstruction;
import java.lang.classfile.instruction.LookupSwitchInstruction;
import java.lang.classfile.instruction.NewObjectInstruction;
import java.lang.classfile.instruction.NewPrimitiveArrayInstruction;
import java.lang.classfile.instruction.NewReferenceArrayInstruction;
import java.lang.classfile.instruction.NopInstruction;
import java.lang.classfile.instruction.OperatorInstruction;
import java.lang.classfile.instruction.ReturnInstruction;
import java.lang.classfile.instruction.StackInstruction;
import java.lang.classfile.instruction.StoreInstruction;
import java.lang.classfile.instruction.TableSwitchInstruction;
import java.lang.classfile.instruction.ThrowInstruction;
import java.lang.classfile.instruction.TypeCheckInstruction;
import java.lang.constant.ClassDesc;

/** By how many slots an instruction changes the operand stack (JVMS, chapter 6). */
public final class StackEffect {
    private StackEffect() {}

    /** The change of depth, in slots. */
    public static int of(Instruction instruction) {
        return switch (instruction) {
            case LoadInstruction load -> load.typeKind().slotSize();
            case StoreInstruction store -> -store.typeKind().slotSize();
            case ConstantInstruction constant -> constant.typeKind().slotSize();
            case ArrayLoadInstruction load -> load.typeKind().slotSize() - 2;
            case ArrayStoreInstruction store -> -2 - store.typeKind().slotSize();
            case FieldInstruction field -> field(field);
            case InvokeInstruction call -> result(call) - arguments(call);
            case ConvertInstruction convert ->
                    convert.toType().slotSize() - convert.fromType().slotSize();
            case OperatorInstruction operator -> operator(operator);
            case StackInstruction stack -> stack(stack.opcode());
            case BranchInstruction branch -> branch(branch.opcode());
            case TableSwitchInstruction s -> -1;
            case LookupSwitchInstruction s -> -1;
            case NewObjectInstruction n -> 1;
            case NewPrimitiveArrayInstruction n -> 0;
            case NewReferenceArrayInstruction n -> 0;
            case TypeCheckInstruction t -> 0;
            case IncrementInstruction i -> 0;
            case NopInstruction n -> 0;
            case ReturnInstruction r -> 0;
            case ThrowInstruction t -> 0;
            default -> throw new IllegalStateException("what does it do: " + instruction);
        };
    }

    /** Slots that a call takes from the stack. */
    public static int arguments(InvokeInstruction call) {
        int slots = call.opcode() == Opcode.INVOKESTATIC ? 0 : 1;
        for (ClassDesc type : call.typeSymbol().parameterList()) {
            slots += TypeKind.from(type).slotSize();
        }
        return slots;
    }

    private static int result(InvokeInstruction call) {
        return TypeKind.from(call.typeSymbol().returnType()).slotSize();
    }

    private static int field(FieldInstruction field) {
        int size = TypeKind.from(field.typeSymbol()).slotSize();
        return switch (field.opcode()) {
            case GETSTATIC -> size;
            case GETFIELD -> size - 1;
            case PUTSTATIC -> -size;
            default -> -size - 1;
        };
    }

    private static int operator(OperatorInstruction operator) {
        int size = operator.typeKind().slotSize();
        return switch (operator.opcode()) {
            case INEG, LNEG, ARRAYLENGTH -> 0;
            case LSHL, LSHR, LUSHR -> -1;
            case LCMP -> -3;
            default -> -size;
        };
    }

    private static int stack(Opcode opcode) {
        return switch (opcode) {
            case POP -> -1;
            case POP2 -> -2;
            case SWAP -> 0;
            case DUP, DUP_X1, DUP_X2 -> 1;
            default -> 2;
        };
    }

    private static int branch(Opcode opcode) {
        return switch (opcode) {
            case GOTO, GOTO_W -> 0;
            case IFEQ, IFNE, IFLT, IFGE, IFGT, IFLE, IFNULL, IFNONNULL -> -1;
            default -> -2;
        };
    }
}
