package norma.kernel.sim.explore;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import norma.kernel.sim.load.KernelLoader;
import org.jspecify.annotations.Nullable;

/**
 * What a core in the kernel has in its stack frames that it may still read: for each frame method,
 * place and live local variables. Two runs of the kernel's code with equal frames will do the same
 * when they read the same, whatever they have read before.
 *
 * <p>The JVM tells the contents of frames through {@code java.lang.LiveStackFrame}, which must be
 * opened to this class ({@code --add-opens java.base/java.lang=ALL-UNNAMED}).
 */
final class Frames {
    private final KernelLoader loader;
    private final Cells cells;
    private final Map<String, Map<String, Liveness>> methods = new HashMap<>();
    private final Map<String, Integer> places = new HashMap<>();
    private final StackWalker walker;
    private final Method locals;
    private final Method longValue;

    Frames(KernelLoader loader, Cells cells) {
        this.loader = loader;
        this.cells = cells;
        try {
            Class<?> frame = Class.forName("java.lang.LiveStackFrame");
            Class<?> slot = Class.forName("java.lang.LiveStackFrame$PrimitiveSlot");
            Method walkers = frame.getDeclaredMethod("getStackWalker", Set.class);
            walkers.setAccessible(true);
            walker =
                    (StackWalker)
                            walkers.invoke(
                                    null, EnumSet.of(StackWalker.Option.RETAIN_CLASS_REFERENCE));
            locals = frame.getDeclaredMethod("getLocals");
            longValue = slot.getDeclaredMethod("longValue");
            locals.setAccessible(true);
            longValue.setAccessible(true);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("this JVM does not show its frames", e);
        }
    }

    /**
     * The live contents of the kernel's frames on the caller's stack, outermost last; null if one
     * of them has operands on its stack, which the JVM does not show.
     */
    @Nullable List<Long> capture() {
        return walker.walk(frames -> {
            List<Long> key = new ArrayList<>();
            boolean whole =
                    frames.filter(f -> loader.contains(f.getClassName()))
                            .map(f -> add(f, key))
                            .reduce(true, Boolean::logicalAnd);
            return whole ? key : null;
        });
    }

    private boolean add(StackWalker.StackFrame frame, List<Long> key) {
        String type = frame.getClassName();
        String method = frame.getMethodName() + frame.getDescriptor();
        Map<String, Liveness> all =
                methods.computeIfAbsent(type, name -> Liveness.of(loader.model(name)));
        Liveness liveness = all.get(method);
        if (liveness == null) {
            throw new Inconsistent("no code of " + type + "." + method);
        }
        int bci = frame.getByteCodeIndex();
        String place = type + "." + method + "@" + bci;
        key.add((long) places.computeIfAbsent(place, text -> places.size()));
        Liveness.Live live = liveness.after(bci);
        @Nullable Object[] slots = get(locals, frame);
        for (int slot = 0; slot < slots.length; slot++) {
            long bit = 1L << slot;
            Object value = slots[slot];
            if ((live.references() & bit) != 0) {
                key.add(reference(value));
            } else if ((live.ints() & bit) != 0) {
                key.add((long) (int) primitive(value));
            } else if ((live.longs() & bit) != 0) {
                // Of the two slots of a long, the second has the value.
                key.add(primitive(slots[slot + 1]));
            }
        }
        return liveness.operands(bci) == 0;
    }

    private boolean isSlot(Object value) {
        return longValue.getDeclaringClass().isInstance(value);
    }

    private long reference(@Nullable Object value) {
        if (value == null || isSlot(value)) {
            return 0;
        }
        return cells.number(value);
    }

    private long primitive(@Nullable Object value) {
        if (value == null) {
            throw new Inconsistent("a variable that is read has no value");
        }
        try {
            return (long) longValue.invoke(value);
        } catch (IllegalAccessException | InvocationTargetException e) {
            throw new IllegalStateException(e);
        }
    }

    private static @Nullable Object[] get(Method method, StackWalker.StackFrame frame) {
        try {
            return (@Nullable Object[]) method.invoke(frame);
        } catch (IllegalAccessException | InvocationTargetException e) {
            throw new IllegalStateException(e);
        }
    }
}
