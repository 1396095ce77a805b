package norma.model;

import java.lang.reflect.RecordComponent;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * How slot indices are spelled in the specification's configuration, and how large each domain is.
 *
 * <p>A domain is a constant set: {@code core} with prefix {@code c} spells index 0 as {@code c1}. A
 * domain with an empty prefix holds integers starting at {@code first}; functions over {@code 1..n}
 * are written as tuples, as the model checker does. A domain may also list its spellings.
 */
public final class Names {
    private final Map<String, Domain> domains = new HashMap<>();

    private static final class Domain {
        final List<String> spellings;
        final int[] order;
        final boolean tuple;

        Domain(String[] spellings, int[] order, boolean tuple) {
            this.spellings = List.of(spellings);
            this.order = order;
            this.tuple = tuple;
        }
    }

    /** Adds a domain of {@code size} names {@code prefix1 .. prefixN}. */
    public Names prefixed(String domain, String prefix, int size) {
        String[] spellings = new String[size];
        Arrays.setAll(spellings, i -> prefix + (i + 1));
        return listed(domain, spellings);
    }

    /** Adds a domain of the integers {@code first .. first + size - 1}. */
    public Names integers(String domain, int first, int size) {
        String[] spellings = new String[size];
        Arrays.setAll(spellings, i -> Integer.toString(i + first));
        return add(domain, spellings, first == 1);
    }

    /** Adds a domain with the given spellings. */
    public Names listed(String domain, String... spellings) {
        return add(domain, spellings, false);
    }

    /** Gives a domain a second name, for parameters called differently. */
    public Names alias(String alias, String domain) {
        domains.put(alias, domain(domain));
        return this;
    }

    /** Number of elements of a domain. */
    public int size(String domain) {
        return domain(domain).spellings.size();
    }

    /** Spelling of an element; {@link State#NONE} is {@code None}. */
    public String name(String domain, long index) {
        return index == State.NONE ? "None" : domain(domain).spellings.get((int) index);
    }

    /** Name and parameters of an action as the model checker labels its edges. */
    public String label(Action action) {
        StringBuilder out = new StringBuilder(action.getClass().getSimpleName());
        RecordComponent[] components = action.getClass().getRecordComponents();
        for (int i = 0; i < components.length; i++) {
            out.append(i == 0 ? '(' : ',').append(parameter(components[i], action));
        }
        return components.length == 0 ? out.toString() : out.append(')').toString();
    }

    private String parameter(RecordComponent component, Action action) {
        Object value;
        try {
            component.getAccessor().setAccessible(true);
            value = component.getAccessor().invoke(action);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("unreadable parameter " + component, e);
        }
        return switch (value) {
            case Integer index -> name(component.getName(), index);
            case Long word -> word.toString();
            case Boolean truth -> truth.toString();
            default -> throw new IllegalStateException("parameter type of " + component);
        };
    }

    int[] order(String domain) {
        return domain(domain).order;
    }

    boolean isTuple(String domain) {
        return domain(domain).tuple;
    }

    private Names add(String domain, String[] spellings, boolean tuple) {
        Integer[] order = new Integer[spellings.length];
        Arrays.setAll(order, i -> i);
        if (!tuple) {
            Arrays.sort(order, Comparator.comparing((Integer i) -> spellings[i]));
        }
        int[] plain = Arrays.stream(order).mapToInt(Integer::intValue).toArray();
        domains.put(domain, new Domain(spellings, plain, tuple));
        return this;
    }

    private Domain domain(String name) {
        Domain domain = domains.get(name);
        if (domain == null) {
            throw new IllegalArgumentException("no domain " + name);
        }
        return domain;
    }
}
