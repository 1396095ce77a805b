package norma.kernel.sim.mutate;

import java.lang.reflect.Field;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import norma.kernel.sim.port.Bench;
import norma.kernel.sim.race.Probe;

/**
 * Watches code of the kernel that a contract runs: notes its accesses, and ends it when it goes
 * round for ever.
 */
final class Patience implements Probe {
    /** More turns of loops than a contract has in a kernel that keeps it. */
    private static final int TURNS = 2_000_000;

    private final Function<Class<?>, List<Field>> fields;
    private final List<String> accesses = new ArrayList<>();
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
        List<Field> all = fields.apply(object.getClass());
        if (field < all.size()) {
            Field accessed = all.get(field);
            accesses.add(
                    accessed.getDeclaringClass().getSimpleName()
                            + "."
                            + accessed.getName()
                            + " "
                            + mode);
        }
    }
}
