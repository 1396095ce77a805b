// Contract: no method can be active twice on one stack, so every entry has a stack bound.
// Invariant: reports each cycle of the call graph once (strongly connected components, Tarjan).
// Owner: norma.aot.lint.
package norma.aot.lint;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import norma.aot.load.JavaMethod;
import norma.aot.reach.Program;

/** Recursion. */
final class RecursionLint {
    private final Program program;
    private final Map<JavaMethod, Integer> numbers = new HashMap<>();
    private final Deque<JavaMethod> open = new ArrayDeque<>();
    private final Set<JavaMethod> isOpen = new HashSet<>();

    private RecursionLint(Program program) {
        this.program = program;
    }

    static void run(Program program) {
        RecursionLint lint = new RecursionLint(program);
        for (JavaMethod method : program.methods()) {
            if (!lint.numbers.containsKey(method)) {
                lint.visit(method);
            }
        }
    }

    private int visit(JavaMethod method) {
        int number = numbers.size();
        int low = number;
        numbers.put(method, number);
        open.push(method);
        isOpen.add(method);
        for (JavaMethod callee : program.graph().callees(method)) {
            Integer seen = numbers.get(callee);
            if (seen == null) {
                low = Math.min(low, visit(callee));
            } else if (isOpen.contains(callee)) {
                low = Math.min(low, seen);
            }
        }
        if (low == number) {
            close(method);
        }
        return low;
    }

    private void close(JavaMethod root) {
        List<JavaMethod> component = new ArrayList<>();
        JavaMethod member;
        do {
            member = open.pop();
            isOpen.remove(member);
            component.addFirst(member);
        } while (!member.equals(root));
        boolean cycle = component.size() > 1 || program.graph().callees(root).contains(root);
        if (cycle) {
            int line = root.body().map(b -> b.firstLine()).orElse(0);
            program.problem(root, line, "recursion: " + describe(component, root));
        }
    }

    /** One cycle through the root, inside the component. */
    private String describe(List<JavaMethod> component, JavaMethod root) {
        List<JavaMethod> cycle = new ArrayList<>();
        Set<JavaMethod> tried = new HashSet<>();
        extend(root, root, Set.copyOf(component), cycle, tried);
        cycle.add(root);
        return cycle.stream().map(JavaMethod::toString).collect(Collectors.joining(" -> "));
    }

    private boolean extend(
            JavaMethod from,
            JavaMethod root,
            Set<JavaMethod> allowed,
            List<JavaMethod> cycle,
            Set<JavaMethod> tried) {
        cycle.add(from);
        for (JavaMethod callee : program.graph().callees(from)) {
            if (callee.equals(root)) {
                return true;
            }
            if (allowed.contains(callee)
                    && tried.add(callee)
                    && extend(callee, root, allowed, cycle, tried)) {
                return true;
            }
        }
        cycle.removeLast();
        return false;
    }
}
