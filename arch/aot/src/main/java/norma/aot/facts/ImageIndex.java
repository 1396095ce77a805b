// Contract: the image heap indexed by class, to answer "every value of this field".
// Owner: norma.aot.facts.
package norma.aot.facts;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import norma.aot.load.JavaClass;
import norma.aot.load.JavaField;
import norma.aot.reach.Program;
import org.jspecify.annotations.Nullable;

/** Image objects by class. */
final class ImageIndex {
    private final Program program;
    private final Map<JavaClass, List<Object>> byClass = new LinkedHashMap<>();

    ImageIndex(Program program) {
        this.program = program;
        for (Object object : program.heap().objects()) {
            byClass.computeIfAbsent(program.heap().classOf(object), c -> new ArrayList<>())
                    .add(object);
        }
    }

    /** The value of the field in every image object (or the static field's); null where null. */
    List<@Nullable Object> values(JavaField field) {
        List<@Nullable Object> values = new ArrayList<>();
        if (field.isStatic()) {
            values.add(program.host().read(field, null));
            return values;
        }
        byClass.forEach((type, objects) -> {
            if (type.subclassOf(field.owner())) {
                objects.forEach(o -> values.add(program.host().read(field, o)));
            }
        });
        return values;
    }
}
