package norma.conformance.mutant;

import java.lang.classfile.CodeElement;
import java.lang.classfile.CodeModel;
import java.lang.classfile.Instruction;
import java.lang.classfile.Label;
import java.lang.classfile.Opcode;
import java.lang.classfile.attribute.CodeAttribute;
import java.lang.classfile.instruction.ConstantInstruction;
import java.lang.classfile.instruction.FieldInstruction;
import java.lang.classfile.instruction.InvokeInstruction;
import java.lang.classfile.instruction.LabelTarget;
import java.lang.classfile.instruction.LoadInstruction;
import java.lang.classfile.instruction.LocalVariable;
import java.lang.classfile.instruction.LookupSwitchInstruction;
import java.lang.classfile.instruction.StoreInstruction;
import java.lang.classfile.instruction.SwitchCase;
import java.lang.classfile.instruction.TableSwitchInstruction;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * A method's instructions as words that survive recompilation: {@code getfield Thread.tag}, {@code
 * invokevirtual RunQueue.insert}, {@code aload thread}, {@code const 1}, {@code if_icmplt}. Neither
 * offsets nor variable slots nor constant pool indices appear.
 */
final class Listing {
    private final List<String> lines = new ArrayList<>();
    private final List<LocalVariable> variables = new ArrayList<>();
    private final CodeAttribute code;

    Listing(CodeModel model) {
        code = (CodeAttribute) model;
        for (CodeElement element : model) {
            if (element instanceof LocalVariable variable) {
                variables.add(variable);
            }
        }
        int at = 0;
        for (CodeElement element : model) {
            if (element instanceof Instruction instruction) {
                lines.add(render(instruction, at));
                at += instruction.sizeInBytes();
            }
        }
    }

    List<String> lines() {
        return lines;
    }

    /**
     * What a method does, in words that are equal for equal code: variables by slot, jumps by the
     * number of the instruction jumped to.
     */
    static List<String> shape(CodeModel model) {
        Map<Label, Integer> at = new HashMap<>();
        int number = 0;
        for (CodeElement element : model) {
            if (element instanceof LabelTarget label) {
                at.put(label.label(), number);
            } else if (element instanceof Instruction) {
                number++;
            }
        }
        List<String> shape = new ArrayList<>();
        for (CodeElement element : model) {
            if (element instanceof Instruction instruction) {
                // Of jumps the library's text names no target; of everything else it says all.
                List<Integer> targets =
                        Places.targets(instruction).stream()
                                .map(l -> at.getOrDefault(l, 0))
                                .toList();
                String cases =
                        switch (instruction) {
                            case TableSwitchInstruction s -> s.lowValue() + ".." + s.highValue();
                            case LookupSwitchInstruction s ->
                                    s.cases().stream()
                                            .map(SwitchCase::caseValue)
                                            .toList()
                                            .toString();
                            default -> "";
                        };
                String text =
                        targets.isEmpty()
                                ? instruction.toString()
                                : instruction.opcode() + cases + targets;
                shape.add(text);
            }
        }
        return shape;
    }

    /** Slot of the one variable of that name. */
    int slot(String name) {
        int slot = -1;
        for (LocalVariable variable : variables) {
            if (variable.name().equalsString(name)) {
                if (slot >= 0 && slot != variable.slot()) {
                    throw new IllegalArgumentException("two variables are called " + name);
                }
                slot = variable.slot();
            }
        }
        if (slot < 0) {
            throw new IllegalArgumentException("no variable is called " + name);
        }
        return slot;
    }

    private String render(Instruction instruction, int at) {
        int after = at + instruction.sizeInBytes();
        return switch (instruction) {
            case FieldInstruction f ->
                    opcode(f) + simple(f.owner().asInternalName()) + "." + f.name().stringValue();
            case InvokeInstruction i ->
                    opcode(i) + simple(i.owner().asInternalName()) + "." + i.name().stringValue();
            case ConstantInstruction c ->
                    c.opcode() == Opcode.ACONST_NULL ? "const null" : "const " + c.constantValue();
            case LoadInstruction l -> kind(l.typeKind().name()) + "load " + name(l.slot(), at);
            case StoreInstruction s -> kind(s.typeKind().name()) + "store " + name(s.slot(), after);
            default -> instruction.opcode().name().toLowerCase(Locale.ROOT);
        };
    }

    private static String opcode(Instruction instruction) {
        return instruction.opcode().name().toLowerCase(Locale.ROOT) + " ";
    }

    private static String kind(String type) {
        return type.equals("REFERENCE") ? "a" : type.substring(0, 1).toLowerCase(Locale.ROOT);
    }

    private static String simple(String internalName) {
        return internalName.substring(internalName.lastIndexOf('/') + 1);
    }

    private String name(int slot, int at) {
        for (LocalVariable variable : variables) {
            if (variable.slot() == slot
                    && code.labelToBci(variable.startScope()) <= at
                    && at < code.labelToBci(variable.endScope())) {
                return variable.name().stringValue();
            }
        }
        return "?";
    }

    /** Does a pattern's word match a line? A pattern without operand matches any. */
    static boolean matches(String pattern, String line) {
        return line.equals(pattern) || (pattern.indexOf(' ') < 0 && line.startsWith(pattern + " "));
    }

    /** Indices of the marked instruction at every match of an anchor. */
    List<Integer> find(String anchor) {
        String[] patterns = anchor.split(";");
        int marked = -1;
        for (int i = 0; i < patterns.length; i++) {
            patterns[i] = patterns[i].strip();
            if (patterns[i].startsWith("*")) {
                patterns[i] = patterns[i].substring(1);
                marked = i;
            }
        }
        if (marked < 0) {
            throw new IllegalArgumentException("nothing is marked in the anchor " + anchor);
        }
        List<Integer> found = new ArrayList<>();
        for (int start = 0; start + patterns.length <= lines.size(); start++) {
            boolean all = true;
            for (int i = 0; i < patterns.length && all; i++) {
                all = matches(patterns[i], lines.get(start + i));
            }
            if (all) {
                found.add(start + marked);
            }
        }
        return found;
    }
}
