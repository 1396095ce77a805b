// Contract: decides whether an object made in a method, or passed to it, can outlive the method.
// Invariant: errs on the side of "escapes": an object that two paths disagree on is given up.
// Owner: norma.aot.lint.
package norma.aot.lint;

import java.lang.classfile.Instruction;
import java.lang.classfile.Opcode;
import java.lang.classfile.instruction.ArrayStoreInstruction;
import java.lang.classfile.instruction.FieldInstruction;
import java.lang.classfile.instruction.InvokeInstruction;
import java.lang.classfile.instruction.ReturnInstruction;
import java.lang.classfile.instruction.ThrowInstruction;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import norma.aot.flow.Call;
import norma.aot.flow.Frame;
import norma.aot.flow.MethodFlow;
import norma.aot.flow.Origin;
import norma.aot.flow.Value;
import norma.aot.load.JavaMethod;
import norma.aot.reach.Program;
import norma.aot.reach.Selector;

/** Interprocedural escape analysis; a reason is how the object escapes, empty if it does not. */
final class EscapeAnalysis {
    private record Parameter(JavaMethod method, int slot) {}

    private final Program program;
    private final Map<Parameter, Optional<String>> parameters = new HashMap<>();

    EscapeAnalysis(Program program) {
        this.program = program;
    }

    /** How the object allocated at an instruction escapes. */
    Optional<String> ofAllocation(JavaMethod method, int index) {
        Origin origin = new Origin.Allocated(index);
        Frame before = program.flow(method).before(index);
        List<Value> held = new ArrayList<>(before.liveLocals());
        held.addAll(before.stack());
        if (held.stream().anyMatch(v -> v.origin().equals(origin))) {
            return Optional.of("is still held when the next one is made");
        }
        return inMethod(method, origin);
    }

    private Optional<String> ofParameter(JavaMethod method, int slot) {
        Parameter parameter = new Parameter(method, slot);
        Optional<String> known = parameters.get(parameter);
        if (known != null) {
            return known;
        }
        // Recursion is an error of its own; assuming "escapes" here ends the analysis.
        parameters.put(parameter, Optional.of("is passed on by recursion"));
        Optional<String> result = inMethod(method, new Origin.Parameter(slot));
        parameters.put(parameter, result);
        return result;
    }

    private Optional<String> inMethod(JavaMethod method, Origin origin) {
        MethodFlow flow = program.flow(method);
        if (flow.isLost(origin)) {
            return Optional.of("is merged with another object in " + method);
        }
        for (int i = 0; i < flow.body().size(); i++) {
            if (flow.isLive(i)) {
                Optional<String> reason = at(flow.body().at(i), flow.before(i), origin);
                if (reason.isPresent()) {
                    return Optional.of(
                            reason.get()
                                    + " at "
                                    + method.owner().sourceFile()
                                    + ":"
                                    + flow.body().line(i));
                }
            }
        }
        return Optional.empty();
    }

    private Optional<String> at(Instruction instruction, Frame frame, Origin origin) {
        return switch (instruction) {
            case ReturnInstruction r ->
                    escapesIf(frame.depth() > 0 && is(frame, 0, origin), "is returned");
            case ThrowInstruction t -> escapesIf(is(frame, 0, origin), "is thrown");
            case ArrayStoreInstruction a ->
                    escapesIf(is(frame, 0, origin), "is stored in an array");
            case FieldInstruction f
                    when f.opcode() == Opcode.PUTFIELD || f.opcode() == Opcode.PUTSTATIC ->
                    escapesIf(is(frame, 0, origin), "is stored in a field");
            case InvokeInstruction i -> call(i, frame, origin);
            default -> Optional.empty();
        };
    }

    private static boolean is(Frame frame, int below, Origin origin) {
        return frame.top(below).origin().equals(origin);
    }

    private static Optional<String> escapesIf(boolean condition, String reason) {
        return condition ? Optional.of(reason) : Optional.empty();
    }

    private Optional<String> call(InvokeInstruction invoke, Frame frame, Origin origin) {
        boolean isStatic = invoke.opcode() == Opcode.INVOKESTATIC;
        int operands = invoke.typeSymbol().parameterCount() + (isStatic ? 0 : 1);
        for (int position = 0; position < operands; position++) {
            if (is(frame, operands - 1 - position, origin)) {
                Optional<String> reason = passed(invoke, frame, position);
                if (reason.isPresent()) {
                    return reason;
                }
            }
        }
        return Optional.empty();
    }

    private Optional<String> passed(InvokeInstruction invoke, Frame frame, int position) {
        return switch (program.resolver().resolve(invoke, frame)) {
            case Call.Direct(JavaMethod target) -> passedTo(target, position);
            case Call.Virtual(var owner, var declared) ->
                    program
                            .selectors()
                            .getOrDefault(new Selector(owner, declared), Set.of())
                            .stream()
                            .map(target -> passedTo(target, position))
                            .flatMap(Optional::stream)
                            .findFirst();
            case Call.Builtin builtin -> Optional.empty();
            default -> Optional.of("is used by a VarHandle");
        };
    }

    private Optional<String> passedTo(JavaMethod target, int position) {
        if (target.intrinsic().isPresent()) {
            return Optional.of("is passed to the intrinsic " + target);
        }
        if (target.isConstructor() && target.owner().isPlatform()) {
            return Optional.empty();
        }
        return ofParameter(target, target.parameters().get(position).slot());
    }
}
