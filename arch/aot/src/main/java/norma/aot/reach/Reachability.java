// Contract: rapid type analysis from the entries, interleaved with class initialisation on the
// build
// JVM and the scan of the image heap, until nothing new is found.
// Invariant: a virtual call reaches the implementations of classes that have an instance, no
// others.
// Owner: norma.aot.reach.
package norma.aot.reach;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import norma.aot.flow.FlowAnalysis;
import norma.aot.load.ClassWorld;
import norma.aot.load.HostWorld;
import norma.aot.load.JavaClass;
import norma.aot.load.JavaMethod;

/** The reachability pass. */
public final class Reachability {
    private final Program program;
    private final FlowAnalysis flowAnalysis;
    private final Deque<JavaMethod> work = new ArrayDeque<>();
    private final Set<JavaMethod> seen = new HashSet<>();

    private Reachability(ClassWorld world, HostWorld host) {
        program = new Program(world, host);
        flowAnalysis = new FlowAnalysis(world, host);
    }

    /** Finds everything that the entries of the root classes reach. */
    public static Program run(ClassWorld world, HostWorld host, List<String> rootClasses) {
        Reachability pass = new Reachability(world, host);
        rootClasses.forEach(pass::addRoot);
        pass.toFixpoint();
        pass.connect();
        return pass.program;
    }

    private void addRoot(String className) {
        JavaClass root;
        try {
            root = program.world().get(className.replace('.', '/'));
        } catch (ClassWorld.ClassMissingException e) {
            program.problem(null, 0, "root " + e.getMessage());
            return;
        }
        if (root.asmPrefix().isPresent()) {
            program.laidOut().add(root);
        }
        boolean any = false;
        for (JavaMethod method : root.methods()) {
            if (method.entrySymbol().isPresent()) {
                any = true;
                addEntry(method);
            }
        }
        if (!any && root.asmPrefix().isEmpty()) {
            program.problem(null, 0, "root class " + root + " has neither @Entry nor @AsmLayout");
        }
    }

    private void addEntry(JavaMethod method) {
        program.graph().addEntry(method);
        if (!method.isStatic()) {
            program.problem(method, 0, "@Entry method is not static");
            return;
        }
        reach(method, method, 0);
    }

    private void toFixpoint() {
        boolean more = true;
        while (more) {
            while (!work.isEmpty()) {
                compile(work.poll());
            }
            more = guarded(program.heap()::scanNew);
            updateSelectors();
            if (!more && work.isEmpty()) {
                more = guarded(program.heap()::rescan);
                updateSelectors();
            }
            more |= !work.isEmpty();
        }
    }

    private boolean guarded(java.util.function.BooleanSupplier scan) {
        try {
            return scan.getAsBoolean();
        } catch (HostWorld.HostInitialisationException | ClassWorld.ClassMissingException e) {
            program.problem(null, 0, String.valueOf(e.getMessage()));
            return false;
        }
    }

    private void compile(JavaMethod method) {
        int line = method.body().map(b -> b.firstLine()).orElse(0);
        try {
            if (!method.owner().isPlatform()) {
                program.host().initialise(method.owner());
            }
            program.compiled(method, flowAnalysis.analyse(method));
            new MethodScan(program, method, this::reach).run();
        } catch (HostWorld.HostInitialisationException | ClassWorld.ClassMissingException e) {
            program.problem(method, line, String.valueOf(e.getMessage()));
        }
    }

    /** Makes a method part of the program, or records why it cannot be. */
    private void reach(JavaMethod method, JavaMethod caller, int line) {
        if (method.intrinsic().isPresent()) {
            return;
        }
        if (!KernelLibrary.isAllowed(method.owner())) {
            program.problem(caller, line, "call of " + method + ", which kernel code may not use");
            return;
        }
        if (method.body().isEmpty()) {
            String kind = method.isNative() ? "native" : "abstract";
            program.problem(caller, line, "call of the " + kind + " method " + method);
            return;
        }
        if (seen.add(method)) {
            work.add(method);
        }
    }

    private void updateSelectors() {
        for (var entry : program.selectors().entrySet()) {
            Selector selector = entry.getKey();
            for (JavaClass type : List.copyOf(program.instantiated())) {
                if (type.subclassOf(selector.owner())) {
                    type.findMethod(selector.declared().key())
                            .filter(m -> !m.isAbstract())
                            .filter(entry.getValue()::add)
                            .ifPresent(m -> reach(m, selector.declared(), 0));
                }
            }
        }
    }

    /** Builds the call graph from the calls recorded by the scans. */
    private void connect() {
        for (JavaMethod method : program.methods()) {
            Set<JavaMethod> callees = new LinkedHashSet<>();
            new CallVisitor(program, program.flow(method)).forEach(callees::add);
            callees.forEach(callee -> program.graph().addCall(method, callee));
        }
    }
}
