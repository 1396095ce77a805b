// Contract: the abstract effect of field instructions; reads what the image fixes for good.
// Invariant: a static final field and a final field of a known image object never change after the
// image is built, because no constructor of an image object runs on the metal.
// Owner: norma.aot.flow.
package norma.aot.flow;

import java.lang.classfile.Opcode;
import java.lang.classfile.instruction.FieldInstruction;
import java.lang.constant.ConstantDesc;
import java.util.Optional;
import norma.aot.load.ClassWorld;
import norma.aot.load.HostWorld;
import norma.aot.load.JavaClass;
import norma.aot.load.JavaField;
import norma.aot.load.Kind;
import org.jspecify.annotations.Nullable;

/** Field reads with known results. */
public final class FieldFolding {
    private static final String ASSERTIONS = "$assertionsDisabled";

    private final ClassWorld world;
    private final HostWorld host;

    FieldFolding(ClassWorld world, HostWorld host) {
        this.world = world;
        this.host = host;
    }

    void apply(FieldInstruction access, Frame frame) {
        Kind kind = Kind.ofDescriptor(access.type().stringValue());
        switch (access.opcode()) {
            case PUTSTATIC -> frame.pop();
            case PUTFIELD -> frame.pop(2);
            case GETSTATIC ->
                    frame.push(
                            resolve(world, access)
                                    .map(f -> readStatic(f, kind))
                                    .orElseGet(() -> Value.of(kind)));
            default -> {
                Value receiver = frame.pop();
                frame.push(
                        resolve(world, access)
                                .map(f -> readInstance(f, receiver, kind))
                                .orElseGet(() -> Value.of(kind)));
            }
        }
    }

    /** The field an instruction names, if it exists. */
    public static Optional<JavaField> resolve(ClassWorld world, FieldInstruction access) {
        try {
            return world.get(access.owner().asInternalName())
                    .findField(access.name().stringValue());
        } catch (ClassWorld.ClassMissingException e) {
            return Optional.empty();
        }
    }

    /**
     * Whether a read is of java.base's own static state, which the kernel profile does not have.
     */
    public static boolean isPlatformState(JavaField field, Opcode opcode) {
        boolean isStatic = opcode == Opcode.GETSTATIC || opcode == Opcode.PUTSTATIC;
        return isStatic
                && field.owner().isPlatform()
                && !field.name().equals(ASSERTIONS)
                && field.constantValue().isEmpty();
    }

    private Value readStatic(JavaField field, Kind kind) {
        if (field.name().equals(ASSERTIONS)) {
            // The kernel is built with assertions on; java.base keeps them off, as on the JVM.
            return Value.number(Kind.INT, field.owner().isPlatform() ? 1 : 0);
        }
        if (field.owner().isPlatform()) {
            return field.constantValue()
                    .map(c -> constant(kind, c))
                    .orElseGet(() -> declared(field, kind));
        }
        return field.isFinal() && !keepsProvenance(field)
                ? known(field, kind, host.read(field, null))
                : declared(field, kind);
    }

    /**
     * Stores to a modelled array are checked by the field it came from, so that must stay known.
     */
    private static boolean keepsProvenance(JavaField field) {
        return field.isModelled() && field.descriptor().startsWith("[");
    }

    private static Value constant(Kind kind, ConstantDesc constant) {
        return switch (constant) {
            case Integer i -> Value.number(kind, i);
            case Long l -> Value.number(kind, l);
            default -> Value.of(kind);
        };
    }

    private Value readInstance(JavaField field, Value receiver, Kind kind) {
        boolean enumState = field.owner().name().equals("java/lang/Enum");
        boolean fixed =
                field.isFinal()
                        && field.owner().asmPrefix().isEmpty()
                        && !keepsProvenance(field)
                        && (!field.owner().isPlatform() || enumState);
        if (fixed && receiver.origin() instanceof Origin.ImageObject(Object object)) {
            return known(field, kind, host.read(field, object));
        }
        return declared(field, kind);
    }

    private Value declared(JavaField field, Kind kind) {
        return new Value(kind, new Origin.FieldLoad(field), false, declaredType(field, kind));
    }

    private @Nullable JavaClass declaredType(JavaField field, Kind kind) {
        try {
            return kind == Kind.REF ? world.ofDescriptor(field.descriptor()) : null;
        } catch (ClassWorld.ClassMissingException e) {
            return null;
        }
    }

    private Value known(JavaField field, Kind kind, @Nullable Object v) {
        return switch (v) {
            case null -> Value.nullReference();
            case Boolean b when kind == Kind.INT -> Value.number(kind, b ? 1 : 0);
            case Character c when kind == Kind.INT -> Value.number(kind, c);
            case Number n when kind == Kind.INT || kind == Kind.LONG ->
                    Value.number(kind, n.longValue());
            default ->
                    kind == Kind.REF
                            ? new Value(
                                    kind, new Origin.ImageObject(v), true, hostType(field, kind, v))
                            : Value.of(kind);
        };
    }

    private @Nullable JavaClass hostType(JavaField field, Kind kind, Object v) {
        Class<?> type = v.getClass();
        return type.isHidden() || v instanceof java.lang.invoke.VarHandle
                ? declaredType(field, kind)
                : world.ofHost(type);
    }
}
