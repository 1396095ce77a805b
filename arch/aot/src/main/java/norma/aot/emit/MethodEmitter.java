// Contract: one compiled method as a C function: labels, #line, variables, control flow.
// Invariant: only live instructions are emitted; every branch target has a label.
// Owner: norma.aot.emit.
package norma.aot.emit;

import java.lang.classfile.Instruction;
import java.lang.classfile.Label;
import java.lang.classfile.Opcode;
import java.lang.classfile.instruction.BranchInstruction;
import java.lang.classfile.instruction.LookupSwitchInstruction;
import java.lang.classfile.instruction.NewObjectInstruction;
import java.lang.classfile.instruction.ReturnInstruction;
import java.lang.classfile.instruction.SwitchCase;
import java.lang.classfile.instruction.TableSwitchInstruction;
import java.lang.classfile.instruction.ThrowInstruction;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import norma.aot.flow.MethodFlow;
import norma.aot.flow.Value;
import norma.aot.load.JavaClass;
import norma.aot.load.JavaMethod;
import norma.aot.load.Kind;

/** Emits one method. */
final class MethodEmitter {
    private final MethodContext context;
    private final InstructionEmitter instructions;
    private final MethodFlow flow;
    private final JavaMethod method;

    MethodEmitter(MethodContext context) {
        this.context = context;
        this.instructions = new InstructionEmitter(context);
        this.flow = context.flow();
        this.method = context.method();
    }

    void emit(StringBuilder out) {
        body();
        String linkage = method.entrySymbol().isPresent() ? "" : "static ";
        out.append("/* ").append(method).append(" */\n");
        // The prologue belongs to the first line, and the variables have no code.
        out.append(directive(flow.body().line(0))).append(linkage);
        out.append(CNames.signature(method, CNames.method(method))).append(" {");
        Set<String> parameters = new HashSet<>();
        method.parameters().forEach(p -> parameters.add(CNames.local(p.slot(), p.kind().suffix())));
        for (Map.Entry<String, String> variable : context.variables().entrySet()) {
            if (!parameters.contains(variable.getKey())) {
                out.append(' ').append(variable.getValue()).append(' ');
                out.append(variable.getKey()).append(';');
            }
        }
        oneLineEach(context.out(), out);
        out.append("}\n").append("#line 1 \"kernel.c\"\n\n");
    }

    /**
     * Brings all C statements of a Java line to one line: the C compiler counts lines after a
     * {@code #line}, and a second statement would be taken for the next line of Java.
     */
    private static void oneLineEach(CharSequence body, StringBuilder out) {
        for (String line : body.toString().split("\n")) {
            if (line.startsWith("#line ")) {
                out.append('\n').append(line).append("\n   ");
            } else {
                out.append(' ').append(line.strip());
            }
        }
        out.append(' ');
    }

    private String directive(int line) {
        return "#line " + Math.max(1, line) + " " + CLiterals.quote(sourcePath()) + "\n";
    }

    private void body() {
        Set<Integer> labels = targets();
        int line = -1;
        for (int i = 0; i < flow.body().size(); i++) {
            if (!flow.isLive(i)) {
                continue;
            }
            context.moveTo(i);
            if (labels.contains(i)) {
                context.out().append("L").append(i).append(":;\n");
            }
            if (context.line() != line) {
                line = context.line();
                context.out().append(directive(line));
            }
            instruction(flow.body().at(i), i);
        }
    }

    /** Indices that some live instruction jumps to. */
    private Set<Integer> targets() {
        Set<Integer> targets = new HashSet<>();
        for (int i = 0; i < flow.body().size(); i++) {
            if (flow.isLive(i)) {
                for (int successor : flow.step(i).successors()) {
                    if (successor != i + 1 || flow.body().isLeader(successor)) {
                        targets.add(successor);
                    }
                }
            }
        }
        return targets;
    }

    /** The source path as debuggers look it up: package directories and file name. */
    private String sourcePath() {
        String name = method.owner().name();
        int slash = name.lastIndexOf('/');
        return name.substring(0, slash + 1) + method.owner().sourceFile();
    }

