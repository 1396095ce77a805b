// Contract: VarHandle accesses as C11 atomics, by the table of the memory model.
// Invariant: plain get and set are plain C accesses.
// Owner: norma.aot.emit.
package norma.aot.emit;

import java.lang.classfile.instruction.InvokeInstruction;
import java.util.List;
import java.util.Set;
import norma.aot.flow.Call;
import norma.aot.load.HandleTarget;
import norma.aot.load.JavaField;
import norma.aot.load.Kind;

/** Emits calls of VarHandle methods. */
final class VarHandleEmitter {
    private final MethodContext context;

    VarHandleEmitter(MethodContext context) {
        this.context = context;
    }

    /** Accesses that order nothing, like those without a handle: nobody chooses when they are. */
    private static final Set<String> PLAIN = Set.of("get", "set");

    void emit(Call.VarHandleAccess access, InvokeInstruction invoke) {
        HandleTarget target =
                HandleTarget.of(
                                java.util.Objects.requireNonNull(access.handle()),
                                context.program().world())
                        .orElseThrow();
        int arguments = invoke.typeSymbol().parameterCount();
        List<String> operands = context.operands(arguments);
        int coordinates = coordinates(target);
        String place = place(target, arguments, operands);
        List<String> values = operands.subList(coordinates, operands.size());
        if (!PLAIN.contains(access.operation())) {
            context.gate(target.field());
        }
        String expression = expression(access.operation(), "&" + place, place, values);
        Kind result = Kind.ofDescriptor(invoke.typeSymbol().returnType().descriptorString());
        if (result == Kind.VOID) {
            context.statement(expression);
        } else {
            context.push(arguments + 1, result, expression);
        }
    }

    private static int coordinates(HandleTarget target) {
        JavaField field = target.field();
        if (field == null) {
            return 2;
        }
        return field.isStatic() ? 0 : 1;
    }

    private String place(HandleTarget target, int arguments, List<String> operands) {
        JavaField field = target.field();
        if (field != null && field.isStatic()) {
            return CNames.staticField(field);
        }
        String base = operands.getFirst();
        context.nullCheck(context.operandValue(arguments - 1), base);
        if (field != null) {
            return FieldEmitter.place(field, base);
        }
        String index = operands.get(1);
        context.statement(
                "RT_CHECK_INDEX(%s, RT_LENGTH(%s), %s)".formatted(index, base, context.site()));
        return "RT_ELEMENTS(%s, %s)[%s]".formatted(target.storage().tag(), base, index);
    }

    private static String expression(
            String operation, String pointer, String place, List<String> values) {
        String order = order(operation);
        if (operation.equals("get")) {
            return place;
        }
        if (operation.equals("set")) {
            return place + " = " + values.getFirst();
        }
        if (operation.startsWith("compareAndExchange")) {
            return "RT_COMPARE_AND_EXCHANGE(%s, %s, %s, %s, %s)"
                    .formatted(pointer, values.get(0), values.get(1), order, failure(order));
        }
        boolean weak = operation.startsWith("weakCompareAndSet");
        if (weak || operation.startsWith("compareAndSet")) {
            return "RT_COMPARE_AND_SET(%s, %s, %s, %d, %s, %s)"
                    .formatted(
                            pointer,
                            values.get(0),
                            values.get(1),
                            weak ? 1 : 0,
                            order,
                            failure(order));
        }
        String builtin = builtin(operation);
        String value = values.isEmpty() ? "" : ", " + values.getFirst();
        return "%s(%s%s, %s)".formatted(builtin, pointer, value, order);
    }

    private static String builtin(String operation) {
        if (operation.startsWith("getAndAdd")) {
            return "__atomic_fetch_add";
        }
        if (operation.startsWith("getAndSet")) {
            return "__atomic_exchange_n";
        }
        if (operation.startsWith("getAndBitwiseOr")) {
            return "__atomic_fetch_or";
        }
        if (operation.startsWith("getAndBitwiseAnd")) {
            return "__atomic_fetch_and";
        }
        if (operation.startsWith("getAndBitwiseXor")) {
            return "__atomic_fetch_xor";
        }
        return operation.startsWith("get") ? "__atomic_load_n" : "__atomic_store_n";
    }

    private static String order(String operation) {
        if (operation.endsWith("Acquire")) {
            return "__ATOMIC_ACQUIRE";
        }
        if (operation.endsWith("Release")) {
            return "__ATOMIC_RELEASE";
        }
        boolean relaxed = operation.endsWith("Opaque") || operation.endsWith("Plain");
        return relaxed ? "__ATOMIC_RELAXED" : "__ATOMIC_SEQ_CST";
    }

    private static String failure(String order) {
        return order.equals("__ATOMIC_RELEASE") ? "__ATOMIC_RELAXED" : order;
    }
}
