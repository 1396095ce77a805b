// Contract: C statements for all straight-line instructions.
// Invariant: checks come before the access they guard, in the order the JVM specification gives.
// Owner: norma.aot.emit.
package norma.aot.emit;

import java.lang.classfile.Instruction;
import java.lang.classfile.Opcode;
import java.lang.classfile.instruction.ArrayLoadInstruction;
import java.lang.classfile.instruction.ArrayStoreInstruction;
import java.lang.classfile.instruction.ConstantInstruction;
import java.lang.classfile.instruction.ConvertInstruction;
import java.lang.classfile.instruction.FieldInstruction;
import java.lang.classfile.instruction.IncrementInstruction;
import java.lang.classfile.instruction.InvokeDynamicInstruction;
import java.lang.classfile.instruction.InvokeInstruction;
import java.lang.classfile.instruction.LoadInstruction;
import java.lang.classfile.instruction.NopInstruction;
import java.lang.classfile.instruction.OperatorInstruction;
import java.lang.classfile.instruction.StackInstruction;
import java.lang.classfile.instruction.StoreInstruction;
import java.lang.classfile.instruction.TypeCheckInstruction;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import norma.aot.flow.Frame;
import norma.aot.flow.Origin;
import norma.aot.flow.StackShuffle;
import norma.aot.flow.Value;
import norma.aot.load.JavaClass;
import norma.aot.load.Kind;
import norma.aot.load.StorageType;

/** Emits straight-line instructions. */
final class InstructionEmitter {
    private final MethodContext context;
    private final FieldEmitter fields;
    private final CallEmitter calls;

    InstructionEmitter(MethodContext context) {
        this.context = context;
        this.fields = new FieldEmitter(context);
        this.calls = new CallEmitter(context);
    }

    void emit(Instruction instruction) {
        switch (instruction) {
            case NopInstruction n -> {}
            case ConstantInstruction c -> fields.pushKnown(0);
            case LoadInstruction l -> {
                Kind kind = Kind.of(l.typeKind());
                context.push(0, kind, context.localName(l.slot(), kind));
            }
            case StoreInstruction s -> {
                Kind kind = Kind.of(s.typeKind());
                context.statement(context.localName(s.slot(), kind) + " = " + context.operand(0));
            }
            case IncrementInstruction i ->
                    context.statement(
                            context.localName(i.slot(), Kind.INT) + " += " + i.constant());
            case ConvertInstruction c -> convert(c);
            case OperatorInstruction o -> operator(o);
            case StackInstruction s -> shuffle(s);
            case ArrayLoadInstruction a -> arrayLoad(a);
            case ArrayStoreInstruction a -> arrayStore(a);
            case FieldInstruction f -> fields.emit(f);
            case InvokeInstruction i -> calls.emit(i);
            case InvokeDynamicInstruction i -> new SwitchEmitter(context).emit(i);
            case TypeCheckInstruction t -> typeCheck(t);
            default -> throw new IllegalStateException("not lowered: " + instruction);
        }
    }

    private void convert(ConvertInstruction c) {
        String cast =
                switch (c.toType()) {
                    case BYTE -> "(int8_t)";
                    case SHORT -> "(int16_t)";
                    case CHAR -> "(uint16_t)";
                    case INT -> "(int32_t)";
                    case LONG -> "(int64_t)";
                    default -> throw new IllegalStateException("not lowered: " + c);
                };
        context.push(1, Kind.of(c.toType()), cast + context.operand(0));
    }

    private void operator(OperatorInstruction operator) {
        Opcode opcode = operator.opcode();
        if (opcode == Opcode.ARRAYLENGTH) {
            Value array = context.operandValue(0);
            context.nullCheck(array, context.operand(0));
            context.push(1, Kind.INT, length(array, context.operand(0)));
            return;
        }
        Kind kind = Kind.of(operator.typeKind());
        String top = context.operand(0);
        if (opcode == Opcode.INEG || opcode == Opcode.LNEG) {
            context.push(1, kind, "-" + top);
            return;
        }
        String below = context.operand(1);
        Kind result = opcode == Opcode.LCMP ? Kind.INT : kind;
        boolean division = opcode.name().endsWith("DIV") || opcode.name().endsWith("REM");
        boolean knownDivisor =
                context.operandValue(0).origin() instanceof Origin.Constant(long v) && v != 0;
        if (division && !knownDivisor) {
            context.statement("RT_CHECK_DIVISOR(" + top + ", " + context.site() + ")");
        }
        context.push(2, result, expression(opcode, below, top));
    }

