// Contract: forward fixpoint over one method: stack kinds, constants, provenance, null facts.
// Invariant: terminates, because Value.merge only loses knowledge.
// Owner: norma.aot.flow.
package norma.aot.flow;

import java.util.ArrayDeque;
import java.util.Deque;
import norma.aot.load.ClassWorld;
import norma.aot.load.HostWorld;
import norma.aot.load.JavaMethod;
import norma.aot.load.Kind;
import norma.aot.load.MethodBody;

/** The flow pass. */
public final class FlowAnalysis {
    private final ClassWorld world;
    private final HostWorld host;

    public FlowAnalysis(ClassWorld world, HostWorld host) {
        this.world = world;
        this.host = host;
    }

    /** Analyses a method that has a body. */
    public MethodFlow analyse(JavaMethod method) {
        MethodBody body = method.body().orElseThrow();
        Interpreter interpreter = new Interpreter(world, host, body);
        MethodFlow flow = new MethodFlow(body, interpreter);
        Deque<Integer> work = new ArrayDeque<>();
        flow.arrive(0, entryFrame(method, body));
        work.add(0);
        while (!work.isEmpty()) {
            int index = work.poll();
            Interpreter.Step step = flow.step(index);
            for (int successor : step.successors()) {
                if (flow.arrive(successor, step.after())) {
                    work.add(successor);
                }
            }
        }
        return flow;
    }

    private Frame entryFrame(JavaMethod method, MethodBody body) {
        Frame frame = new Frame(body.maxLocals());
        for (JavaMethod.Parameter parameter : method.parameters()) {
            boolean receiver = parameter.slot() == 0 && !method.isStatic();
            frame.setLocal(
                    parameter.slot(),
                    parameter.kind() == Kind.REF
                            ? new Value(
                                    Kind.REF,
                                    new Origin.Parameter(parameter.slot()),
                                    receiver,
                                    world.ofDescriptor(parameter.descriptor()))
                            : Value.of(parameter.kind()));
        }
        return frame;
    }
}
