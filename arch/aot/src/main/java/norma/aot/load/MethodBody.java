// Contract: the code of one method as an indexed list of instructions; labels become indices.
// Invariant: every index handed out is a valid instruction index; leaders are sorted.
// Owner: norma.aot.load.
package norma.aot.load;

import java.lang.classfile.CodeElement;
import java.lang.classfile.CodeModel;
import java.lang.classfile.Instruction;
import java.lang.classfile.Label;
import java.lang.classfile.instruction.BranchInstruction;
import java.lang.classfile.instruction.ExceptionCatch;
import java.lang.classfile.instruction.LabelTarget;
import java.lang.classfile.instruction.LineNumber;
import java.lang.classfile.instruction.LookupSwitchInstruction;
import java.lang.classfile.instruction.SwitchCase;
import java.lang.classfile.instruction.TableSwitchInstruction;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeSet;

/** Decoded code of a method. */
public final class MethodBody {
    private final JavaMethod method;
    private final List<Instruction> instructions = new ArrayList<>();
    private final List<Integer> lines = new ArrayList<>();
    private final Map<Label, Integer> positions = new HashMap<>();
    private final List<Handler> handlers = new ArrayList<>();
    private final SortedSet<Integer> leaders = new TreeSet<>();
    private final int maxLocals;

    private MethodBody(JavaMethod method, CodeModel code) {
        this.method = method;
        this.maxLocals = maxLocals(code);
        List<ExceptionCatch> catches = new ArrayList<>();
        int line = 0;
        for (CodeElement element : code.elementList()) {
            switch (element) {
                case LabelTarget label -> positions.put(label.label(), instructions.size());
                case LineNumber number -> line = number.line();
                case ExceptionCatch handler -> catches.add(handler);
                case Instruction instruction -> {
                    instructions.add(instruction);
                    lines.add(line);
                }
                default -> {}
            }
        }
        for (ExceptionCatch c : catches) {
            handlers.add(new Handler(index(c.tryStart()), index(c.tryEnd()), index(c.handler())));
        }
        findLeaders();
    }

    static MethodBody decode(JavaMethod method, CodeModel code) {
        return new MethodBody(method, code);
    }

    private static int maxLocals(CodeModel code) {
        return code instanceof java.lang.classfile.attribute.CodeAttribute attribute
                ? attribute.maxLocals()
                : 256;
    }

    private void findLeaders() {
        leaders.add(0);
        for (Instruction instruction : instructions) {
            for (Label target : targets(instruction)) {
                leaders.add(index(target));
            }
        }
    }

    private static List<Label> targets(Instruction instruction) {
        return switch (instruction) {
            case BranchInstruction branch -> List.of(branch.target());
            case TableSwitchInstruction s -> switchTargets(s.defaultTarget(), s.cases());
            case LookupSwitchInstruction s -> switchTargets(s.defaultTarget(), s.cases());
            default -> List.of();
        };
    }

    private static List<Label> switchTargets(Label defaultTarget, List<SwitchCase> cases) {
        List<Label> targets = new ArrayList<>();
        targets.add(defaultTarget);
        cases.forEach(c -> targets.add(c.target()));
        return targets;
    }

    public JavaMethod method() {
        return method;
    }

    public int size() {
        return instructions.size();
    }

    public Instruction at(int index) {
        return instructions.get(index);
    }

    /** The source line of an instruction; 0 without debug information. */
    public int line(int index) {
        return lines.get(index);
    }

    /** The source line of the first instruction. */
    public int firstLine() {
        return lines.isEmpty() ? 0 : lines.getFirst();
    }

    /** The instruction index a label denotes. */
    public int index(Label label) {
        Integer position = positions.get(label);
        if (position == null) {
            throw new IllegalArgumentException("unbound label in " + method);
        }
        return position;
    }

    /** Whether control can arrive at the instruction other than by falling through. */
    public boolean isLeader(int index) {
        return leaders.contains(index);
    }

    public List<Handler> handlers() {
        return handlers;
    }

    public int maxLocals() {
        return maxLocals;
    }

    /** An exception table row: covers [start, end), continues at handler. */
    public record Handler(int start, int end, int handler) {}
}
