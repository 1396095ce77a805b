// Contract: one method of a loaded class, with the annotations the compiler obeys.
// Invariant: identity is equality; `body()` is decoded once and is empty for abstract, native and
// intrinsic methods.
// Owner: norma.aot.load.
package norma.aot.load;

import java.lang.classfile.MethodModel;
import java.lang.constant.ClassDesc;
import java.lang.constant.MethodTypeDesc;
import java.lang.reflect.AccessFlag;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A declared method. */
public final class JavaMethod {
    private final JavaClass owner;
    private final String name;
    private final String descriptor;
    private final MethodModel model;
    private final MethodTypeDesc type;
    private final @Nullable String intrinsic;
    private final @Nullable String entrySymbol;
    private final boolean emits;
    private final boolean cold;
    private final boolean inline;
    private final boolean noInline;
    private final @Nullable String noAllocReason;
    private @Nullable MethodBody body;

    JavaMethod(JavaClass owner, MethodModel model) {
        this.owner = owner;
        this.model = model;
        this.name = model.methodName().stringValue();
        this.descriptor = model.methodType().stringValue();
        this.type = model.methodTypeSymbol();
        Annotations annotations = Annotations.of(model);
        this.intrinsic =
                annotations
                        .text("Intrinsic", "value")
                        .or(() -> JdkIntrinsics.find(owner.name(), name, descriptor))
                        .orElse(null);
        this.entrySymbol = annotations.text("Entry", "value").orElse(null);
        this.emits = annotations.has("Emits");
        this.cold = annotations.has("Cold");
        this.inline = annotations.has("Inline");
        this.noInline = annotations.has("NoInline");
        this.noAllocReason = annotations.text("NoAlloc", "reason").orElse(null);
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

    /** Name and descriptor, the key of a method within a class. */
    public String key() {
        return name + descriptor;
    }

    public Kind resultKind() {
        return Kind.ofDescriptor(type.returnType().descriptorString());
    }

    public String resultDescriptor() {
        return type.returnType().descriptorString();
    }

    /** Descriptors of the declared parameters, without the receiver. */
    public List<String> parameterDescriptors() {
        return type.parameterList().stream().map(ClassDesc::descriptorString).toList();
    }

    /** The parameters as compiled: the receiver first, if there is one. */
    public List<Parameter> parameters() {
        List<Parameter> parameters = new ArrayList<>();
        int slot = 0;
        if (!isStatic()) {
            parameters.add(new Parameter(0, Kind.REF, "L" + owner.name() + ";"));
            slot = 1;
        }
        for (String parameter : parameterDescriptors()) {
            Kind kind = Kind.ofDescriptor(parameter);
            parameters.add(new Parameter(slot, kind, parameter));
            slot += kind.isWide() ? 2 : 1;
        }
        return parameters;
    }

    public boolean isStatic() {
        return model.flags().has(AccessFlag.STATIC);
    }

    public boolean isAbstract() {
        return model.flags().has(AccessFlag.ABSTRACT);
    }

    public boolean isNative() {
        return model.flags().has(AccessFlag.NATIVE);
    }

    public boolean isPrivate() {
        return model.flags().has(AccessFlag.PRIVATE);
    }

    public boolean isFinal() {
        return model.flags().has(AccessFlag.FINAL);
    }

    public boolean isSynchronized() {
        return model.flags().has(AccessFlag.SYNCHRONIZED);
    }

    public boolean isConstructor() {
        return name.equals("<init>");
    }

    /** The C name that replaces calls of this method, if it is an intrinsic. */
    public Optional<String> intrinsic() {
        return Optional.ofNullable(intrinsic);
    }

    /** The exported C symbol, if the method is an entry. */
    public Optional<String> entrySymbol() {
        return Optional.ofNullable(entrySymbol);
    }

    public boolean emits() {
        return emits;
    }

    /** Whether calls are rare (Cold). */
    public boolean cold() {
        return cold;
    }

    /** Whether calls are replaced by the code (Inline). */
    public boolean inline() {
        return inline;
    }

    /** Whether calls are never replaced by the code (NoInline). */
    public boolean noInline() {
        return noInline;
    }

    /** The reason given by NoAlloc on the method or its class; empty if not so marked. */
    public Optional<String> noAllocReason() {
        return Optional.ofNullable(noAllocReason).or(owner::noAllocReason);
    }

    /** The decoded code; empty if there is none to compile. */
    public Optional<MethodBody> body() {
        if (body == null && intrinsic == null && model.code().isPresent()) {
            body = MethodBody.decode(this, model.code().get());
        }
        return Optional.ofNullable(body);
    }

    @Override
    public String toString() {
        return owner + "." + name;
    }

    /** One parameter: its first local-variable slot, its kind and its descriptor. */
    public record Parameter(int slot, Kind kind, String descriptor) {}
}
