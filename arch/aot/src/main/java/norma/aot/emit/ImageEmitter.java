// Contract: the image heap and the static fields as C data.
// Invariant: a zero array of at least BSS_THRESHOLD bytes has no initialiser, so that it lands in
// .bss; rt_image_init writes its header from a table in .rodata. What no code writes is const.
// Owner: norma.aot.emit.
package norma.aot.emit;

import java.lang.reflect.Array;
import java.util.ArrayList;
import java.util.List;
import norma.aot.facts.ProgramFacts;
import norma.aot.load.JavaClass;
import norma.aot.load.JavaField;
import norma.aot.load.StorageType;
import norma.aot.reach.FieldUse;
import norma.aot.reach.ImageHeap;
import norma.aot.reach.Program;
import org.jspecify.annotations.Nullable;

/** The image heap in C. */
final class ImageEmitter {
    private static final int BSS_THRESHOLD = 1024;

    private final Program program;
    private final ProgramFacts facts;
    private final CNames names;
    private final ImageHeap heap;
    private final List<String> bssHeaders = new ArrayList<>();

    ImageEmitter(Program program, ProgramFacts facts, CNames names) {
        this.program = program;
        this.facts = facts;
        this.names = names;
        this.heap = program.heap();
    }

    /** Tentative definitions, so that objects can refer to each other. */
    void emitDeclarations(StringBuilder out) {
        out.append("#define RT_IMAGE(n) ((ref)&I_##n)\n");
        List<Object> objects = heap.objects();
        for (int i = 0; i < objects.size(); i++) {
            out.append(declaration(objects.get(i), i));
        }
        for (FieldUse use : program.fields()) {
            JavaField field = use.field();
            if (field.isStatic()) {
                String qualifier = use.isWritten() ? "" : "const ";
                out.append("static ").append(qualifier).append(field.storage().cType());
                out.append(' ').append(CNames.staticField(field)).append(";\n");
            }
        }
        out.append('\n');
    }

    private String declaration(Object object, int number) {
        if (object instanceof String text) {
            return "struct A_%d { struct rt_string head; %s data[%d]; };\n"
                            .formatted(
                                    number,
                                    isWide(text) ? "uint16_t" : "uint8_t",
                                    Math.max(1, text.length()))
                    + "static const struct A_%d I_%d;\n".formatted(number, number);
        }
        String qualifier = facts.isConstant(object) && !inBss(object) ? "const " : "";
        if (object.getClass().isArray()) {
            return "struct A_%d { uint32_t class_id; int32_t length; %s e[%d]; };\n"
                            .formatted(
                                    number,
                                    storage(object).cType(),
                                    Math.max(1, Array.getLength(object)))
                    + "static %sstruct A_%d I_%d;\n".formatted(qualifier, number, number);
        }
        String struct = CNames.struct(heap.classOf(object));
        return "static %s%s I_%d;\n".formatted(qualifier, struct, number);
    }

    private static boolean isWide(String text) {
        return text.chars().anyMatch(c -> c > 0xff);
    }

    private static StorageType storage(Object array) {
        return StorageType.ofDescriptor(array.getClass().descriptorString().substring(1));
    }

    void emitDefinitions(StringBuilder out) {
        List<Object> objects = heap.objects();
        for (int i = 0; i < objects.size(); i++) {
            Object object = objects.get(i);
            if (object instanceof String text) {
                int id = names.classId(heap.classOf(text));
                out.append("static const struct A_").append(i).append(" I_").append(i);
                out.append(StringData.define("", text, id));
            } else if (object.getClass().isArray()) {
                array(out, object, i);
            } else {
                plain(out, object, i);
            }
        }
        for (FieldUse use : program.fields()) {
            if (use.field().isStatic()) {
                staticField(out, use);
            }
        }
        emitInit(out);
    }

    private void staticField(StringBuilder out, FieldUse use) {
        JavaField field = use.field();
        String qualifier = use.isWritten() ? "" : "const ";
        out.append("static ").append(qualifier).append(field.storage().cType()).append(' ');
        out.append(CNames.staticField(field)).append(" = ");
        out.append(literal(program.host().read(field, null), field.storage())).append(";\n");
    }

    private void plain(StringBuilder out, Object object, int number) {
        JavaClass type = heap.classOf(object);
        String qualifier = facts.isConstant(object) ? "const " : "";
        out.append("static %s%s I_%d = {".formatted(qualifier, CNames.struct(type), number));
        out.append(names.classId(type));
        for (JavaField field : new Layout(program, type).offsets().keySet()) {
            Object value = program.host().read(field, object);
            out.append(", ").append(literal(value, field.storage()));
        }
        out.append("};\n");
    }

    private boolean inBss(Object object) {
        if (!object.getClass().isArray()) {
            return false;
        }
        int length = Array.getLength(object);
        long bytes = (long) length * storage(object).size();
        if (bytes < BSS_THRESHOLD) {
            return false;
        }
        for (int i = 0; i < length; i++) {
            if (!isZero(Array.get(object, i))) {
                return false;
            }
        }
        return true;
    }

    private static boolean isZero(@Nullable Object value) {
        return switch (value) {
            case null -> true;
            case Number n -> n.longValue() == 0;
            case Boolean b -> !b;
            case Character c -> c == 0;
            default -> false;
        };
    }

    private void array(StringBuilder out, Object array, int number) {
        int id = names.classId(heap.classOf(array));
        int length = Array.getLength(array);
        if (inBss(array)) {
            bssHeaders.add("{(struct rt_array *)&I_%d, %d, %d}".formatted(number, id, length));
            return;
        }
        String qualifier = facts.isConstant(array) ? "const " : "";
        out.append("static %sstruct A_%d I_%d = {".formatted(qualifier, number, number));
        out.append(id).append(", ").append(length).append(", {");
        StorageType storage = storage(array);
        for (int i = 0; i < length; i++) {
            out.append(i == 0 ? "" : ",").append(literal(Array.get(array, i), storage));
        }
        out.append(length == 0 ? "0" : "").append("}};\n");
    }

    private String literal(@Nullable Object value, StorageType storage) {
        if (storage == StorageType.REF) {
            var number = heap.number(value);
            return number.isPresent() ? CNames.image(number.getAsInt()) : "0";
        }
        return switch (value) {
            case Boolean b -> b ? "1" : "0";
            case Character c -> Integer.toString(c);
            case Number n when storage == StorageType.LONG -> CLiterals.ofLong(n.longValue());
            case Number n -> CLiterals.ofInt(n.longValue());
            case null, default -> "0";
        };
    }

    private void emitInit(StringBuilder out) {
        out.append("\nstatic const struct rt_bss_header rt_bss_headers[] = {\n");
        bssHeaders.forEach(h -> out.append("    ").append(h).append(",\n"));
        out.append("    {0, 0, 0}\n};\n");
        out.append(
                """
                void rt_image_init(void) {
                    for (const struct rt_bss_header *h = rt_bss_headers; h->array; h++) {
                        h->array->class_id = h->class_id;
                        h->array->length = h->length;
                    }
                }

                """);
    }
}
