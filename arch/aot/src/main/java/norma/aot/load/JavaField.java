// Contract: one field of a loaded class.
// Invariant: identity is equality; a class has one JavaField per declared field.
// Owner: norma.aot.load.
package norma.aot.load;

import java.lang.classfile.Attributes;
import java.lang.classfile.FieldModel;
import java.lang.constant.ConstantDesc;
import java.lang.reflect.AccessFlag;
import java.util.Optional;

/** A declared field. */
public final class JavaField {
    private final JavaClass owner;
    private final String name;
    private final String descriptor;
    private final FieldModel model;
    private final boolean modelled;
    private final boolean racyOk;

    JavaField(JavaClass owner, FieldModel model) {
        this.owner = owner;
        this.model = model;
        this.name = model.fieldName().stringValue();
        this.descriptor = model.fieldType().stringValue();
        Annotations annotations = Annotations.of(model);
        this.modelled = annotations.has("Modelled");
        this.racyOk = annotations.has("RacyOk");
    }

    public JavaClass owner() {
        return owner;
    }

    public String name() {
        return name;
    }

    public String descriptor() {
        return descriptor;
    }

    public Kind kind() {
        return Kind.ofDescriptor(descriptor);
    }

    public StorageType storage() {
        return StorageType.ofDescriptor(descriptor);
    }

    public boolean isStatic() {
        return model.flags().has(AccessFlag.STATIC);
    }

    public boolean isFinal() {
        return model.flags().has(AccessFlag.FINAL);
    }

    public boolean isVolatile() {
        return model.flags().has(AccessFlag.VOLATILE);
    }

    public boolean isModelled() {
        return modelled;
    }

    /** Whether the field or its class carries RacyOk. */
    public boolean isRacyOk() {
        return racyOk || owner.isRacyOk();
    }

    /** The value of the ConstantValue attribute, if the class file has one. */
    public Optional<ConstantDesc> constantValue() {
        return model.findAttribute(Attributes.constantValue())
                .map(a -> a.constant().constantValue());
    }

    @Override
    public String toString() {
        return owner + "." + name;
    }
}
