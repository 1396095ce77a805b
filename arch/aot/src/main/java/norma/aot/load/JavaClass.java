// Contract: one class, interface or array class of the closed world.
// Invariant: identity is equality; ClassWorld makes one instance per name. An array class has no
// class file and an element descriptor instead.
// Owner: norma.aot.load.
package norma.aot.load;

import java.lang.classfile.Attributes;
import java.lang.classfile.ClassModel;
import java.lang.reflect.AccessFlag;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A class of the closed world. */
public final class JavaClass {
    private final ClassWorld world;
    private final String name;
    private final @Nullable ClassModel model;
    private final @Nullable JavaClass superclass;
    private final List<JavaClass> interfaces = new ArrayList<>();
    private final Map<String, JavaMethod> methods = new LinkedHashMap<>();
    private final Map<String, JavaField> fields = new LinkedHashMap<>();
    private final String sourceFile;
    private @Nullable String asmPrefix;
    private @Nullable String noAllocReason;
    private boolean racyOk;

    /** An array class. */
    JavaClass(ClassWorld world, String arrayName) {
        this.world = world;
        this.name = arrayName;
        this.model = null;
        this.superclass = world.get("java/lang/Object");
        this.sourceFile = "?";
    }

    JavaClass(ClassWorld world, String name, ClassModel model) {
        this.world = world;
        this.name = name;
        this.model = model;
        this.superclass = model.superclass().map(s -> world.get(s.asInternalName())).orElse(null);
        model.interfaces().forEach(i -> interfaces.add(world.get(i.asInternalName())));
        this.sourceFile =
                model.findAttribute(Attributes.sourceFile())
                        .map(a -> a.sourceFile().stringValue())
                        .orElse("?");
        Annotations annotations = Annotations.of(model);
        asmPrefix = annotations.text("AsmLayout", "value").orElse(null);
        noAllocReason = annotations.text("NoAlloc", "reason").orElse(null);
        racyOk = annotations.has("RacyOk");
        model.fields()
                .forEach(f -> fields.put(f.fieldName().stringValue(), new JavaField(this, f)));
        model.methods()
                .forEach(m -> {
                    JavaMethod method = new JavaMethod(this, m);
                    methods.put(method.key(), method);
                });
    }

    /** The internal name, such as {@code norma/kernel/ipc/Channel} or {@code [I}. */
    public String name() {
        return name;
    }

    public Optional<JavaClass> superclass() {
        return Optional.ofNullable(superclass);
    }

    public boolean isArray() {
        return model == null;
    }

    /** The descriptor of the elements of an array class. */
    public String elementDescriptor() {
        return name.substring(1);
    }

    /** The class of the elements of an array of references. */
    public JavaClass elementClass() {
        return world.ofDescriptor(elementDescriptor());
    }

    public boolean isInterface() {
        return model != null && model.flags().has(AccessFlag.INTERFACE);
    }

    public boolean isFinal() {
        return model != null && model.flags().has(AccessFlag.FINAL);
    }

    public boolean isRecord() {
        return superclass != null && superclass.name.equals("java/lang/Record");
    }

    /** Whether the class comes from java.base rather than from the request's class path. */
    public boolean isPlatform() {
        return name.startsWith("java/") || name.startsWith("jdk/") || name.startsWith("sun/");
    }

    public boolean isThrowable() {
        return subclassOf(world.get("java/lang/Throwable"));
    }

    public String sourceFile() {
        return sourceFile;
    }

    /** The prefix given by AsmLayout, if the class has it. */
    public Optional<String> asmPrefix() {
        return Optional.ofNullable(asmPrefix);
    }

    Optional<String> noAllocReason() {
        return Optional.ofNullable(noAllocReason);
    }

    boolean isRacyOk() {
        return racyOk;
    }

    public Collection<JavaMethod> methods() {
        return methods.values();
    }

    /** Declared fields in class-file order. */
    public Collection<JavaField> fields() {
        return fields.values();
    }

    /** Instance fields, inherited ones first, in the order they have in memory. */
    public List<JavaField> instanceFields() {
        List<JavaField> all = superclass == null ? new ArrayList<>() : superclass.instanceFields();
        fields.values().stream().filter(f -> !f.isStatic()).forEach(all::add);
        return all;
    }

    /** Whether a reference of this class may be used where {@code other} is expected. */
    public boolean subclassOf(JavaClass other) {
        if (this == other || other.name.equals("java/lang/Object")) {
            return true;
        }
        if (isArray() && other.isArray()) {
            boolean references =
                    Kind.ofDescriptor(elementDescriptor()) == Kind.REF
                            && Kind.ofDescriptor(other.elementDescriptor()) == Kind.REF;
            return references && elementClass().subclassOf(other.elementClass());
        }
        if (superclass != null && superclass.subclassOf(other)) {
            return true;
        }
        return interfaces.stream().anyMatch(i -> i.subclassOf(other));
    }

    /** The method that a call with this receiver class runs: superclasses, then default methods. */
    public Optional<JavaMethod> findMethod(String key) {
        for (JavaClass c = this; c != null; c = c.superclass) {
            JavaMethod method = c.methods.get(key);
            if (method != null) {
                return Optional.of(method);
            }
        }
        return Optional.ofNullable(findInterfaceMethod(key));
    }

    private @Nullable JavaMethod findInterfaceMethod(String key) {
        JavaMethod best = null;
        for (JavaClass c = this; c != null; c = c.superclass) {
            for (JavaClass i : c.interfaces) {
                JavaMethod found = i.methods.get(key);
                if (found == null) {
                    found = i.findInterfaceMethod(key);
                }
                boolean better =
                        found != null
                                && (best == null
                                        || (best.isAbstract() && !found.isAbstract())
                                        || found.owner().subclassOf(best.owner()));
                if (better) {
                    best = found;
                }
            }
        }
        return best;
    }

    /** Field lookup as the JVM resolves it. */
    public Optional<JavaField> findField(String fieldName) {
        JavaField own = fields.get(fieldName);
        if (own != null) {
            return Optional.of(own);
        }
        for (JavaClass i : interfaces) {
            Optional<JavaField> found = i.findField(fieldName);
            if (found.isPresent()) {
                return found;
            }
        }
        return superclass == null ? Optional.empty() : superclass.findField(fieldName);
    }

    /** The dotted name, as a reader of messages expects it. */
    @Override
    public String toString() {
        return name.replace('/', '.');
    }
}
