package norma.kernel.sim.mutate;

import java.lang.reflect.Field;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.IntStream;
import norma.kernel.sim.port.Bench;
import norma.kernel.sim.race.Probe;
import org.jspecify.annotations.Nullable;

/**
 * Watches code of the kernel that a contract runs: notes its accesses, and ends it when it goes
 * round for ever.
 */
final class Patience implements Probe {
    /** More turns of loops than a contract has in a kernel that keeps it. */
    private static final int TURNS = 2_000_000;

    /** All modes that an access has at most. */
    private static final int MODES = READ | WRITE | ACQUIRE | RELEASE | VOLATILE;

    private final Function<Class<?>, List<Field>> fields;
    private final List<String> accesses = new ArrayList<>();

    /** Per class, fields and modes as a contract sees them: looked up once, and used very often. */
    private final Map<Class<?>, String[][]> known = new HashMap<>();

    private @Nullable Class<?> last;
    private String[][] texts = {};
    private int turns;

    /** {@code fields}: those of a class, by the numbers that probes use. */
    Patience(Function<Class<?>, List<Field>> fields) {
        this.fields = fields;
    }

    /** Accesses since the last time that this was asked. */
    List<String> accesses() {
        List<String> since = List.copyOf(accesses);
        accesses.clear();
        return since;
    }

    @Override
    public void turn() {
        turns++;
        if (turns > TURNS) {
            throw new Bench.Stopped("goes round for ever");
        }
    }

    @Override
    public void plainRead(Object object, int field, int site) {
        note(object, field, 0);
    }

    @Override
    public void plainWrite(Object object, int field, int site) {
        note(object, field, 0);
    }

    @Override
    public void atomicAccess(Object object, int field, int mode, int site) {
        note(object, field, mode);
    }

    @Override
    public void swappedWord(Object object, int field, int site) {}

    private void note(Object object, int field, int mode) {
        Class<?> type = object.getClass();
        if (type != last) {
            last = type;
            texts = known.computeIfAbsent(type, this::texts);
        }
        if (field < texts.length) {
            accesses.add(texts[field][mode]);
        }
    }

    private String[][] texts(Class<?> type) {
        return fields.apply(type).stream()
                .map(f -> f.getDeclaringClass().getSimpleName() + "." + f.getName() + " ")
                .map(name -> IntStream.rangeClosed(0, MODES).mapToObj(mode -> name + mode))
                .map(modes -> modes.toArray(String[]::new))
                .toArray(String[][]::new);
    }
}
