// Contract: state shared by the emitters of one method: output, variables, the current instruction.
// Invariant: the variable of a stack entry is named by its position and kind, that of a local by
// its
// slot and kind; both agree on every path because frames do.
// Owner: norma.aot.emit.
package norma.aot.emit;

import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import norma.aot.facts.ProgramFacts;
import norma.aot.flow.Frame;
import norma.aot.flow.MethodFlow;
import norma.aot.flow.Value;
import norma.aot.load.JavaField;
import norma.aot.load.JavaMethod;
import norma.aot.load.Kind;
import norma.aot.reach.Program;
import org.jspecify.annotations.Nullable;

/** What the emitters of one method share. */
final class MethodContext {
    private final Program program;
    private final ProgramFacts facts;
    private final CNames names;
    private final PanicTable panics;
    private final MethodFlow flow;
    private final int file;
    private final boolean gates;
    private final StringBuilder out = new StringBuilder();
    private final SortedMap<String, String> variables = new TreeMap<>();
    private int index;
    private int temporaries;

    MethodContext(
            Program program,
            ProgramFacts facts,
            CNames names,
            PanicTable panics,
            boolean gates,
            JavaMethod method) {
        this.program = program;
        this.facts = facts;
        this.names = names;
        this.panics = panics;
        this.flow = program.flow(method);
        this.gates = gates;
        this.file = panics.index(method.owner().sourceFile());
    }

    Program program() {
        return program;
    }

    ProgramFacts facts() {
        return facts;
    }

    CNames names() {
        return names;
    }

    MethodFlow flow() {
        return flow;
    }

    JavaMethod method() {
        return flow.body().method();
    }

    StringBuilder out() {
        return out;
    }

    SortedMap<String, String> variables() {
        return variables;
    }

    int index() {
        return index;
    }

    void moveTo(int newIndex) {
        index = newIndex;
    }

    Frame frame() {
        return flow.before(index);
    }

    int line() {
        return flow.body().line(index);
    }

    /** The file and line arguments of a check. */
    String site() {
        return file + ", " + line();
    }

    void statement(String text) {
        out.append("    ").append(text).append(";\n");
    }

    /** In an exploration image: a gate before the access to {@code field}, null for an element. */
    void gate(@Nullable JavaField field) {
        if (gates) {
            statement("norma_gate(" + CLiterals.place(field) + ")");
        }
    }

    void declare(String name, Kind kind) {
        variables.put(name, kind.cType());
    }

    /** A fresh variable, unlike any other of the method. */
    String temporary(Kind kind) {
        String name = "t" + temporaries++ + kind.suffix();
        declare(name, kind);
        return name;
    }

    /** The variable of the operand {@code below} entries under the top. */
    String operand(int below) {
        Frame frame = frame();
        return stackName(frame.depth() - 1 - below, frame.top(below).kind());
    }

    Value operandValue(int below) {
        return frame().top(below);
    }

    /** The variables of the topmost operands, lowest first. */
    List<String> operands(int count) {
        List<String> operands = new ArrayList<>();
        for (int i = count - 1; i >= 0; i--) {
            operands.add(operand(i));
        }
        return operands;
    }

    String stackName(int position, Kind kind) {
        String name = CNames.stack(position, kind.suffix());
        declare(name, kind);
        return name;
    }

    String localName(int slot, Kind kind) {
        String name = CNames.local(slot, kind.suffix());
        declare(name, kind);
        return name;
    }

    /** Assigns the value an instruction pushes after taking {@code popped} operands. */
    void push(int popped, Kind kind, String expression) {
        statement(stackName(frame().depth() - popped, kind) + " = " + expression);
    }

    /** Checks the operand for null unless it is known not to be. */
    void nullCheck(Value value, String name) {
        if (!facts.isNonNull(method(), value)) {
            statement("RT_CHECK_NULL(" + name + ", " + site() + ")");
        }
    }

    void panic(String kind, String detail) {
        int text = detail.isEmpty() ? 0 : panics.index(detail);
        statement("RT_PANIC(" + kind + ", " + site() + ", " + text + ")");
    }
}
