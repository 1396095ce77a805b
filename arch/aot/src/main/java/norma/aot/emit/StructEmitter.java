// Contract: struct definitions of all classes whose fields are touched, class ids, and the header
// offsets.h for assembly.
// Owner: norma.aot.emit.
package norma.aot.emit;

import java.util.LinkedHashSet;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import norma.aot.load.JavaClass;
import norma.aot.load.JavaField;
import norma.aot.load.Kind;
import norma.aot.reach.FieldUse;
import norma.aot.reach.Program;
import org.jspecify.annotations.Nullable;

/** Layout as C declarations. */
final class StructEmitter {
    private final Program program;
    private final CNames names;

    StructEmitter(Program program, CNames names) {
        this.program = program;
        this.names = names;
    }

    void emitStructs(StringBuilder out) {
        Set<JavaClass> types = new LinkedHashSet<>();
        for (JavaClass type : names.classIds().keySet()) {
            if (!type.isArray() && !type.name().equals("java/lang/String")) {
                types.add(type);
            }
        }
        for (FieldUse use : program.fields()) {
            if (!use.field().isStatic()) {
                types.add(use.field().owner());
            }
        }
        JavaClass enumeration = program.world().get("java/lang/Enum");
        types.add(enumeration);
        types.forEach(type -> emitStruct(out, type));
        emitEnumCompare(out, CNames.struct(enumeration));
    }

    /** Enum.compareTo without its class check, which javac's types make redundant. */
    private static void emitEnumCompare(StringBuilder out, String struct) {
        out.append(
                """
                static inline int32_t rt_enum_compare(ref a, ref b) {
                    RT_CHECK_NULL(b, 0, 0);
                    return ((const %1$s *)a)->f_ordinal - ((const %1$s *)b)->f_ordinal;
                }

                """
                        .formatted(struct));
    }

    private void emitStruct(StringBuilder out, JavaClass type) {
        Layout layout = new Layout(program, type);
        String struct = CNames.struct(type);
        out.append(struct).append(" {\n    uint32_t class_id;\n");
        for (JavaField field : layout.offsets().keySet()) {
            out.append("    ").append(field.storage().cType()).append(' ');
            out.append(CNames.member(field)).append(";\n");
        }
        out.append("};\n");
        layout.offsets()
                .forEach((field, offset) ->
                        out.append(
                                "_Static_assert(offsetof(%s, %s) == %d, \"layout\");\n"
                                        .formatted(struct, CNames.member(field), offset)));
        out.append(
                "_Static_assert(sizeof(%s) == %d, \"layout\");\n".formatted(struct, layout.size()));
    }

    /** The contents of offsets.h. */
    String offsetsHeader() {
        StringBuilder out = new StringBuilder();
        out.append("/* Layout of AsmLayout classes, for assembly. Generated: do not edit. */\n");
        out.append("#pragma once\n");
        for (JavaClass type : program.laidOut()) {
            String prefix = type.asmPrefix().orElseThrow();
            Layout layout = new Layout(program, type);
            boolean instances = !layout.offsets().isEmpty();
            layout.offsets().forEach((field, at) -> define(out, prefix, field.name(), at));
            if (instances) {
                define(out, prefix, "SIZE", layout.size());
                define(out, prefix, "CLASS_ID", names.classId(type));
            }
            for (JavaField field : type.fields()) {
                boolean number = field.kind() == Kind.INT || field.kind() == Kind.LONG;
                if (field.isStatic()
                        && field.isFinal()
                        && number
                        && !field.name().startsWith("$")) {
                    Object value = program.host().read(field, null);
                    define(out, prefix, field.name(), number(value));
                }
            }
        }
        return out.toString();
    }

    private static long number(@Nullable Object value) {
        return switch (value) {
            case Number n -> n.longValue();
            case Boolean b -> b ? 1 : 0;
            case Character c -> c;
            case null, default -> 0;
        };
    }

    private static void define(StringBuilder out, String prefix, String name, long value) {
        out.append("#define ").append(prefix).append('_').append(upperSnake(name));
        // Wide values print as hexadecimal: the assembler reads them without a suffix.
        boolean wide = value != (int) value;
        out.append(wide ? " 0x" + Long.toHexString(value) : " " + value).append('\n');
    }

    static String upperSnake(String name) {
        return name.replaceAll("([a-z0-9])([A-Z])", "$1_$2").toUpperCase(Locale.ROOT);
    }

    /** Ids as an enum, for the reader of the generated file. */
    void emitClassIds(StringBuilder out) {
        for (Map.Entry<JavaClass, Integer> e : names.classIds().entrySet()) {
            out.append("/* class %d: %s */\n".formatted(e.getValue(), e.getKey()));
        }
        int string = names.classId(program.world().get("java/lang/String"));
        out.append("static inline int32_t rt_is_string(ref o) ");
        out.append("{ return RT_CLASS_ID(o) == %d; }\n\n".formatted(string));
    }
}
