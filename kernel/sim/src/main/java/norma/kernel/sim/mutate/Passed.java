package norma.kernel.sim.mutate;

import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassHierarchyResolver;
import java.lang.classfile.ClassTransform;
import java.lang.classfile.CodeBuilder;
import java.lang.classfile.CodeElement;
import java.lang.classfile.CodeModel;
import java.lang.classfile.CodeTransform;
import java.lang.classfile.Instruction;
import java.lang.constant.ClassDesc;
import java.lang.constant.ConstantDescs;
import java.lang.constant.MethodTypeDesc;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import norma.kernel.sim.load.ClassEdit;
import org.jspecify.annotations.Nullable;

/** Notes which mutants' places a run of the kernel as it is comes by. */
public final class Passed implements ClassEdit {
    private static final ClassDesc HERE = ClassDesc.of(Passed.class.getName());
    private static final MethodTypeDesc NUMBER =
            MethodTypeDesc.of(ConstantDescs.CD_void, ConstantDescs.CD_int);
    private static final ThreadLocal<BitSet> PASSED = ThreadLocal.withInitial(BitSet::new);

    /** Per method, numbers of mutants by instruction. */
    private final Map<String, Map<Integer, List<Integer>>> places = new HashMap<>();

    private final ClassFile files =
            ClassFile.of(
                    ClassFile.ClassHierarchyResolverOption.of(
                            ClassHierarchyResolver.ofResourceParsing(Passed.class.getClassLoader())
                                    .orElse(ClassHierarchyResolver.defaultResolver())));

    /** Mutants are numbered by their place in {@code mutants}. */
    Passed(Collection<Mutant> mutants) {
        int number = 0;
        for (Mutant mutant : mutants) {
            places.computeIfAbsent(mutant.type() + mutant.method(), m -> new HashMap<>())
                    .computeIfAbsent(mutant.from(), i -> new ArrayList<>())
                    .add(number++);
        }
    }

    /** Called by the kernel's code. */
    public static void at(int number) {
        PASSED.get().set(number);
    }

    /** What the calling thread has come by since the last time. */
    static BitSet take() {
        BitSet passed = PASSED.get();
        PASSED.remove();
        return passed;
    }

    @Override
    public byte[] edit(String name, byte[] bytes) {
        return files.transformClass(
                files.parse(bytes),
                ClassTransform.transformingMethods((builder, element) -> {
                    if (element instanceof CodeModel code) {
                        String id = name + Mutant.id(code.parent().orElseThrow());
                        Map<Integer, List<Integer>> at = places.getOrDefault(id, Map.of());
                        builder.transformCode(code, new Notes(at));
                    } else {
                        builder.with(element);
                    }
                }));
    }

    private static final class Notes implements CodeTransform {
        private final Map<Integer, List<Integer>> numbers;
        private int at;

        Notes(Map<Integer, List<Integer>> numbers) {
            this.numbers = numbers;
        }

        @Override
        public void accept(CodeBuilder code, @Nullable CodeElement element) {
            if (element instanceof Instruction) {
                for (int number : numbers.getOrDefault(at++, List.of())) {
                    code.loadConstant(number).invokestatic(HERE, "at", NUMBER);
                }
            }
            if (element != null) {
                code.with(element);
            }
        }
    }
}
