package norma.speccheck.make;

import java.util.Map;

/** Constants of a manifest entry, each of which must be there. */
public record Constants(String spec, Map<String, Integer> values) {
    /** A number. */
    int get(String name) {
        Integer value = values.get(name);
        if (value == null) {
            throw new IllegalStateException(spec + ": manifest lacks constant " + name);
        }
        return value;
    }

    /** A truth value: 0 or not. */
    boolean is(String name) {
        return get(name) != 0;
    }
}
