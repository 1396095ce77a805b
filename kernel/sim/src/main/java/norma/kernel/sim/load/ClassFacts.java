package norma.kernel.sim.load;

import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassModel;
import java.lang.classfile.CodeElement;
import java.lang.classfile.FieldModel;
import java.lang.classfile.MethodModel;
import java.lang.classfile.Opcode;
import java.lang.classfile.constantpool.ClassEntry;
import java.lang.classfile.instruction.ConstantInstruction;
import java.lang.classfile.instruction.FieldInstruction;
import java.lang.classfile.instruction.InvokeInstruction;
import java.lang.constant.ClassDesc;
import java.lang.reflect.AccessFlag;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * What instrumentation must know of the kernel's classes: which fields there are, which never
 * change, and which field a VarHandle constant reaches.
 *
 * <p>Invariant: a field's number is unique among the fields of its class and all superclasses.
 */
final class ClassFacts {
    private final Map<String, ClassModel> models;
    private final Map<String, Map<String, Field>> fields = new HashMap<>();
    private final Map<String, Field> handles = new HashMap<>();

    /**
     * A field.
     *
     * @param name class and field
     * @param number number among the fields of an object
     * @param constant final, so that it is never written after construction
     * @param type what it holds
     */
    record Field(String name, int number, boolean constant, ClassDesc type) {}

    /** Facts of the given classes, by internal name. */
    ClassFacts(Map<String, ClassModel> models) {
        this.models = models;
        for (String name : models.keySet()) {
            fieldsOf(name);
        }
        for (ClassModel model : models.values()) {
            handlesOf(model);
        }
    }

    /** Parses a class file. */
    static ClassModel parse(byte[] bytes) {
        return ClassFile.of().parse(bytes);
    }

    /** Names (with dots) of the classes that a class file mentions. */
    static Set<String> mentioned(ClassModel model) {
        Set<String> names = new TreeSet<>();
        model.constantPool()
                .forEach(entry -> {
                    if (entry instanceof ClassEntry c) {
                        names.add(c.asInternalName().replace('/', '.'));
                    }
                });
        return names;
    }

    /** The field that {@code owner.name} means, or null if it is none of the kernel's. */
    @Nullable Field field(String owner, String name) {
        String at = owner;
        while (models.containsKey(at)) {
            Field field = fieldsOf(at).get(name);
            if (field != null) {
                return field;
            }
            at = superclass(at);
        }
        return null;
    }

    /** Names of the fields that a class declares, in the order of their numbers. */
    List<String> names(String type) {
        return List.copyOf(fieldsOf(type).keySet());
    }

    /** The field behind the VarHandle in the static field {@code owner.name}, or null. */
    @Nullable Field handle(String owner, String name) {
        return handles.get(owner + "." + name);
    }

    private String superclass(String name) {
        ClassModel model = models.get(name);
        return model == null
                ? ""
                : model.superclass().map(ClassEntry::asInternalName).orElse("java/lang/Object");
    }

    private Map<String, Field> fieldsOf(String name) {
        Map<String, Field> known = fields.get(name);
        if (known != null) {
            return known;
        }
        ClassModel model = models.get(name);
        Map<String, Field> own = new LinkedHashMap<>();
        if (model == null) {
            return own;
        }
        int number = count(superclass(name));
        for (FieldModel field : model.fields()) {
            String text = field.fieldName().stringValue();
            boolean constant = field.flags().has(AccessFlag.FINAL);
            own.put(
                    text,
                    new Field(
                            simple(name) + "." + text,
                            number++,
                            constant,
                            field.fieldTypeSymbol()));
        }
        fields.put(name, own);
        return own;
    }

    private int count(String name) {
        return models.containsKey(name) ? count(superclass(name)) + fieldsOf(name).size() : 0;
    }

    /** The class's name without packages. */
    static String simple(String internalName) {
        return internalName.substring(internalName.lastIndexOf('/') + 1);
    }

    /** Reads the static initialiser: class, string, findVarHandle, putstatic. */
    private void handlesOf(ClassModel model) {
        for (MethodModel method : model.methods()) {
            if (!method.methodName().equalsString("<clinit>") || method.code().isEmpty()) {
                continue;
            }
            Field found = null;
            String owner = "";
            String text = "";
            for (CodeElement element : method.code().get()) {
                if (element instanceof ConstantInstruction c) {
                    if (c.constantValue() instanceof String string) {
                        text = string;
                    } else if (c.constantValue() instanceof ClassDesc type
                            && type.isClassOrInterface()) {
                        String descriptor = type.descriptorString();
                        owner = descriptor.substring(1, descriptor.length() - 1);
                    }
                } else if (element instanceof InvokeInstruction call
                        && call.name().equalsString("findVarHandle")) {
                    found = field(owner, text);
                } else if (element instanceof FieldInstruction put
                        && put.opcode() == Opcode.PUTSTATIC
                        && found != null) {
                    String at = put.owner().asInternalName() + "." + put.name().stringValue();
                    handles.put(at, found);
                    found = null;
                }
            }
        }
    }
}
