// Contract: calls: direct, dispatched, intrinsic, expanded in place.
// Invariant: the receiver is checked for null before any call except a constructor's.
// Owner: norma.aot.emit.
package norma.aot.emit;

import java.lang.classfile.Opcode;
import java.lang.classfile.instruction.InvokeInstruction;
import java.util.List;
import norma.aot.flow.Call;
import norma.aot.load.JavaClass;
import norma.aot.load.JavaMethod;
import norma.aot.load.Kind;
import norma.aot.load.StorageType;
import norma.aot.reach.Selector;

/** Emits invoke instructions. */
final class CallEmitter {
    private final MethodContext context;

    CallEmitter(MethodContext context) {
        this.context = context;
    }

    void emit(InvokeInstruction invoke) {
        int arguments = invoke.typeSymbol().parameterCount();
        boolean isStatic = invoke.opcode() == Opcode.INVOKESTATIC;
        int popped = arguments + (isStatic ? 0 : 1);
        Call call = context.program().resolver().resolve(invoke, context.frame());
        switch (call) {
            case Call.Direct(JavaMethod target) -> {
                if (!isStatic && !target.isConstructor()) {
                    checkReceiver(arguments);
                }
                call(CNames.method(target), popped, target.resultKind());
            }
            case Call.Virtual(JavaClass owner, JavaMethod declared) -> {
                checkReceiver(arguments);
                String name = context.names().dispatcher(new Selector(owner, declared));
                call(name, popped, declared.resultKind());
            }
            case Call.Builtin(JavaMethod method, String name) -> builtin(name);
            case Call.VarHandleAccess access -> new VarHandleEmitter(context).emit(access, invoke);
            case Call.Fence(String operation) -> fence(operation);
            case Call.Unresolved(String message) -> throw new IllegalStateException(message);
        }
    }

    private void checkReceiver(int arguments) {
        context.nullCheck(context.operandValue(arguments), context.operand(arguments));
    }

    private void call(String function, int popped, Kind result) {
        String text = function + "(" + String.join(", ", context.operands(popped)) + ")";
        if (result == Kind.VOID) {
            context.statement(text);
        } else {
            context.push(popped, result, text);
        }
    }

    private void fence(String operation) {
        String order =
                switch (operation) {
                    case "acquireFence", "loadLoadFence" -> "__ATOMIC_ACQUIRE";
                    case "releaseFence", "storeStoreFence" -> "__ATOMIC_RELEASE";
                    default -> "__ATOMIC_SEQ_CST";
                };
        context.statement("__atomic_thread_fence(" + order + ")");
    }

    private void builtin(String name) {
        switch (name) {
            case "nothing" -> {}
            case "requireNonNull" -> {
                context.nullCheck(context.operandValue(0), context.operand(0));
            }
            case "checkIndex" -> {
                context.statement(
                        "RT_CHECK_INDEX(%s, %s, %s)"
                                .formatted(context.operand(1), context.operand(0), context.site()));
            }
            case "charAt" -> {
                checkReceiver(1);
                String string = context.operand(1);
                String index = context.operand(0);
                context.statement(
                        "RT_CHECK_INDEX(%s, rt_string_length(%s), %s)"
                                .formatted(index, string, context.site()));
                context.push(2, Kind.INT, "rt_string_char_at(%s, %s)".formatted(string, index));
            }
            case "arraycopy" -> arraycopy();
            default -> throw new IllegalStateException("unknown builtin " + name);
        }
    }

    private void arraycopy() {
        JavaClass type = context.operandValue(4).type();
        if (type == null) {
            throw new IllegalStateException("arraycopy of unknown type");
        }
        String tag = StorageType.ofDescriptor(type.elementDescriptor()).tag();
        List<String> arguments = context.operands(5);
        context.statement(
                "RT_ARRAYCOPY(%s, %s, %s)"
                        .formatted(tag, String.join(", ", arguments), context.site()));
    }
}
