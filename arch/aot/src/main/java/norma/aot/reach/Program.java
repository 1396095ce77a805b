// Contract: the closed world: what compiled code reaches and how it uses it.
// Invariant: everything is kept in order of discovery; after Reachability.run nothing changes.
// Owner: norma.aot.reach.
package norma.aot.reach;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import norma.aot.flow.CallResolver;
import norma.aot.flow.MethodFlow;
import norma.aot.flow.Origin;
import norma.aot.load.ClassWorld;
import norma.aot.load.HostWorld;
import norma.aot.load.JavaClass;
import norma.aot.load.JavaField;
import norma.aot.load.JavaMethod;
import norma.aot.load.StorageType;
import org.jspecify.annotations.Nullable;

/** The result of the reachability pass. */
public final class Program {
    private final ClassWorld world;
    private final HostWorld host;
    private final CallResolver resolver;
    private final ImageHeap heap;
    private final CallGraph graph = new CallGraph();
    private final Map<JavaMethod, MethodFlow> flows = new LinkedHashMap<>();
    private final Map<Selector, Set<JavaMethod>> selectors = new LinkedHashMap<>();
    private final Set<JavaClass> instantiated = new LinkedHashSet<>();
    private final Set<JavaClass> typeTests = new LinkedHashSet<>();
    private final Set<JavaClass> laidOut = new LinkedHashSet<>();
    private final Map<JavaField, FieldUse> fields = new LinkedHashMap<>();
    private final List<Allocation> allocations = new ArrayList<>();
    private final List<ArrayStore> arrayStores = new ArrayList<>();
    private final List<Problem> problems = new ArrayList<>();

    Program(ClassWorld world, HostWorld host) {
        this.world = world;
        this.host = host;
        this.resolver = new CallResolver(world);
        this.heap = new ImageHeap(world, host, this);
    }

    /** A `new` in compiled code. */
    public record Allocation(JavaMethod method, int index, JavaClass type) {}

    /** A store to elements of an array of which only the origin is known. */
    public record ArrayStore(Origin array, StorageType element) {}

    public ClassWorld world() {
        return world;
    }

    public HostWorld host() {
        return host;
    }

    public CallResolver resolver() {
        return resolver;
    }

    public ImageHeap heap() {
        return heap;
    }

    public CallGraph graph() {
        return graph;
    }

    /** The compiled methods. */
    public Collection<JavaMethod> methods() {
        return flows.keySet();
    }

    /** The frames of a compiled method. */
    public MethodFlow flow(JavaMethod method) {
        MethodFlow flow = flows.get(method);
        if (flow == null) {
            throw new IllegalArgumentException("not compiled: " + method);
        }
        return flow;
    }

    boolean isCompiled(JavaMethod method) {
        return flows.containsKey(method);
    }

    void compiled(JavaMethod method, MethodFlow flow) {
        flows.put(method, flow);
    }

    /** The dispatch points and, for each, the methods it may run. */
    public Map<Selector, Set<JavaMethod>> selectors() {
        return selectors;
    }

    /** Classes of which an instance exists. */
    public Set<JavaClass> instantiated() {
        return instantiated;
    }

    void instantiate(JavaClass type) {
        instantiated.add(type);
    }

    /** Classes tested by instanceof, checkcast or a pattern switch. */
    public Set<JavaClass> typeTests() {
        return typeTests;
    }

    /** Classes with AsmLayout whose layout is published. */
    public Set<JavaClass> laidOut() {
        return laidOut;
    }

    public Collection<FieldUse> fields() {
        return fields.values();
    }

    /** Whether the image keeps the field. */
    public boolean isUsed(JavaField field) {
        return fields.containsKey(field)
                || field.owner().asmPrefix().isPresent()
                || isOrdinal(field);
    }

    /** rt_enum_compare reads it. */
    private static boolean isOrdinal(JavaField field) {
        return field.name().equals("ordinal") && field.owner().name().equals("java/lang/Enum");
    }

    /** Whether compiled code or assembly may change the field. */
    public boolean isWritten(JavaField field) {
        FieldUse use = fields.get(field);
        boolean assembly = field.owner().asmPrefix().isPresent() && !field.isStatic();
        return assembly || (use != null && use.isWritten());
    }

    FieldUse use(JavaField field) {
        return fields.computeIfAbsent(field, FieldUse::new);
    }

    public List<Allocation> allocations() {
        return allocations;
    }

    public List<ArrayStore> arrayStores() {
        return arrayStores;
    }

    /** Records a compile error; its message will show the shortest call chain. */
    public void problem(@Nullable JavaMethod where, int line, String message) {
        problem(new Problem(where, line, message, null));
    }

    /** Records a compile error. */
    public void problem(Problem problem) {
        if (!problems.contains(problem)) {
            problems.add(problem);
        }
    }

    public List<Problem> problems() {
        return problems;
    }
}
