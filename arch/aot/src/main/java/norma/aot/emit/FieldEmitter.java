// Contract: field accesses, and pushes of values the flow pass knows.
// Invariant: volatile accesses are sequentially consistent, all others plain.
// Owner: norma.aot.emit.
package norma.aot.emit;

import java.lang.classfile.Opcode;
import java.lang.classfile.instruction.FieldInstruction;
import norma.aot.flow.FieldFolding;
import norma.aot.flow.Frame;
import norma.aot.flow.Origin;
import norma.aot.flow.Value;
import norma.aot.load.JavaField;
import norma.aot.load.Kind;

/** Emits field instructions. */
final class FieldEmitter {
    private final MethodContext context;

    FieldEmitter(MethodContext context) {
        this.context = context;
    }

    /** Pushes the value that the flow pass knows the current instruction yields. */
    void pushKnown(int popped) {
        Frame after = context.flow().step(context.index()).after();
        Value value = after.top(0);
        context.push(popped, value.kind(), known(value));
    }

    private String known(Value value) {
        return switch (value.origin()) {
            case Origin.Constant(long number) ->
                    value.kind() == Kind.INT ? CLiterals.ofInt(number) : CLiterals.ofLong(number);
            case Origin.ImageObject(Object object) -> {
                var number = context.program().heap().number(object);
                // A VarHandle is not in the image; its uses are lowered without it.
                yield number.isPresent() ? CNames.image(number.getAsInt()) : "0";
            }
            default -> "0";
        };
    }

    void emit(FieldInstruction access) {
        JavaField field = FieldFolding.resolve(context.program().world(), access).orElseThrow();
        boolean isStatic =
                access.opcode() == Opcode.GETSTATIC || access.opcode() == Opcode.PUTSTATIC;
        boolean put = access.opcode() == Opcode.PUTSTATIC || access.opcode() == Opcode.PUTFIELD;
        if (put) {
            store(field, isStatic);
            return;
        }
        Value result = context.flow().step(context.index()).after().top(0);
        int popped = isStatic ? 0 : 1;
        if (!(result.origin() instanceof Origin.FieldLoad)) {
            pushKnown(popped);
            return;
        }
        String place = isStatic ? CNames.staticField(field) : instancePlace(field, 0);
        context.push(
                popped,
                field.kind(),
                field.isVolatile() ? "__atomic_load_n(&" + place + ", __ATOMIC_SEQ_CST)" : place);
    }

    private void store(JavaField field, boolean isStatic) {
        String value = context.operand(0);
        String place = isStatic ? CNames.staticField(field) : instancePlace(field, 1);
        context.statement(
                field.isVolatile()
                        ? "__atomic_store_n(&%s, %s, __ATOMIC_SEQ_CST)".formatted(place, value)
                        : place + " = " + value);
    }

    private String instancePlace(JavaField field, int below) {
        String object = context.operand(below);
        context.nullCheck(context.operandValue(below), object);
        return place(field, object);
    }

    /** The C lvalue of a field of the object in a variable. */
    static String place(JavaField field, String object) {
        return "((%s *)%s)->%s"
                .formatted(CNames.struct(field.owner()), object, CNames.member(field));
    }
}
