// Contract: enumerates the methods that the live calls of one method may run.
// Owner: norma.aot.reach.
package norma.aot.reach;

import java.lang.classfile.instruction.InvokeInstruction;
import java.util.Set;
import java.util.function.Consumer;
import norma.aot.flow.Call;
import norma.aot.flow.MethodFlow;
import norma.aot.load.JavaMethod;

/** Call edges of one method. */
final class CallVisitor {
    private final Program program;
    private final MethodFlow flow;

    CallVisitor(Program program, MethodFlow flow) {
        this.program = program;
        this.flow = flow;
    }

    void forEach(Consumer<JavaMethod> callee) {
        for (int i = 0; i < flow.body().size(); i++) {
            if (flow.isLive(i) && flow.body().at(i) instanceof InvokeInstruction invoke) {
                Call call = program.resolver().resolve(invoke, flow.before(i));
                switch (call) {
                    case Call.Direct(JavaMethod target) -> callee.accept(target);
                    case Call.Virtual(var owner, var declared) ->
                            program.selectors()
                                    .getOrDefault(new Selector(owner, declared), Set.of())
                                    .forEach(callee);
                    default -> {}
                }
            }
        }
    }
}
