package norma.kernel.sim.explore;

import java.lang.reflect.Array;
import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.function.Function;
import norma.kernel.sim.port.GuestKernel;
import org.jspecify.annotations.Nullable;

/**
 * The kernel's object graph as numbered cells: one for each field that can change and each array
 * element. The objects themselves are scratch: a value is put into the object just before the
 * kernel's code reads it there, and taken from it just after it was written.
 *
 * <p>References are cells too: an object's value is its number, null is 0. Objects and cells are
 * numbered in the order of a walk of the graph, so two kernels of one build agree.
 */
final class Cells {
    private final Function<Class<?>, List<Field>> fieldsOf;
    private final IdentityHashMap<Object, Integer> numbers = new IdentityHashMap<>();
    private final IdentityHashMap<Object, Integer> bases = new IdentityHashMap<>();
    private final List<@Nullable Object> objects = new ArrayList<>();
    private final List<Object> owners = new ArrayList<>();
    private final List<@Nullable Field> fields = new ArrayList<>();
    private @Nullable Object lastObject;
    private int lastBase;

    /**
     * The cells of everything that {@code kernel} reaches; {@code fieldsOf} gives the fields of a
     * class and its superclasses by number, as the probes use them.
     */
    Cells(GuestKernel kernel, Function<Class<?>, List<Field>> fieldsOf) {
        this.fieldsOf = fieldsOf;
        objects.add(null);
        Deque<Object> open = new ArrayDeque<>(List.of(kernel));
        number(kernel);
        while (!open.isEmpty()) {
            walk(open.remove(), open);
        }
    }

    private void walk(Object object, Deque<Object> open) {
        bases.put(object, owners.size());
        Class<?> type = object.getClass();
        if (type.isArray()) {
            for (int i = 0; i < Array.getLength(object); i++) {
                owners.add(object);
                fields.add(null);
                if (!type.getComponentType().isPrimitive()) {
                    reach(Array.get(object, i), open);
                }
            }
            return;
        }
        for (Field field : fieldsOf.apply(type)) {
            owners.add(object);
            fields.add(field);
            if (!Modifier.isStatic(field.getModifiers()) && !field.getType().isPrimitive()) {
                reach(get(object, field), open);
            }
        }
    }

    private void reach(@Nullable Object object, Deque<Object> open) {
        if (object != null && !numbers.containsKey(object)) {
            number(object);
            if (object.getClass().isArray() || !fieldsOf.apply(object.getClass()).isEmpty()) {
                open.add(object);
            }
        }
    }

    /** The number of an object: its value as a reference. */
    int number(Object object) {
        Integer known = numbers.get(object);
        if (known != null) {
            return known;
        }
        numbers.put(object, objects.size());
        objects.add(object);
        return objects.size() - 1;
    }

    /** Number of cells. */
    int count() {
        return owners.size();
    }

    /** The cell of a field or element, as a probe names it. */
    @SuppressWarnings("ReferenceEquality") // An object is itself, whatever it equals.
    int cell(Object object, int field) {
        if (object != lastObject) {
            Integer base = bases.get(object);
            if (base == null) {
                throw new IllegalStateException(
                        "an object that was not there at boot: " + object.getClass());
            }
            lastObject = object;
            lastBase = base;
        }
        return lastBase + field;
    }

    /** The cell of another field of the same object. */
    int sibling(int cell, String field) {
        Object owner = owners.get(cell);
        List<Field> all = fieldsOf.apply(owner.getClass());
        for (int i = 0; i < all.size(); i++) {
            if (all.get(i).getName().equals(field)) {
                return cell(owner, i);
            }
        }
        throw new Inconsistent("no field " + field + " beside " + name(cell));
    }

    /** The number of the object that a cell belongs to. */
    int ownerNumber(int cell) {
        return number(owners.get(cell));
    }

    /** Can the cell's value change? Final fields never do. */
    boolean mutable(int cell) {
        Field field = fields.get(cell);
        return field == null
                || !(Modifier.isFinal(field.getModifiers())
                        || Modifier.isStatic(field.getModifiers()));
    }

    /** Does the cell belong to an object of the class {@code type} (without package)? */
    boolean of(int cell, String type, String field) {
        Field f = fields.get(cell);
        return f != null
                && f.getName().equals(field)
                && f.getDeclaringClass().getSimpleName().equals(type);
    }

    /** Class (without package) that declares the cell's field; nothing for an element. */
    String type(int cell) {
        Field field = fields.get(cell);
        return field == null ? "" : field.getDeclaringClass().getSimpleName();
    }

    /** Name of the cell's field. */
    String field(int cell) {
        Field field = fields.get(cell);
        return field == null ? "element" : field.getName();
    }

    /** For people: class and field, with the number of the object. */
    String name(int cell) {
        Object owner = owners.get(cell);
        Field field = fields.get(cell);
        int base = cell(owner, 0);
        String where = owner.getClass().getSimpleName() + "#" + numbers.get(owner);
        return field == null ? where + "[" + (cell - base) + "]" : where + "." + field.getName();
    }

    /** The value that is in the object now. */
    long read(int cell) {
        Object owner = owners.get(cell);
        Field field = fields.get(cell);
        if (field == null) {
            return element(owner, cell - cell(owner, 0));
        }
        try {
            Class<?> type = field.getType();
            if (type == long.class || type == int.class || type == byte.class) {
                return field.getLong(owner);
            }
            if (type == boolean.class) {
                return field.getBoolean(owner) ? 1 : 0;
            }
            Object value = field.get(owner);
            return value == null ? 0 : number(value);
        } catch (IllegalAccessException e) {
            throw new IllegalStateException(e);
        }
    }

    private long element(Object array, int at) {
        Class<?> type = array.getClass().getComponentType();
        if (type == boolean.class) {
            return Array.getBoolean(array, at) ? 1 : 0;
        }
        if (type.isPrimitive()) {
            return Array.getLong(array, at);
        }
        Object value = Array.get(array, at);
        return value == null ? 0 : number(value);
    }

    /** Puts a value into the object. */
    void write(int cell, long value) {
        Object owner = owners.get(cell);
        Field field = fields.get(cell);
        if (field == null) {
            store(owner, cell - cell(owner, 0), value);
            return;
        }
        try {
            Class<?> type = field.getType();
            if (type == int.class) {
                field.setInt(owner, (int) value);
            } else if (type == long.class) {
                field.setLong(owner, value);
            } else if (type == boolean.class) {
                field.setBoolean(owner, value != 0);
            } else if (!type.isPrimitive()) {
                field.set(owner, objects.get((int) value));
            } else {
                throw new IllegalStateException("a field of type " + type);
            }
        } catch (IllegalAccessException e) {
            throw new IllegalStateException(e);
        }
    }

    private void store(Object array, int at, long value) {
        Class<?> type = array.getClass().getComponentType();
        if (type == int.class) {
            Array.setInt(array, at, (int) value);
        } else if (type == long.class) {
            Array.setLong(array, at, value);
        } else if (type == boolean.class) {
            Array.setBoolean(array, at, value != 0);
        } else if (!type.isPrimitive()) {
            Array.set(array, at, objects.get((int) value));
        } else {
            throw new IllegalStateException("an array of " + type);
        }
    }

    private static @Nullable Object get(Object owner, Field field) {
        try {
            return field.get(owner);
        } catch (IllegalAccessException e) {
            throw new IllegalStateException(e);
        }
    }
}
