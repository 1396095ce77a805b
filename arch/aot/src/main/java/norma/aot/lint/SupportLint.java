// Contract: rejects language features that the kernel profile does not have.
// Invariant: a method without findings here can be emitted.
// Owner: norma.aot.lint.
package norma.aot.lint;

import java.lang.classfile.Instruction;
import java.lang.classfile.instruction.ConstantInstruction;
import java.lang.classfile.instruction.InvokeDynamicInstruction;
import java.lang.classfile.instruction.InvokeInstruction;
import java.lang.classfile.instruction.MonitorInstruction;
import java.lang.classfile.instruction.NewObjectInstruction;
import java.lang.constant.ClassDesc;
import java.lang.constant.ConstantDesc;
import java.lang.constant.ConstantDescs;
import norma.aot.flow.Call;
import norma.aot.flow.Frame;
import norma.aot.flow.MethodFlow;
import norma.aot.flow.SwitchLabels;
import norma.aot.load.JavaClass;
import norma.aot.load.JavaMethod;
import norma.aot.load.Kind;
import norma.aot.load.MethodBody;
import norma.aot.reach.Program;

/** Unsupported features. */
final class SupportLint {
    private final Program program;
    private final JavaMethod method;
    private final MethodFlow flow;
    private final MethodBody body;

    private SupportLint(Program program, JavaMethod method) {
        this.program = program;
        this.method = method;
        this.flow = program.flow(method);
        this.body = flow.body();
    }

    static void run(Program program) {
        for (JavaMethod method : program.methods()) {
            new SupportLint(program, method).check();
        }
    }

    private void check() {
        if (method.isSynchronized()) {
            report(0, "synchronized method (monitors are not available in kernel code)");
        }
        if (method.resultKind().isFloating()
                || method.parameters().stream().anyMatch(p -> p.kind().isFloating())) {
            report(0, "float or double parameter or result");
        }
        for (MethodBody.Handler handler : body.handlers()) {
            if (!isMatchWrapper(handler) && isAnyLive(handler)) {
                report(handler.start(), "try/catch (exceptions panic in kernel code)");
            }
        }
        for (int i = 0; i < body.size(); i++) {
            if (flow.isLive(i)) {
                check(i, body.at(i));
            }
        }
    }

    private boolean isAnyLive(MethodBody.Handler handler) {
        for (int i = handler.start(); i < handler.end(); i++) {
            if (flow.isLive(i)) {
                return true;
            }
        }
        return false;
    }

    /** javac wraps record accessors in patterns: any exception becomes a MatchException. */
    private boolean isMatchWrapper(MethodBody.Handler handler) {
        for (int i = handler.handler(); i < Math.min(body.size(), handler.handler() + 3); i++) {
            if (body.at(i) instanceof NewObjectInstruction made
                    && made.className().asInternalName().equals("java/lang/MatchException")) {
                return true;
            }
        }
        return false;
    }

    private void report(int index, String message) {
        program.problem(method, body.size() == 0 ? 0 : body.line(index), message);
    }

    private void check(int index, Instruction instruction) {
        Frame after = flow.step(index).after();
        if (after.depth() > 0 && after.top(0).kind().isFloating()) {
            report(index, "float arithmetic is not available in kernel code");
        }
        switch (instruction) {
            case MonitorInstruction m ->
                    report(index, "synchronized (monitors are not available in kernel code)");
            case ConstantInstruction c -> constant(index, c.constantValue());
            case InvokeDynamicInstruction i -> dynamic(index, i);
            case InvokeInstruction i -> invoke(index, i);
            default -> {}
        }
    }

    private void constant(int index, ConstantDesc constant) {
        boolean isNull = constant.equals(ConstantDescs.NULL);
        boolean isNumber = constant instanceof Number;
        if (constant instanceof ClassDesc type) {
            report(
                    index,
                    "class literal " + type.displayName() + " (no reflection in kernel code)");
        } else if (!isNull && !isNumber && !(constant instanceof String)) {
            report(index, "unsupported constant " + constant);
        }
    }

    private void dynamic(int index, InvokeDynamicInstruction dynamic) {
        var labels = SwitchLabels.of(dynamic, program.world());
        if (labels.isPresent()) {
            for (SwitchLabels.Label label : labels.get().labels()) {
                if (label instanceof SwitchLabels.Unknown(String description)) {
                    report(index, "unsupported switch label " + description);
                }
            }
            return;
        }
        String bootstrap = dynamic.bootstrapMethod().owner().displayName();
        String what =
                switch (bootstrap) {
                    case "StringConcatFactory" -> "string concatenation (it allocates)";
                    case "LambdaMetafactory" -> "lambda or method reference";
                    case "ObjectMethods" -> "generated toString, hashCode or equals of a record";
                    default -> "invokedynamic of " + bootstrap;
                };
        report(index, what + " is not available in kernel code");
    }

    private void invoke(int index, InvokeInstruction invoke) {
        Call call = program.resolver().resolve(invoke, flow.before(index));
        if (call instanceof Call.Builtin(JavaMethod target, String name)
                && name.equals("arraycopy")) {
            Frame frame = flow.before(index);
            JavaClass from = frame.top(4).type();
            JavaClass to = frame.top(2).type();
            boolean primitive =
                    from != null
                            && from == to
                            && from.isArray()
                            && Kind.ofDescriptor(from.elementDescriptor()) != Kind.REF;
            if (!primitive) {
                report(index, "System.arraycopy of anything but two primitive arrays of one type");
            }
        }
    }
}