    private static String expression(Opcode opcode, String a, String b) {
        return switch (opcode) {
            case IADD, LADD -> a + " + " + b;
            case ISUB, LSUB -> a + " - " + b;
            case IMUL, LMUL -> a + " * " + b;
            case IAND, LAND -> a + " & " + b;
            case IOR, LOR -> a + " | " + b;
            case IXOR, LXOR -> a + " ^ " + b;
            case ISHL, ISHR, IUSHR, LSHL, LSHR, LUSHR, IDIV, IREM, LDIV, LREM, LCMP ->
                    "rt_%s(%s, %s)"
                            .formatted(opcode.name().toLowerCase(java.util.Locale.ROOT), a, b);
            default -> throw new IllegalStateException("not lowered: " + opcode);
        };
    }

    private void shuffle(StackInstruction instruction) {
        Frame frame = context.frame();
        StackShuffle shuffle = StackShuffle.of(instruction.opcode(), frame);
        if (shuffle.order().isEmpty()) {
            return;
        }
        int base = frame.depth() - shuffle.taken();
        List<String> saved = new ArrayList<>();
        for (int i = 0; i < shuffle.taken(); i++) {
            Kind kind = frame.stack(base + i).kind();
            String temporary = context.temporary(kind);
            context.statement(temporary + " = " + context.stackName(base + i, kind));
            saved.add(temporary);
        }
        for (int i = 0; i < shuffle.order().size(); i++) {
            int from = shuffle.order().get(i);
            Kind kind = frame.stack(base + from).kind();
            context.statement(context.stackName(base + i, kind) + " = " + saved.get(from));
        }
    }

    private String length(Value array, String name) {
        OptionalInt known = context.facts().arrayLength(array);
        return known.isPresent() ? Integer.toString(known.getAsInt()) : "RT_LENGTH(" + name + ")";
    }

    private void checkElement(Value array, String name, String index) {
        context.nullCheck(array, name);
        String length = length(array, name);
        context.statement("RT_CHECK_INDEX(%s, %s, %s)".formatted(index, length, context.site()));
    }

    private void arrayLoad(ArrayLoadInstruction load) {
        String array = context.operand(1);
        String index = context.operand(0);
        checkElement(context.operandValue(1), array, index);
        String tag = StorageType.of(load.typeKind()).tag();
        context.push(
                2,
                Kind.of(load.typeKind()),
                "RT_ELEMENTS(%s, %s)[%s]".formatted(tag, array, index));
    }

    private void arrayStore(ArrayStoreInstruction store) {
        String array = context.operand(2);
        String index = context.operand(1);
        String value = context.operand(0);
        checkElement(context.operandValue(2), array, index);
        StorageType storage = StorageType.of(store.typeKind());
        if (storage == StorageType.REF && !storeFits()) {
            context.statement(
                    "RT_CHECK(!%s || rt_may_store(%s, %s), RT_ARRAY_STORE, %s)"
                            .formatted(value, array, value, context.site()));
        }
        context.statement(
                "RT_ELEMENTS(%s, %s)[%s] = %s".formatted(storage.tag(), array, index, value));
    }

    /** Whether no array that can be here refuses any value that can be here. */
    private boolean storeFits() {
        Value value = context.operandValue(0);
        JavaClass arrayType = context.operandValue(2).type();
        if (value.isNull()) {
            return true;
        }
        JavaClass valueType = value.type();
        if (arrayType == null || valueType == null || !arrayType.isArray()) {
            return false;
        }
        return context.program().instantiated().stream()
                .filter(c -> c.isArray() && c.subclassOf(arrayType))
                .allMatch(c -> accepts(c.elementClass(), valueType));
    }

    private boolean accepts(JavaClass element, JavaClass valueType) {
        return valueType.subclassOf(element)
                || context.program().instantiated().stream()
                        .filter(c -> c.subclassOf(valueType))
                        .allMatch(c -> c.subclassOf(element));
    }

    private void typeCheck(TypeCheckInstruction check) {
        JavaClass type = context.program().world().get(check.type().asInternalName());
        String test = CNames.typeTest(type);
        String value = context.operand(0);
        if (check.opcode() == Opcode.INSTANCEOF) {
            context.push(1, Kind.INT, value + " && " + test + "(" + value + ")");
            return;
        }
        JavaClass known = context.operandValue(0).type();
        if (known == null || !known.subclassOf(type)) {
            context.statement(
                    "RT_CHECK(!%s || %s(%s), RT_CLASS_CAST, %s)"
                            .formatted(value, test, value, context.site()));
        }
    }
}
