// Contract: fields that the specification models change only where events are emitted: in methods
// marked Emits and in helpers that no call chain reaches without passing through such a method. The
// world is closed, so the helper's visibility does not matter.
// Invariant: constructors and static initialisers are exempt; they run before boot.
// Owner: norma.aot.lint.
package norma.aot.lint;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import norma.aot.load.JavaMethod;
import norma.aot.reach.CallGraph;
import norma.aot.reach.FieldUse;
import norma.aot.reach.Problem;
import norma.aot.reach.Program;

/** Writes of modelled fields. */
final class ModelledLint {
    private final Program program;
    private final Map<JavaMethod, Optional<String>> verdicts = new HashMap<>();

    private ModelledLint(Program program) {
        this.program = program;
    }

    static void run(Program program) {
        ModelledLint lint = new ModelledLint(program);
        for (FieldUse use : program.fields()) {
            if (use.field().isModelled()) {
                lint.check(use);
            }
        }
    }

    private void check(FieldUse use) {
        for (FieldUse.Access access : use.accesses()) {
            boolean changes = access.write() || access.element();
            if (changes && !access.method().isConstructor()) {
                verdict(access.method()).ifPresent(chain -> report(use, access, chain));
            }
        }
    }

    private void report(FieldUse use, FieldUse.Access access, String chain) {
        String what =
                access.element() ? "an element of the modelled field " : "the modelled field ";
        program.problem(
                new Problem(
                        access.method(),
                        access.line(),
                        "writes " + what + use.field() + " outside @Emits",
                        chain));
    }

    /** A call chain that avoids Emits, or empty if the method may write modelled state. */
    private Optional<String> verdict(JavaMethod method) {
        return verdicts.computeIfAbsent(
                method,
                m -> {
                    if (m.emits()) {
                        return Optional.empty();
                    }
                    List<JavaMethod> path = program.graph().path(m, c -> !c.emits());
                    return path.isEmpty() ? Optional.empty() : Optional.of(render(path));
                });
    }

    private static String render(List<JavaMethod> path) {
        return path.stream().map(CallGraph::label).collect(Collectors.joining(" -> "));
    }
}
