// Contract: nothing is allocated after boot, except records that do not escape: those become C
// locals.
// Owner: norma.aot.lint.
package norma.aot.lint;

import java.lang.classfile.Instruction;
import java.lang.classfile.instruction.NewMultiArrayInstruction;
import java.lang.classfile.instruction.NewPrimitiveArrayInstruction;
import java.lang.classfile.instruction.NewReferenceArrayInstruction;
import java.util.Optional;
import norma.aot.flow.MethodFlow;
import norma.aot.load.JavaMethod;
import norma.aot.reach.Program;

/** Allocations. */
final class AllocationLint {
    private final Program program;
    private final EscapeAnalysis escape;

    private AllocationLint(Program program) {
        this.program = program;
        this.escape = new EscapeAnalysis(program);
    }

    static void run(Program program) {
        AllocationLint lint = new AllocationLint(program);
        program.methods().forEach(lint::arrays);
        program.allocations().forEach(lint::object);
    }

    private void arrays(JavaMethod method) {
        MethodFlow flow = program.flow(method);
        for (int i = 0; i < flow.body().size(); i++) {
            if (flow.isLive(i)) {
                Optional<String> array = array(flow.body().at(i));
                if (array.isPresent()) {
                    report(method, i, array.get(), "");
                }
            }
        }
    }

    private static Optional<String> array(Instruction instruction) {
        return switch (instruction) {
            case NewPrimitiveArrayInstruction n ->
                    Optional.of(n.typeKind().upperBound().displayName() + "[]");
            case NewReferenceArrayInstruction n ->
                    Optional.of(n.componentType().asSymbol().displayName() + "[]");
            case NewMultiArrayInstruction n -> Optional.of(n.arrayType().asSymbol().displayName());
            default -> Optional.empty();
        };
    }

    private void object(Program.Allocation allocation) {
        JavaMethod method = allocation.method();
        if (!allocation.type().isRecord()) {
            report(method, allocation.index(), allocation.type().toString(), "");
            return;
        }
        escape.ofAllocation(method, allocation.index())
                .ifPresent(reason ->
                        report(
                                method,
                                allocation.index(),
                                allocation.type().toString(),
                                " (the record " + reason + ")"));
    }

    private void report(JavaMethod method, int index, String what, String detail) {
        String promise =
                method.noAllocReason()
                        .map(r -> " (@NoAlloc" + (r.isEmpty() ? "" : ": " + r) + ")")
                        .orElse("");
        program.problem(
                method,
                program.flow(method).body().line(index),
                "allocation after boot: new " + what + detail + promise);
    }
}
