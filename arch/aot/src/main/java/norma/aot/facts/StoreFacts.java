// Contract: which image arrays compiled code (or C, or assembly) may store to.
// Invariant: errs on the side of "may be stored to".
// Owner: norma.aot.facts.
package norma.aot.facts;

import java.util.Collections;
import java.util.EnumSet;
import java.util.IdentityHashMap;
import java.util.Set;
import norma.aot.flow.Origin;
import norma.aot.load.JavaClass;
import norma.aot.load.JavaField;
import norma.aot.load.Kind;
import norma.aot.load.StorageType;
import norma.aot.reach.Program;

/** The arrays that change after boot. */
final class StoreFacts {
    private final Program program;
    private final ImageIndex image;
    private final Set<Object> stored = Collections.newSetFromMap(new IdentityHashMap<>());
    private final Set<StorageType> storedAnywhere = EnumSet.noneOf(StorageType.class);

    StoreFacts(Program program, ImageIndex image) {
        this.program = program;
        this.image = image;
        for (Program.ArrayStore store : program.arrayStores()) {
            add(store);
        }
        for (JavaClass type : program.laidOut()) {
            for (JavaField field : type.instanceFields()) {
                if (field.descriptor().startsWith("[")) {
                    image.values(field).forEach(stored::add);
                }
            }
        }
    }

    private void add(Program.ArrayStore store) {
        switch (store.array()) {
            case Origin.ImageObject(Object array) -> stored.add(array);
            case Origin.FieldLoad(JavaField field)
                    when field.kind() == Kind.REF && !program.isWritten(field) ->
                    image.values(field).forEach(stored::add);
            default -> storedAnywhere.add(store.element());
        }
    }

    boolean mayBeStored(Object array) {
        String element = array.getClass().descriptorString().substring(1);
        return stored.contains(array) || storedAnywhere.contains(StorageType.ofDescriptor(element));
    }
}
