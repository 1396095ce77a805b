// Contract: who calls whom among the compiled methods, virtual calls included.
// Invariant: iteration order is the order of discovery, so messages and output are reproducible.
// Owner: norma.aot.reach.
package norma.aot.reach;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import norma.aot.load.JavaMethod;

/** The call graph of the closed world. */
public final class CallGraph {
    private final List<JavaMethod> entries = new ArrayList<>();
    private final Map<JavaMethod, Set<JavaMethod>> callees = new LinkedHashMap<>();

    void addEntry(JavaMethod entry) {
        entries.add(entry);
    }

    void addCall(JavaMethod caller, JavaMethod callee) {
        callees.computeIfAbsent(caller, m -> new LinkedHashSet<>()).add(callee);
    }

    public List<JavaMethod> entries() {
        return entries;
    }

    /** The methods that a method may call. */
    public Collection<JavaMethod> callees(JavaMethod caller) {
        return callees.getOrDefault(caller, Set.of());
    }

    /** The shortest call chain from an entry to the method, for messages. */
    public String chain(JavaMethod target) {
        List<JavaMethod> path = path(target, m -> true);
        return path.isEmpty()
                ? "not reached from an entry"
                : path.stream().map(CallGraph::label).collect(Collectors.joining(" -> "));
    }

    /** The shortest path from an entry to the target through accepted methods; empty if none. */
    public List<JavaMethod> path(JavaMethod target, Predicate<JavaMethod> accepted) {
        Map<JavaMethod, JavaMethod> cameFrom = new HashMap<>();
        Deque<JavaMethod> work = new ArrayDeque<>();
        for (JavaMethod entry : entries) {
            if (accepted.test(entry)) {
                cameFrom.putIfAbsent(entry, entry);
                work.add(entry);
            }
        }
        while (!work.isEmpty()) {
            JavaMethod method = work.poll();
            if (method == target) {
                return unwind(target, cameFrom);
            }
            for (JavaMethod callee : callees(method)) {
                if ((callee == target || accepted.test(callee))
                        && cameFrom.putIfAbsent(callee, method) == null) {
                    work.add(callee);
                }
            }
        }
        return List.of();
    }

    private static List<JavaMethod> unwind(
            JavaMethod target, Map<JavaMethod, JavaMethod> cameFrom) {
        List<JavaMethod> path = new ArrayList<>();
        JavaMethod method = target;
        path.add(method);
        while (cameFrom.get(method) != method) {
            method = cameFrom.get(method);
            path.addFirst(method);
        }
        return path;
    }

    /** How a method is named in a chain: entries by their symbol too. */
    public static String label(JavaMethod method) {
        return method.entrySymbol().map(s -> s + " = " + method).orElse(method.toString());
    }
}
