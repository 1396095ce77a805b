// Contract: which reference parameters are null in no call of the closed world.
// Invariant: optimistic fixpoint: a parameter is taken to be non-null until some call that compiled
// code makes, or native code can make (an entry), may pass null.
// Owner: norma.aot.facts.
package norma.aot.facts;

import java.lang.classfile.Opcode;
import java.lang.classfile.instruction.InvokeInstruction;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import norma.aot.flow.Call;
import norma.aot.flow.Frame;
import norma.aot.flow.MethodFlow;
import norma.aot.flow.Origin;
import norma.aot.flow.Value;
import norma.aot.load.JavaMethod;
import norma.aot.load.Kind;
import norma.aot.reach.Program;
import norma.aot.reach.Selector;

/** Parameters that are never null. */
final class ParameterFacts {
    private final Program program;
    private final Predicate<Value> nonNull;
    private final Set<Parameter> nullable = new HashSet<>();

    private record Parameter(JavaMethod method, int slot) {}

    /** Facts of a program of which {@code nonNull} tells values apart without these facts. */
    ParameterFacts(Program program, Predicate<Value> nonNull) {
        this.program = program;
        this.nonNull = nonNull;
        for (JavaMethod method : program.methods()) {
            if (method.entrySymbol().isPresent()) {
                method.parameters().forEach(p -> nullable.add(new Parameter(method, p.slot())));
            }
        }
        int before = -1;
        while (before != nullable.size()) {
            before = nullable.size();
            program.methods().forEach(this::calls);
        }
    }

    /** Is the value, met in that method, a parameter that is never null? */
    boolean isNonNull(JavaMethod method, Value value) {
        return value.origin() instanceof Origin.Parameter(int slot)
                && !nullable.contains(new Parameter(method, slot));
    }

    private void calls(JavaMethod caller) {
        MethodFlow flow = program.flow(caller);
        for (int i = 0; i < flow.body().size(); i++) {
            if (flow.isLive(i) && flow.body().at(i) instanceof InvokeInstruction invoke) {
                Frame frame = flow.before(i);
                switch (program.resolver().resolve(invoke, frame)) {
                    case Call.Direct(JavaMethod target) -> call(caller, frame, invoke, target);
                    case Call.Virtual(var owner, var declared) ->
                            program.selectors()
                                    .getOrDefault(new Selector(owner, declared), Set.of())
                                    .forEach(target -> call(caller, frame, invoke, target));
                    default -> {}
                }
            }
        }
    }

    private void call(JavaMethod caller, Frame frame, InvokeInstruction invoke, JavaMethod target) {
        List<JavaMethod.Parameter> parameters = target.parameters();
        boolean receiver = invoke.opcode() != Opcode.INVOKESTATIC;
        // The caller has checked the receiver.
        for (int i = receiver ? 1 : 0; i < parameters.size(); i++) {
            JavaMethod.Parameter parameter = parameters.get(i);
            Value argument = frame.top(parameters.size() - 1 - i);
            if (parameter.kind() == Kind.REF
                    && !nonNull.test(argument)
                    && !isNonNull(caller, argument)) {
                nullable.add(new Parameter(target, parameter.slot()));
            }
        }
    }
}