    private void instruction(Instruction instruction, int index) {
        switch (instruction) {
            case BranchInstruction branch -> branch(branch, index);
            case TableSwitchInstruction s -> choose(s.defaultTarget(), s.cases(), index);
            case LookupSwitchInstruction s -> choose(s.defaultTarget(), s.cases(), index);
            case ReturnInstruction r ->
                    context.statement(
                            Kind.of(r.typeKind()) == Kind.VOID
                                    ? "return"
                                    : "return " + context.operand(0));
            case ThrowInstruction t -> thrown();
            case NewObjectInstruction n -> newObject(n);
            default -> instructions.emit(instruction);
        }
    }

    private void thrown() {
        Value exception = context.operandValue(0);
        JavaClass type = exception.type();
        context.panic("RT_THROWN", type == null ? "java.lang.Throwable" : type.toString());
    }

    /** A `new` of a Throwable starts a throw: the panic names that line. */
    private void newObject(NewObjectInstruction n) {
        JavaClass type = context.program().world().get(n.className().asInternalName());
        if (type.isThrowable()) {
            boolean assertion = type.name().equals("java/lang/AssertionError");
            boolean match = type.name().equals("java/lang/MatchException");
            String kind = assertion ? "RT_ASSERTION" : match ? "RT_UNREACHABLE" : "RT_THROWN";
            context.panic(kind, type.toString());
            return;
        }
        RecordEmitter.allocate(context, type);
    }

    private void branch(BranchInstruction branch, int index) {
        int target = flow.body().index(branch.target());
        List<Integer> successors = flow.step(index).successors();
        if (successors.size() == 1) {
            if (successors.getFirst() != index + 1) {
                context.statement("goto L" + successors.getFirst());
            }
            return;
        }
        String condition =
                comparesLongs(index)
                        ? longCondition(branch.opcode(), index)
                        : condition(branch.opcode());
        context.statement("if (" + condition + ") goto L" + target);
    }

    /** Does the branch test what the instruction before it has found of two longs? */
    private boolean comparesLongs(int index) {
        return index > 0
                && !flow.body().isLeader(index)
                && flow.isLive(index - 1)
                && flow.body().at(index - 1).opcode() == Opcode.LCMP;
    }

    /**
     * The C compiler does not see through the -1, 0 or 1 of a comparison; the operands are there.
     */
    private String longCondition(Opcode opcode, int index) {
        context.moveTo(index - 1);
        String text =
                context.operand(1) + relation(opcode.name().substring(2)) + context.operand(0);
        context.moveTo(index);
        return text;
    }

    private String condition(Opcode opcode) {
        String top = context.operand(0);
        return switch (opcode) {
            case IFNULL -> "!" + top;
            case IFNONNULL -> top;
            case IFEQ, IFNE, IFLT, IFGE, IFGT, IFLE ->
                    top + relation(opcode.name().substring(2)) + "0";
            default -> context.operand(1) + relation(opcode.name().substring(7)) + top;
        };
    }

    private static String relation(String suffix) {
        return switch (suffix) {
            case "EQ" -> " == ";
            case "NE" -> " != ";
            case "LT" -> " < ";
            case "GE" -> " >= ";
            case "GT" -> " > ";
            case "LE" -> " <= ";
            default -> throw new IllegalArgumentException("no comparison " + suffix);
        };
    }

    private void choose(Label defaultTarget, List<SwitchCase> cases, int index) {
        List<Integer> successors = flow.step(index).successors();
        if (successors.size() == 1) {
            context.statement("goto L" + successors.getFirst());
            return;
        }
        StringBuilder text = new StringBuilder("switch (" + context.operand(0) + ") {\n");
        for (SwitchCase c : cases) {
            text.append("    case ").append(CLiterals.ofInt(c.caseValue())).append(": goto L");
            text.append(flow.body().index(c.target())).append(";\n");
        }
        text.append("    default: goto L")
                .append(flow.body().index(defaultTarget))
                .append(";\n    }");
        context.statement(text.toString());
    }
}
