package norma.kernel.sim.mutate;

import java.lang.classfile.CodeBuilder;
import java.lang.classfile.Instruction;
import java.lang.classfile.Label;
import java.lang.classfile.Opcode;
import java.lang.classfile.TypeKind;
import java.lang.classfile.instruction.BranchInstruction;
import java.lang.classfile.instruction.FieldInstruction;
import java.lang.classfile.instruction.InvokeInstruction;
import java.lang.constant.ClassDesc;
import java.lang.constant.ConstantDescs;
import java.lang.constant.MethodTypeDesc;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What operators put in the place of instructions. */
final class Changes {
    private static final Map<Opcode, Opcode> OPPOSITE =
            both(
                    Map.of(
                            Opcode.IFEQ, Opcode.IFNE,
                            Opcode.IFLT, Opcode.IFGE,
                            Opcode.IFGT, Opcode.IFLE,
                            Opcode.IFNULL, Opcode.IFNONNULL,
                            Opcode.IF_ICMPEQ, Opcode.IF_ICMPNE,
                            Opcode.IF_ICMPLT, Opcode.IF_ICMPGE,
                            Opcode.IF_ICMPGT, Opcode.IF_ICMPLE,
                            Opcode.IF_ACMPEQ, Opcode.IF_ACMPNE));

    private static final Map<Opcode, Opcode> BESIDE =
            both(
                    Map.of(
                            Opcode.IFLT, Opcode.IFLE,
                            Opcode.IFGT, Opcode.IFGE,
                            Opcode.IF_ICMPLT, Opcode.IF_ICMPLE,
                            Opcode.IF_ICMPGT, Opcode.IF_ICMPGE));

    private Changes() {}

    private static Map<Opcode, Opcode> both(Map<Opcode, Opcode> one) {
        Map<Opcode, Opcode> all = new java.util.EnumMap<>(Opcode.class);
        one.forEach((a, b) -> {
            all.put(a, b);
            all.put(b, a);
        });
        return all;
    }

    /** The condition is the opposite; null if the instruction is none. */
    static Mutant.@Nullable Change negated(Instruction instruction) {
        return branch(instruction, OPPOSITE);
    }

    /** The comparison includes its bound, or no longer does; null if it has none. */
    static Mutant.@Nullable Change beside(Instruction instruction) {
        return branch(instruction, BESIDE);
    }

    private static Mutant.@Nullable Change branch(
            Instruction instruction, Map<Opcode, Opcode> opcodes) {
        Opcode other = opcodes.get(instruction.opcode());
        return other == null
                ? null
                : (code, old) -> code.branch(other, ((BranchInstruction) old.getFirst()).target());
    }

    /** Nothing happens; what would have been used is thrown away. */
    static void dropCall(CodeBuilder code, List<Instruction> old) {
        InvokeInstruction call = (InvokeInstruction) old.getFirst();
        for (ClassDesc parameter : call.typeSymbol().parameterList().reversed()) {
            pop(code, TypeKind.from(parameter));
        }
        if (call.opcode() != Opcode.INVOKESTATIC) {
            code.pop();
        }
    }

    /** A call without result happens twice. */
    static void twice(CodeBuilder code, List<Instruction> old) {
        InvokeInstruction call = (InvokeInstruction) old.getFirst();
        List<TypeKind> kinds = new ArrayList<>();
        if (call.opcode() != Opcode.INVOKESTATIC) {
            kinds.add(TypeKind.REFERENCE);
        }
        call.typeSymbol().parameterList().forEach(type -> kinds.add(TypeKind.from(type)));
        int[] at = new int[kinds.size()];
        for (int i = at.length - 1; i >= 0; i--) {
            at[i] = code.allocateLocal(kinds.get(i));
            code.storeLocal(kinds.get(i), at[i]);
        }
        for (int time = 0; time < 2; time++) {
            for (int i = 0; i < at.length; i++) {
                code.loadLocal(kinds.get(i), at[i]);
            }
            if (call.opcode() == Opcode.INVOKESTATIC) {
                code.invokestatic(call.owner().asSymbol(), name(call), call.typeSymbol());
            } else {
                code.invokevirtual(call.owner().asSymbol(), name(call), call.typeSymbol());
            }
        }
    }

