// Contract: type tests, array-store checks and virtual dispatch as switches on the class id.
// Invariant: the world is closed, so a dispatch switch ends in unreachable and costs no default.
// Owner: norma.aot.emit.
package norma.aot.emit;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import norma.aot.load.JavaClass;
import norma.aot.load.JavaMethod;
import norma.aot.load.Kind;
import norma.aot.reach.Program;
import norma.aot.reach.Selector;

/** Switches on class ids. */
final class DispatchEmitter {
    private final Program program;
    private final CNames names;

    DispatchEmitter(Program program, CNames names) {
        this.program = program;
        this.names = names;
    }

    void emitTypeTests(StringBuilder out) {
        Set<JavaClass> tested = new LinkedHashSet<>(program.typeTests());
        for (JavaClass type : program.instantiated()) {
            if (type.isArray() && Kind.ofDescriptor(type.elementDescriptor()) == Kind.REF) {
                tested.add(type.elementClass());
            }
        }
        for (JavaClass type : tested) {
            out.append("static inline int32_t ").append(CNames.typeTest(type));
            out.append("(ref o) { ").append(test(type)).append(" }\n");
        }
        emitArrayStore(out);
    }

    private String test(JavaClass type) {
        List<Integer> ids = ids(type);
        if (ids.isEmpty()) {
            return "(void)o; return 0;";
        }
        return "switch (RT_CLASS_ID(o)) { " + cases(ids) + "return 1; default: return 0; }";
    }

    private List<Integer> ids(JavaClass type) {
        List<Integer> ids = new ArrayList<>();
        names.classIds()
                .forEach((c, id) -> {
                    if (c.subclassOf(type)) {
                        ids.add(id);
                    }
                });
        return ids;
    }

    private static String cases(List<Integer> ids) {
        return ids.stream().map(id -> "case " + id + ": ").collect(Collectors.joining());
    }

    private void emitArrayStore(StringBuilder out) {
        out.append("static inline int32_t rt_may_store(ref array, ref o) {\n");
        out.append("    switch (RT_CLASS_ID(array)) {\n");
        for (Map.Entry<JavaClass, Integer> e : names.classIds().entrySet()) {
            JavaClass type = e.getKey();
            if (type.isArray() && Kind.ofDescriptor(type.elementDescriptor()) == Kind.REF) {
                out.append("    case ").append(e.getValue()).append(": return ");
                out.append(CNames.typeTest(type.elementClass())).append("(o);\n");
            }
        }
        out.append("    default: __builtin_unreachable();\n    }\n}\n\n");
    }

    void emitPrototypes(StringBuilder out) {
        for (JavaMethod method : program.methods()) {
            String linkage = method.entrySymbol().isPresent() ? "" : "static ";
            out.append(linkage).append(attributes(method));
            out.append(CNames.signature(method, CNames.method(method))).append(";\n");
        }
        out.append('\n');
    }

    private static String attributes(JavaMethod method) {
        if (method.cold()) {
            return "RT_COLD ";
        }
        if (method.noInline()) {
            return "RT_NOINLINE ";
        }
        return method.inline() ? "RT_INLINE " : "";
    }

    void emitDispatchers(StringBuilder out) {
        program.selectors().keySet().forEach(selector -> dispatcher(out, selector));
        out.append('\n');
    }

    private void dispatcher(StringBuilder out, Selector selector) {
        Map<JavaMethod, List<Integer>> targets = new LinkedHashMap<>();
        names.classIds()
                .forEach((type, id) -> {
                    Optional<JavaMethod> target = target(selector, type);
                    target.ifPresent(
                            t -> targets.computeIfAbsent(t, x -> new ArrayList<>()).add(id));
                });
        JavaMethod declared = selector.declared();
        out.append("static inline ");
        out.append(CNames.signature(declared, names.dispatcher(selector))).append(" {\n");
        if (targets.isEmpty()) {
            out.append("    __builtin_unreachable();\n}\n");
            return;
        }
        String arguments =
                declared.parameters().stream()
                        .map(p -> CNames.local(p.slot(), p.kind().suffix()))
                        .collect(Collectors.joining(", "));
        boolean result = declared.resultKind() != Kind.VOID;
        if (targets.size() == 1) {
            JavaMethod only = targets.keySet().iterator().next();
            out.append("    ").append(result ? "return " : "");
            out.append(CNames.method(only)).append('(').append(arguments).append(");\n}\n");
            return;
        }
        out.append("    switch (RT_CLASS_ID(v0a)) {\n");
        targets.forEach((target, ids) -> {
            out.append("    ").append(cases(ids)).append(result ? "return " : "");
            out.append(CNames.method(target)).append('(').append(arguments).append(");");
            out.append(result ? "\n" : " return;\n");
        });
        out.append("    default: __builtin_unreachable();\n    }\n}\n");
    }

    private Optional<JavaMethod> target(Selector selector, JavaClass type) {
        boolean candidate =
                program.instantiated().contains(type) && type.subclassOf(selector.owner());
        return candidate
                ? type.findMethod(selector.declared().key()).filter(m -> !m.isAbstract())
                : Optional.empty();
    }
}
