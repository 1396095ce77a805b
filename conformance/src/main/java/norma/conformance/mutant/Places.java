package norma.conformance.mutant;

import java.io.IOException;
import java.io.InputStream;
import java.lang.classfile.Attributes;
import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassModel;
import java.lang.classfile.CodeElement;
import java.lang.classfile.CodeModel;
import java.lang.classfile.Instruction;
import java.lang.classfile.Label;
import java.lang.classfile.MethodModel;
import java.lang.classfile.instruction.BranchInstruction;
import java.lang.classfile.instruction.LabelTarget;
import java.lang.classfile.instruction.LineNumber;
import java.lang.classfile.instruction.LookupSwitchInstruction;
import java.lang.classfile.instruction.ReturnInstruction;
import java.lang.classfile.instruction.SwitchCase;
import java.lang.classfile.instruction.TableSwitchInstruction;
import java.lang.classfile.instruction.ThrowInstruction;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Finds the {@link Place}s of edits and of replaced methods. */
public final class Places {
    private Places() {}

    /** Lines and straight-line blocks of a method, by number of instruction. */
    private static final class Lines {
        final List<Integer> line = new ArrayList<>();
        final List<Integer> block = new ArrayList<>();

        Lines(CodeModel code) {
            Set<Label> targets = new HashSet<>();
            code.forEach(element -> targets.addAll(targets(element)));
            int current = 0;
            int number = 0;
            for (CodeElement element : code) {
                switch (element) {
                    case LineNumber at -> current = at.line();
                    case LabelTarget at when targets.contains(at.label()) -> number++;
                    case Instruction instruction -> {
                        line.add(current);
                        block.add(number);
                        if (ends(instruction)) {
                            number++;
                        }
                    }
                    default -> {}
                }
            }
        }

        Set<Integer> all() {
            Set<Integer> all = new TreeSet<>(line);
            all.remove(0);
            return all;
        }

        /** Lines that lie in the block of an instruction and nowhere else. */
        Set<Integer> with(int index) {
            Set<Integer> inside = new TreeSet<>();
            Set<Integer> outside = new HashSet<>(Set.of(0, line.get(index)));
            for (int i = 0; i < line.size(); i++) {
                (block.get(i).equals(block.get(index)) ? inside : outside).add(line.get(i));
            }
            inside.removeAll(outside);
            return inside;
        }
    }

    private static boolean ends(Instruction instruction) {
        return !targets(instruction).isEmpty()
                || instruction instanceof ReturnInstruction
                || instruction instanceof ThrowInstruction;
    }

    /** Where an instruction may jump, the default of a switch first. */
    static List<Label> targets(CodeElement element) {
        return switch (element) {
            case BranchInstruction branch -> List.of(branch.target());
            case TableSwitchInstruction s -> targets(s.defaultTarget(), s.cases());
            case LookupSwitchInstruction s -> targets(s.defaultTarget(), s.cases());
            default -> List.of();
        };
    }

    private static List<Label> targets(Label otherwise, List<SwitchCase> cases) {
        List<Label> all = new ArrayList<>(List.of(otherwise));
        cases.forEach(c -> all.add(c.target()));
        return all;
    }

    /** The place of one instruction. */
    static Place of(ClassModel owner, MethodModel method, int index) {
        Lines lines = new Lines(method.code().orElseThrow());
        return new Place(
                source(owner),
                method.methodName().stringValue(),
                lines.line.get(index),
                lines.with(index),
                lines.all());
    }

    /**
     * The methods that class files of a folder do otherwise than the classes that {@code loader}
     * finds, or that those lack. Numbers of lines and of constants are no difference.
     */
    public static List<Place> changed(Path folder, ClassLoader loader) throws IOException {
        List<Place> places = new ArrayList<>();
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.filter(f -> f.toString().endsWith(".class")).sorted().toList()) {
                String name = folder.relativize(file).toString();
                byte[] original = null;
                try (InputStream in = loader.getResourceAsStream(name)) {
                    original = in == null ? null : in.readAllBytes();
                }
                places.addAll(changed(original, Files.readAllBytes(file)));
            }
        } catch (IllegalArgumentException e) {
            throw new IOException("not a class file in " + folder + ": " + e.getMessage(), e);
        }
        return places;
    }

    static List<Place> changed(byte @Nullable [] original, byte[] given) {
        Map<String, List<String>> before = new HashMap<>();
        if (original != null) {
            for (MethodModel method : ClassFile.of().parse(original).methods()) {
                method.code().ifPresent(code -> before.put(key(method), Listing.shape(code)));
            }
        }
        List<Place> places = new ArrayList<>();
        ClassModel model = ClassFile.of().parse(given);
        for (MethodModel method : model.methods()) {
            CodeModel code = method.code().orElse(null);
            if (code != null && !Listing.shape(code).equals(before.get(key(method)))) {
                String name = method.methodName().stringValue();
                Set<Integer> lines = new Lines(code).all();
                places.add(new Place(source(model), name, 0, Set.of(), lines));
            }
        }
        return places;
    }

    private static String key(MethodModel method) {
        return method.methodName().stringValue() + method.methodType().stringValue();
    }

    private static String source(ClassModel model) {
        String name = model.thisClass().asInternalName();
        String folder = name.substring(0, name.lastIndexOf('/') + 1);
        return model.findAttribute(Attributes.sourceFile())
                .map(file -> folder + file.sourceFile().stringValue())
                .orElse(name);
    }
}
