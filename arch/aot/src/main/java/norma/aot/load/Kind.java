// Contract: the five computational kinds of the JVM's operand stack, plus VOID for results.
// Invariant: the suffix is unique per kind; it is the last letter of every generated C variable.
// Owner: norma.aot.load.
package norma.aot.load;

import java.lang.classfile.TypeKind;

/** The computational kind of a stack entry, local variable or result. */
public enum Kind {
    INT("int32_t", 'i'),
    LONG("int64_t", 'l'),
    REF("ref", 'a'),
    FLOAT("float", 'f'),
    DOUBLE("double", 'd'),
    VOID("void", 'v');

    private final String cType;
    private final char suffix;

    Kind(String cType, char suffix) {
        this.cType = cType;
        this.suffix = suffix;
    }

    /** The C type of a variable of this kind. */
    public String cType() {
        return cType;
    }

    /** The letter that ends the name of a C variable of this kind. */
    public char suffix() {
        return suffix;
    }

    /** Whether a value takes two local-variable slots. */
    public boolean isWide() {
        return this == LONG || this == DOUBLE;
    }

    /** Whether the kind may not occur in kernel code. */
    public boolean isFloating() {
        return this == FLOAT || this == DOUBLE;
    }

    /** The kind of a field, parameter or result with the given descriptor. */
    public static Kind ofDescriptor(String descriptor) {
        return switch (descriptor.charAt(0)) {
            case 'V' -> VOID;
            case 'J' -> LONG;
            case 'F' -> FLOAT;
            case 'D' -> DOUBLE;
            case 'L', '[' -> REF;
            default -> INT;
        };
    }

    /** The kind that the class-file API's finer type kind computes as. */
    public static Kind of(TypeKind kind) {
        return switch (kind) {
            case LONG -> LONG;
            case FLOAT -> FLOAT;
            case DOUBLE -> DOUBLE;
            case REFERENCE -> REF;
            case VOID -> VOID;
            default -> INT;
        };
    }
}
