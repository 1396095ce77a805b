package norma.kernel.sim;

import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassModel;
import java.lang.classfile.ClassTransform;
import java.lang.classfile.CodeBuilder;
import java.lang.classfile.CodeElement;
import java.lang.classfile.Opcode;
import java.lang.classfile.TypeKind;
import java.lang.classfile.instruction.BranchInstruction;
import java.lang.classfile.instruction.InvokeInstruction;
import java.lang.constant.ClassDesc;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiConsumer;
import java.util.function.Predicate;
import norma.kernel.sim.load.ClassEdit;

/**
 * A kernel with a bug: instructions of one class are replaced, each edit at exactly one place.
 *
 * <p>An edit that matches no instruction or several fails: a mutant that is none proves nothing.
 */
public final class Mutant implements ClassEdit {
    private final String className;
    private final List<Edit> edits = new ArrayList<>();

    private record Edit(
            String method,
            Predicate<CodeElement> anchor,
            int number,
            BiConsumer<CodeBuilder, CodeElement> replacement) {}

    private Mutant(String className) {
        this.className = className;
    }

    /** A mutant of {@code norma.kernel.NAME}. */
    public static Mutant of(String name) {
        return new Mutant("norma.kernel." + name);
    }

    /** Call number {@code number} (from 0) of {@code callee} in {@code method} does not happen. */
    public Mutant drop(String method, String callee, int number) {
        return replace(
                method, calls(callee), number, (code, e) -> skip(code, (InvokeInstruction) e));
    }

    /** The call's result is thrown away; {@code instead} is its result. */
    public Mutant result(
            String method, String callee, int number, BiConsumer<CodeBuilder, TypeKind> instead) {
        return replace(
                method,
                calls(callee),
                number,
                (code, e) -> {
                    TypeKind kind =
                            TypeKind.from(((InvokeInstruction) e).typeSymbol().returnType());
                    code.with(e);
                    pop(code, kind);
                    instead.accept(code, kind);
                });
    }

    /** The operation on a VarHandle happens in another mode. */
    public Mutant rename(String method, String callee, String name) {
        return replace(
                method,
                calls(callee),
                0,
                (code, e) -> {
                    InvokeInstruction call = (InvokeInstruction) e;
                    code.invokevirtual(call.owner().asSymbol(), name, call.typeSymbol());
                });
    }

    /** Before the call, the code does something more. */
    public Mutant before(
            String method,
            String callee,
            int number,
            BiConsumer<CodeBuilder, InvokeInstruction> more) {
        return replace(
                method,
                calls(callee),
                number,
                (code, e) -> {
                    more.accept(code, (InvokeInstruction) e);
                    code.with(e);
                });
    }

    /** A conditional branch is always, or never, taken. */
    public Mutant branch(String method, Opcode opcode, int number, boolean taken) {
        return replace(
                method,
                e -> e instanceof BranchInstruction b && b.opcode() == opcode,
                number,
                (code, e) -> {
                    if (opcode.name().contains("CMP")) {
                        code.pop2();
                    } else {
                        code.pop();
                    }
                    if (taken) {
                        code.goto_(((BranchInstruction) e).target());
                    }
                });
    }

    private Mutant replace(
            String method,
            Predicate<CodeElement> anchor,
            int number,
            BiConsumer<CodeBuilder, CodeElement> replacement) {
        edits.add(new Edit(method, anchor, number, replacement));
        return this;
    }

    private static Predicate<CodeElement> calls(String callee) {
        return e -> e instanceof InvokeInstruction call && call.name().equalsString(callee);
    }

    private static void skip(CodeBuilder code, InvokeInstruction call) {
        List<ClassDesc> parameters = call.typeSymbol().parameterList();
        for (ClassDesc parameter : parameters.reversed()) {
            pop(code, TypeKind.from(parameter));
        }
        if (call.opcode() != Opcode.INVOKESTATIC) {
            code.pop();
        }
        switch (TypeKind.from(call.typeSymbol().returnType()).asLoadable()) {
            case VOID -> {}
            case INT -> code.iconst_0();
            case LONG -> code.lconst_0();
            default -> code.aconst_null();
        }
    }

    private static void pop(CodeBuilder code, TypeKind kind) {
        if (kind.slotSize() == 2) {
            code.pop2();
        } else if (kind.slotSize() == 1) {
            code.pop();
        }
    }

    @Override
    public byte[] edit(String name, byte[] bytes) {
        if (!name.equals(className)) {
            return bytes;
        }
        byte[] edited = bytes;
        for (Edit edit : edits) {
            int[] seen = new int[2];
            ClassModel model = ClassFile.of().parse(edited);
            edited =
                    ClassFile.of()
                            .transformClass(
                                    model,
                                    ClassTransform.transformingMethodBodies(
                                            m -> m.methodName().equalsString(edit.method()),
                                            (code, e) -> {
                                                if (edit.anchor().test(e)
                                                        && seen[0]++ == edit.number()) {
                                                    seen[1]++;
                                                    edit.replacement().accept(code, e);
                                                } else {
                                                    code.with(e);
                                                }
                                            }));
            if (seen[1] != 1) {
                throw new IllegalStateException(
                        className + "." + edit.method() + ": " + seen[1] + " anchors");
            }
        }
        return edited;
    }
}
