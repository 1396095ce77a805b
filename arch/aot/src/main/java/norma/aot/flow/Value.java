// Contract: one abstract stack entry or local variable.
// Invariant: immutable; merging only loses knowledge, so the fixpoint terminates.
// Owner: norma.aot.flow.
package norma.aot.flow;

import norma.aot.load.JavaClass;
import norma.aot.load.Kind;
import org.jspecify.annotations.Nullable;

/**
 * What is known of a value.
 *
 * @param type a class or interface the reference is an instance of when not null; null if unknown
 */
public record Value(Kind kind, Origin origin, boolean nonNull, @Nullable JavaClass type) {
    /** A value of which only the kind is known. */
    public static Value of(Kind kind) {
        return new Value(kind, Origin.UNKNOWN, false, null);
    }

    /** A reference that is null or an instance of the class. */
    public static Value reference(JavaClass type) {
        return new Value(Kind.REF, Origin.UNKNOWN, false, type);
    }

    /** A known number. */
    public static Value number(Kind kind, long value) {
        return new Value(kind, new Origin.Constant(value), false, null);
    }

    /** The null reference. */
    public static Value nullReference() {
        return new Value(Kind.REF, Origin.NULL, false, null);
    }

    /** The same value, of which it is now known that it is not null. */
    public Value asNonNull() {
        return new Value(kind, origin, true, type);
    }

    /** The same value seen as an instance of the class. */
    public Value withType(@Nullable JavaClass newType) {
        return new Value(kind, origin, nonNull, newType);
    }

    /** Whether the value is the null reference. */
    public boolean isNull() {
        return origin instanceof Origin.Null;
    }

    /** What holds of both values; the kinds are equal. */
    Value merge(Value other) {
        if (equals(other)) {
            return this;
        }
        Origin common = origin.equals(other.origin) ? origin : Origin.UNKNOWN;
        return new Value(kind, common, nonNull && other.nonNull, commonType(other));
    }

    private @Nullable JavaClass commonType(Value other) {
        if (isNull()) {
            return other.type;
        }
        if (other.isNull() || type == other.type) {
            return type;
        }
        if (type == null || other.type == null) {
            return null;
        }
        if (type.subclassOf(other.type)) {
            return other.type;
        }
        return other.type.subclassOf(type) ? type : null;
    }
}
