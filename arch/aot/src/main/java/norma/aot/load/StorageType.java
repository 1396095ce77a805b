// Contract: how a field or array element is stored in memory (narrower than its stack kind).
// Invariant: `tag` is unique and names struct rt_array_<tag> of rt.h.
// Owner: norma.aot.load.
package norma.aot.load;

import java.lang.classfile.TypeKind;

/** The memory representation of a field or an array element. */
public enum StorageType {
    BYTE("int8_t", "byte", 1),
    CHAR("uint16_t", "char", 2),
    SHORT("int16_t", "short", 2),
    INT("int32_t", "int", 4),
    LONG("int64_t", "long", 8),
    FLOAT("float", "float", 4),
    DOUBLE("double", "double", 8),
    REF("ref", "ref", 8);

    private final String cType;
    private final String tag;
    private final int size;

    StorageType(String cType, String tag, int size) {
        this.cType = cType;
        this.tag = tag;
        this.size = size;
    }

    /** The C type of the storage cell. */
    public String cType() {
        return cType;
    }

    /** The last part of the name of the C array struct with these elements. */
    public String tag() {
        return tag;
    }

    /** Bytes per cell, which is also its alignment. */
    public int size() {
        return size;
    }

    /** The storage of a value with the given field descriptor. */
    public static StorageType ofDescriptor(String descriptor) {
        return switch (descriptor.charAt(0)) {
            case 'Z', 'B' -> BYTE;
            case 'C' -> CHAR;
            case 'S' -> SHORT;
            case 'I' -> INT;
            case 'J' -> LONG;
            case 'F' -> FLOAT;
            case 'D' -> DOUBLE;
            default -> REF;
        };
    }

    /** The storage of an array element with the class-file API's type kind. */
    public static StorageType of(TypeKind kind) {
        return switch (kind) {
            case BOOLEAN, BYTE -> BYTE;
            case CHAR -> CHAR;
            case SHORT -> SHORT;
            case LONG -> LONG;
            case FLOAT -> FLOAT;
            case DOUBLE -> DOUBLE;
            case REFERENCE -> REF;
            default -> INT;
        };
    }
}
