package norma.model;

import java.util.ArrayList;
import java.util.List;

/**
 * Values seen in a machine, put into a model's state one by one; notes each that was not there.
 *
 * <p>With a state that is believed, it is a comparison: nothing changes unless it is wrong. With a
 * fresh state it is the abstraction of the machine's state. Both are the same code.
 */
public final class Observation {
    private static final int MOST = 20;

    private final List<String> differences = new ArrayList<>();
    private int count;

    /** Starts afresh. */
    public void begin() {
        if (count > 0) {
            differences.clear();
            count = 0;
        }
    }

    /** Is the value seen not the one in the state? Notes it if so; the caller then stores it. */
    public boolean differs(String variable, int index, long model, long seen) {
        if (model == seen) {
            return false;
        }
        note(variable, index, Long.toString(model), Long.toString(seen));
        return true;
    }

    /** Notes that what is seen is not what the state has. */
    public void note(String variable, int index, String model, String seen) {
        count++;
        if (count <= MOST) {
            differences.add(variable + "[" + index + "]: the model " + model + ", seen " + seen);
        }
    }

    /** Differences noted since {@link #begin}. */
    public int count() {
        return count;
    }

    /** The first differences, one line each. */
    public List<String> differences() {
        return List.copyOf(differences);
    }
}