    private static String name(InvokeInstruction call) {
        return call.name().stringValue();
    }

    /** Throws the operands of a store away, the last of that kind. */
    static Mutant.Change dropped(TypeKind value, int others) {
        return (code, old) -> {
            pop(code, value);
            for (int i = 0; i < others; i++) {
                code.pop();
            }
        };
    }

    static void pop(CodeBuilder code, TypeKind kind) {
        if (kind.slotSize() == 2) {
            code.pop2();
        } else if (kind.slotSize() == 1) {
            code.pop();
        }
    }

    /** The call has another name. */
    static Mutant.Change renamed(String other) {
        return (code, old) -> {
            InvokeInstruction call = (InvokeInstruction) old.getFirst();
            if (call.opcode() == Opcode.INVOKESTATIC) {
                code.invokestatic(call.owner().asSymbol(), other, call.typeSymbol());
            } else {
                code.invokevirtual(call.owner().asSymbol(), other, call.typeSymbol());
            }
        };
    }

    private static void load(CodeBuilder code, FieldInstruction handle) {
        code.getstatic(handle.owner().asSymbol(), handle.name().stringValue(), handle.typeSymbol());
    }

    /** {@code getAndAdd} as a plain read and a plain write. */
    static Mutant.Change torn(FieldInstruction handle) {
        return (code, old) -> {
            InvokeInstruction call = (InvokeInstruction) old.getFirst();
            ClassDesc object = call.typeSymbol().parameterType(0);
            ClassDesc type = call.typeSymbol().parameterType(1);
            int delta = code.allocateLocal(TypeKind.INT);
            int target = code.allocateLocal(TypeKind.REFERENCE);
            int found = code.allocateLocal(TypeKind.INT);
            code.istore(delta).astore(target).pop();
            load(code, handle);
            code.aload(target);
            code.invokevirtual(ConstantDescs.CD_VarHandle, "get", MethodTypeDesc.of(type, object));
            code.istore(found);
            load(code, handle);
            code.aload(target).iload(found).iload(delta).iadd();
            code.invokevirtual(
                    ConstantDescs.CD_VarHandle,
                    "set",
                    MethodTypeDesc.of(ConstantDescs.CD_void, object, type));
            if (Body.result(call) != TypeKind.VOID) {
                code.iload(found);
            }
        };
    }

    /** {@code compareAndSet} as a plain read, a comparison and a plain write. */
    static Mutant.Change tornSwap(FieldInstruction handle) {
        return (code, old) -> {
            InvokeInstruction call = (InvokeInstruction) old.getFirst();
            ClassDesc object = call.typeSymbol().parameterType(0);
            ClassDesc type = call.typeSymbol().parameterType(1);
            TypeKind kind = TypeKind.from(type).asLoadable();
            int next = code.allocateLocal(kind);
            int expected = code.allocateLocal(kind);
            int target = code.allocateLocal(TypeKind.REFERENCE);
            code.storeLocal(kind, next).storeLocal(kind, expected).astore(target).pop();
            load(code, handle);
            code.aload(target);
            code.invokevirtual(ConstantDescs.CD_VarHandle, "get", MethodTypeDesc.of(type, object));
            code.loadLocal(kind, expected);
            Label differs = code.newLabel();
            Label end = code.newLabel();
            if (kind == TypeKind.LONG) {
                code.lcmp().ifne(differs);
            } else {
                code.if_icmpne(differs);
            }
            load(code, handle);
            code.aload(target).loadLocal(kind, next);
            code.invokevirtual(
                    ConstantDescs.CD_VarHandle,
                    "set",
                    MethodTypeDesc.of(ConstantDescs.CD_void, object, type));
            code.iconst_1().goto_(end).labelBinding(differs).iconst_0().labelBinding(end);
        };
    }

    /** The statements up to {@code first} come after the others. */
    static Mutant.Change swapped(int first) {
        return (code, old) -> {
            old.subList(first, old.size()).forEach(code::with);
            old.subList(0, first).forEach(code::with);
        };
    }
}
