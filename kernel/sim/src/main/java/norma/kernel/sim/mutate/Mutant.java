package norma.kernel.sim.mutate;

import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassHierarchyResolver;
import java.lang.classfile.ClassModel;
import java.lang.classfile.ClassTransform;
import java.lang.classfile.CodeBuilder;
import java.lang.classfile.CodeElement;
import java.lang.classfile.CodeModel;
import java.lang.classfile.CodeTransform;
import java.lang.classfile.Instruction;
import java.lang.classfile.MethodModel;
import java.util.ArrayList;
import java.util.List;
import norma.kernel.sim.load.ClassEdit;
import org.jspecify.annotations.Nullable;

/**
 * The kernel with one change.
 *
 * @param name class, method, operator and number among the places of that method (and of others of
 *     its name) to which the operator applies: {@code Ipc.reply:negate-2}
 * @param line where that is, for people: {@code Ipc.java:212}
 * @param operator what kind of change
 * @param type name of the class, with dots
 * @param method name and descriptor
 * @param from first instruction that is replaced
 * @param to the one after the last
 * @param change what takes their place
 */
record Mutant(
        String name,
        String line,
        Operator operator,
        String type,
        String method,
        int from,
        int to,
        Change change)
        implements ClassEdit {
    private static final ClassFile FILES =
            ClassFile.of(
                    ClassFile.ClassHierarchyResolverOption.of(
                            ClassHierarchyResolver.ofResourceParsing(Mutant.class.getClassLoader())
                                    .orElse(ClassHierarchyResolver.defaultResolver())));

    @Override
    public byte[] edit(String className, byte[] bytes) {
        return className.equals(type) ? changed(bytes) : bytes;
    }

    /** Emits what takes the place of some instructions. */
    @FunctionalInterface
    interface Change {
        void emit(CodeBuilder code, List<Instruction> old);
    }

    /** The class file of {@link #type} with the change. */
    byte[] changed(byte[] bytes) {
        return changed(bytes, List.of(this));
    }

    /** The class file with the changes of several mutants of that class, which do not overlap. */
    static byte[] changed(byte[] bytes, List<Mutant> mutants) {
        ClassModel model = FILES.parse(bytes);
        return FILES.transformClass(
                model,
                ClassTransform.transformingMethods((builder, element) -> {
                    if (element instanceof CodeModel code) {
                        String id = id(code.parent().orElseThrow());
                        builder.transformCode(
                                code,
                                new Replacement(
                                        mutants.stream()
                                                .filter(m -> m.method().equals(id))
                                                .toList()));
                    } else {
                        builder.with(element);
                    }
                }));
    }

    /** Do both change one instruction? */
    boolean overlaps(Mutant other) {
        return type.equals(other.type)
                && method.equals(other.method)
                && from < other.to
                && other.from < to;
    }

    /** Does the change make a class that the JVM accepts? */
    boolean verifies(byte[] bytes) {
        try {
            return FILES.verify(changed(bytes)).isEmpty();
        } catch (IllegalArgumentException | IllegalStateException wrong) {
            return false; // No frame at a branch that fits both ways to it.
        }
    }

    /** How a method is named here. */
    static String id(MethodModel method) {
        return method.methodName().stringValue() + method.methodType().stringValue();
    }

    private static final class Replacement implements CodeTransform {
        private final List<Mutant> mutants;
        private final List<Instruction> old = new ArrayList<>();
        private int at;

        Replacement(List<Mutant> mutants) {
            this.mutants = mutants;
        }

        @Override
        public void accept(CodeBuilder code, @Nullable CodeElement element) {
            if (element instanceof Instruction instruction) {
                int index = at++;
                for (Mutant mutant : mutants) {
                    if (index >= mutant.from && index < mutant.to) {
                        old.add(instruction);
                        if (index == mutant.to - 1) {
                            mutant.change.emit(code, List.copyOf(old));
                            old.clear();
                        }
                        return;
                    }
                }
            }
            if (element != null) {
                code.with(element);
            }
        }
    }
}
