// Contract: what a constant VarHandle of the build JVM gives access to.
// Owner: norma.aot.load.
package norma.aot.load;

import java.lang.constant.ClassDesc;
import java.lang.invoke.VarHandle;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The variable behind a VarHandle: a field, or the elements of arrays.
 *
 * @param field the field, or null for array elements
 * @param storage how the variable is stored
 */
public record HandleTarget(@Nullable JavaField field, StorageType storage) {
    /**
     * The target of a handle made by findVarHandle, findStaticVarHandle or arrayElementVarHandle.
     */
    public static Optional<HandleTarget> of(VarHandle handle, ClassWorld world) {
        List<Class<?>> coordinates = handle.coordinateTypes();
        if (coordinates.size() == 2 && coordinates.getFirst().isArray()) {
            String element = coordinates.getFirst().descriptorString().substring(1);
            return Optional.of(new HandleTarget(null, StorageType.ofDescriptor(element)));
        }
        return handle.describeConstable()
                .filter(d -> d.bootstrapArgs().length > 0)
                .filter(d -> d.bootstrapArgs()[0] instanceof ClassDesc)
                .flatMap(d ->
                        world.ofDescriptor(((ClassDesc) d.bootstrapArgs()[0]).descriptorString())
                                .findField(d.constantName()))
                .map(field -> new HandleTarget(field, field.storage()));
    }

    /** Whether the variable is an array element. */
    public boolean isElement() {
        return field == null;
    }
}
