// Contract: whole-program facts that let checks be left out and data be read-only.
// Invariant: holds from the end of the image build until power-off, on every core: the facts
// concern
// fields and arrays that nothing after boot writes.
// Owner: norma.aot.facts.
package norma.aot.facts;

import java.lang.reflect.Array;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import norma.aot.flow.Origin;
import norma.aot.flow.Value;
import norma.aot.load.JavaClass;
import norma.aot.load.JavaField;
import norma.aot.load.JavaMethod;
import norma.aot.load.Kind;
import norma.aot.reach.Program;
import org.jspecify.annotations.Nullable;

/** Facts of the closed world. */
public final class ProgramFacts {
    private final Program program;
    private final ImageIndex image;
    private final StoreFacts stores;
    private final ParameterFacts parameters;
    private final Map<JavaField, Boolean> nonNull = new HashMap<>();
    private final Map<JavaField, OptionalInt> lengths = new HashMap<>();
    private final Map<JavaField, Boolean> elementsNonNull = new HashMap<>();

    public ProgramFacts(Program program) {
        this.program = program;
        this.image = new ImageIndex(program);
        this.stores = new StoreFacts(program, image);
        this.parameters = new ParameterFacts(program, this::isNonNull);
    }

    /** Whether the value cannot be null where that method has it. */
    public boolean isNonNull(JavaMethod method, Value value) {
        return isNonNull(value) || parameters.isNonNull(method, value);
    }

    /** Whether the value cannot be null. */
    public boolean isNonNull(Value value) {
        if (value.nonNull()) {
            return true;
        }
        return switch (value.origin()) {
            case Origin.FieldLoad(JavaField field) -> isNonNull(field);
            case Origin.ElementOf(Origin.ImageObject(Object array)) -> elementsNonNull(array);
            case Origin.ElementOfField(JavaField field) -> elementsNonNull(field);
            default -> false;
        };
    }

    /** Whether a reference field is never written and not null in any image object. */
    public boolean isNonNull(JavaField field) {
        return nonNull.computeIfAbsent(
                field,
                f ->
                        isFixed(f)
                                && f.kind() == Kind.REF
                                && image.values(f).stream().allMatch(v -> v != null));
    }

    /** Objects made after boot (records in C locals) have fields the image does not show. */
    private boolean isFixed(JavaField field) {
        return !program.isWritten(field)
                && program.allocations().stream()
                        .noneMatch(a -> a.type().subclassOf(field.owner()));
    }

    /** The length of the array, if it is the same whenever this value is used. */
    public OptionalInt arrayLength(Value array) {
        return switch (array.origin()) {
            case Origin.ImageObject(Object host) -> OptionalInt.of(Array.getLength(host));
            case Origin.FieldLoad(JavaField field) -> arrayLength(field);
            default -> OptionalInt.empty();
        };
    }

    private OptionalInt arrayLength(JavaField field) {
        OptionalInt known = lengths.get(field);
        if (known != null) {
            return known;
        }
        OptionalInt length = OptionalInt.empty();
        if (field.descriptor().startsWith("[") && isNonNull(field)) {
            List<Integer> distinct =
                    image.values(field).stream().map(ProgramFacts::length).distinct().toList();
            if (distinct.size() == 1) {
                length = OptionalInt.of(distinct.getFirst());
            }
        }
        lengths.put(field, length);
        return length;
    }

    private static int length(@Nullable Object array) {
        return array == null ? -1 : Array.getLength(array);
    }

    private boolean elementsNonNull(Object array) {
        if (stores.mayBeStored(array)) {
            return false;
        }
        for (Object element : (Object[]) array) {
            if (element == null) {
                return false;
            }
        }
        return true;
    }

    private boolean elementsNonNull(JavaField field) {
        return elementsNonNull.computeIfAbsent(
                field,
                f ->
                        isNonNull(f)
                                && image.values(f).stream()
                                        .allMatch(v ->
                                                v instanceof Object[] array
                                                        && elementsNonNull(array)));
    }

    /** Whether nothing after boot writes the image object, so that it can be `const`. */
    public boolean isConstant(Object object) {
        if (object instanceof String) {
            return true;
        }
        if (object.getClass().isArray()) {
            return !stores.mayBeStored(object);
        }
        JavaClass type = program.heap().classOf(object);
        return type.asmPrefix().isEmpty()
                && type.instanceFields().stream()
                        .noneMatch(f -> program.isUsed(f) && program.isWritten(f));
    }
}
