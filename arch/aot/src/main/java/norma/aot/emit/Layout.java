// Contract: where the fields of a class are: a 4-byte class id, then inherited fields, then own
// ones
// in declaration order, each at its natural alignment; fields nothing uses are left out.
// Invariant: agrees with the C compiler's layout of the generated struct (asserted in the C).
// Owner: norma.aot.emit.
package norma.aot.emit;

import java.util.LinkedHashMap;
import java.util.Map;
import norma.aot.load.JavaClass;
import norma.aot.load.JavaField;
import norma.aot.reach.Program;

/** The memory layout of the instances of one class. */
final class Layout {
    private static final int HEADER = 4;

    private final Map<JavaField, Integer> offsets = new LinkedHashMap<>();
    private final int size;

    Layout(Program program, JavaClass type) {
        int at = HEADER;
        int alignment = HEADER;
        for (JavaField field : type.instanceFields()) {
            if (program.isUsed(field)) {
                int width = field.storage().size();
                at = roundUp(at, width);
                offsets.put(field, at);
                at += width;
                alignment = Math.max(alignment, width);
            }
        }
        size = roundUp(at, alignment);
    }

    private static int roundUp(int value, int multiple) {
        return (value + multiple - 1) / multiple * multiple;
    }

    /** Offsets by field, ascending. */
    Map<JavaField, Integer> offsets() {
        return offsets;
    }

    int size() {
        return size;
    }
}
