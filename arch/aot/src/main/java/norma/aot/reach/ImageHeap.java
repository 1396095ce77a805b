// Contract: the objects of the build JVM that become data of the image.
// Invariant: objects are numbered in order of discovery, which depends on class files only; only
// fields that compiled code uses are followed.
// Owner: norma.aot.reach.
package norma.aot.reach;

import java.lang.invoke.VarHandle;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.OptionalInt;
import norma.aot.load.ClassWorld;
import norma.aot.load.HostWorld;
import norma.aot.load.JavaClass;
import norma.aot.load.JavaField;
import norma.aot.load.Kind;
import org.jspecify.annotations.Nullable;

/** The image heap. */
public final class ImageHeap {
    private final ClassWorld world;
    private final HostWorld host;
    private final Program program;
    private final IdentityHashMap<Object, Integer> numbers = new IdentityHashMap<>();
    private final List<Object> objects = new ArrayList<>();
    private final IdentityHashMap<Object, Boolean> rejected = new IdentityHashMap<>();
    private int scanned;

    ImageHeap(ClassWorld world, HostWorld host, Program program) {
        this.world = world;
        this.host = host;
        this.program = program;
    }

    /** All objects, by number. */
    public List<Object> objects() {
        return objects;
    }

    /** The number of an object of the image, or empty if it is not part of it. */
    public OptionalInt number(@Nullable Object object) {
        Integer number = object == null ? null : numbers.get(object);
        return number == null ? OptionalInt.empty() : OptionalInt.of(number);
    }

    /** The class of an image object. */
    public JavaClass classOf(Object object) {
        return world.ofHost(object.getClass());
    }

    /** Makes the object part of the image; {@code via} says through what it was found. */
    void add(@Nullable Object object, String via) {
        if (object == null || object instanceof VarHandle || numbers.containsKey(object)) {
            return;
        }
        String refusal = refusal(object);
        if (refusal != null) {
            if (rejected.put(object, true) == null) {
                program.problem(null, 0, refusal + ", found through " + via);
            }
            return;
        }
        numbers.put(object, objects.size());
        objects.add(object);
        program.instantiate(classOf(object));
    }

    private @Nullable String refusal(Object object) {
        Class<?> type = object.getClass();
        if (type.isArray() || object instanceof String) {
            return null;
        }
        if (type.isHidden() || type.isSynthetic()) {
            return "a lambda or method reference cannot be an image object ("
                    + type.getName()
                    + ")";
        }
        boolean platform = classOf(object).isPlatform();
        if (platform && type != Object.class) {
            return "an object of the JDK class "
                    + type.getName()
                    + " cannot be an image object in the kernel profile";
        }
        return null;
    }

    /** Follows references of objects not scanned yet; tells whether there were any. */
    boolean scanNew() {
        boolean any = scanned < objects.size();
        while (scanned < objects.size()) {
            scan(objects.get(scanned++));
        }
        return any;
    }

    /** Scans every object again, since later static initialisers may have changed it. */
    boolean rescan() {
        int before = objects.size();
        for (int i = 0; i < objects.size(); i++) {
            scan(objects.get(i));
        }
        scanned = objects.size();
        return objects.size() > before;
    }

    private void scan(Object object) {
        if (object instanceof Object[] array) {
            for (Object element : array) {
                add(element, "an element of " + array.getClass().getTypeName());
            }
            return;
        }
        JavaClass type = classOf(object);
        if (type.isArray() || object instanceof String) {
            return;
        }
        for (JavaField field : type.instanceFields()) {
            if (field.kind() == Kind.REF && program.isUsed(field)) {
                add(host.read(field, object), field.toString());
            }
        }
    }
}
