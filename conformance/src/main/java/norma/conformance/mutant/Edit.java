package norma.conformance.mutant;

import java.lang.classfile.CodeBuilder;
import java.lang.classfile.Instruction;
import java.lang.classfile.Opcode;
import java.lang.classfile.TypeKind;
import java.lang.classfile.instruction.ArrayStoreInstruction;
import java.lang.classfile.instruction.BranchInstruction;
import java.lang.classfile.instruction.FieldInstruction;
import java.lang.classfile.instruction.InvokeInstruction;
import java.lang.constant.ClassDesc;
import java.lang.constant.MethodTypeDesc;
import java.util.function.ToIntFunction;

/** What becomes of an instruction. The stack is left as the instruction would have left it. */
@FunctionalInterface
public interface Edit {
    /**
     * Writes what replaces {@code at}.
     *
     * @param slot slots of the method's variables by name
     */
    void apply(CodeBuilder code, Instruction at, ToIntFunction<String> slot);

    /** More instructions. */
    @FunctionalInterface
    interface Code {
        /** Writes them. */
        void write(CodeBuilder code, ToIntFunction<String> slot);
    }

    /** A call or store does not happen; a call's result is 0 or null. */
    static Edit drop() {
        return (code, at, slot) -> {
            switch (at) {
                case InvokeInstruction call -> dropCall(code, call);
                case FieldInstruction field when field.opcode() == Opcode.PUTFIELD -> {
                    pop(code, TypeKind.from(field.typeSymbol()));
                    code.pop();
                }
                case ArrayStoreInstruction store -> {
                    pop(code, store.typeKind());
                    code.pop2();
                }
                default -> throw new IllegalArgumentException("cannot drop " + at);
            }
        };
    }

    private static void dropCall(CodeBuilder code, InvokeInstruction call) {
        MethodTypeDesc type = call.typeSymbol();
        for (int i = type.parameterCount() - 1; i >= 0; i--) {
            pop(code, TypeKind.from(type.parameterType(i)));
        }
        if (call.opcode() != Opcode.INVOKESTATIC) {
            code.pop();
        }
        switch (TypeKind.from(type.returnType()).asLoadable()) {
            case VOID -> {}
            case INT -> code.iconst_0();
            case LONG -> code.lconst_0();
            default -> code.aconst_null();
        }
    }

    private static void pop(CodeBuilder code, TypeKind kind) {
        if (kind.slotSize() == 2) {
            code.pop2();
        } else {
            code.pop();
        }
    }

    /** A branch is taken when it must not be, and the other way round. */
    static Edit negate() {
        return (code, at, slot) -> {
            BranchInstruction branch = (BranchInstruction) at;
            code.branch(inverse(branch.opcode()), branch.target());
        };
    }

    /** A branch is always taken. */
    static Edit always() {
        return (code, at, slot) -> {
            BranchInstruction branch = (BranchInstruction) at;
            popOperands(code, branch.opcode());
            code.goto_(branch.target());
        };
    }

    /** A branch is never taken. */
    static Edit never() {
        return (code, at, slot) -> popOperands(code, ((BranchInstruction) at).opcode());
    }

    private static void popOperands(CodeBuilder code, Opcode opcode) {
        if (opcode.name().startsWith("IF_")) {
            code.pop2();
        } else {
            code.pop();
        }
    }

    private static Opcode inverse(Opcode opcode) {
        return switch (opcode) {
            case IFEQ -> Opcode.IFNE;
            case IFNE -> Opcode.IFEQ;
            case IFLT -> Opcode.IFGE;
            case IFGE -> Opcode.IFLT;
            case IFGT -> Opcode.IFLE;
            case IFLE -> Opcode.IFGT;
            case IFNULL -> Opcode.IFNONNULL;
            case IFNONNULL -> Opcode.IFNULL;
            case IF_ICMPEQ -> Opcode.IF_ICMPNE;
            case IF_ICMPNE -> Opcode.IF_ICMPEQ;
            case IF_ICMPLT -> Opcode.IF_ICMPGE;
            case IF_ICMPGE -> Opcode.IF_ICMPLT;
            case IF_ICMPGT -> Opcode.IF_ICMPLE;
            case IF_ICMPLE -> Opcode.IF_ICMPGT;
            case IF_ACMPEQ -> Opcode.IF_ACMPNE;
            case IF_ACMPNE -> Opcode.IF_ACMPEQ;
            default -> throw new IllegalArgumentException("cannot negate " + opcode);
        };
    }

    /** Another constant. */
    static Edit constant(int value) {
        return (code, at, slot) -> code.loadConstant(value);
    }

    /** Another field of the same class and type. */
    static Edit field(String name) {
        return (code, at, slot) -> {
            FieldInstruction field = (FieldInstruction) at;
            code.fieldAccess(field.opcode(), field.owner().asSymbol(), name, field.typeSymbol());
        };
    }

    /** A field in place of a call without arguments on the same object. */
    static Edit fieldForCall(String name) {
        return (code, at, slot) -> {
            InvokeInstruction call = (InvokeInstruction) at;
            code.getfield(call.owner().asSymbol(), name, call.typeSymbol().returnType());
        };
    }

    /** Something more first. */
    static Edit before(Code more) {
        return (code, at, slot) -> {
            more.write(code, slot);
            code.with(at);
        };
    }

    /** Something more afterwards. */
    static Edit after(Code more) {
        return (code, at, slot) -> {
            code.with(at);
            more.write(code, slot);
        };
    }

    /** Something else. */
    static Edit replace(Code other) {
        return (code, at, slot) -> other.write(code, slot);
    }

    /** A class of the kernel, by its name below {@code norma.kernel}. */
    static ClassDesc kernelClass(String name) {
        return ClassDesc.of("norma.kernel." + name);
    }
}
