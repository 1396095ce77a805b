package norma.checker;

import java.util.Collection;
import java.util.Map;
import java.util.TreeMap;
import org.checkerframework.checker.nullness.qual.Nullable;

/**
 * How many locks of each class are held at one point of a method. Immutable; the absent value
 * ({@code null}) stands for a point that is never reached.
 */
record HeldLocks(Map<String, Integer> counts) {
    static final HeldLocks NONE = new HeldLocks(Map.of());

    HeldLocks plus(Collection<String> names, int delta) {
        Map<String, Integer> changed = new TreeMap<>(counts);
        for (String name : names) {
            changed.merge(name, delta, Integer::sum);
        }
        changed.values().removeIf(n -> n == 0);
        return new HeldLocks(changed);
    }

    boolean holds(String name) {
        return counts.getOrDefault(name, 0) > 0;
    }

    boolean holdsAny(Collection<String> names) {
        return names.stream().anyMatch(this::holds);
    }

    /** What is held for certain when control comes from either point. */
    static @Nullable HeldLocks merge(@Nullable HeldLocks a, @Nullable HeldLocks b) {
        if (a == null || b == null) {
            return a == null ? b : a;
        }
        Map<String, Integer> common = new TreeMap<>();
        a.counts.forEach((name, n) -> {
            int least = Math.min(n, b.counts.getOrDefault(name, 0));
            if (least != 0) {
                common.put(name, least);
            }
        });
        return new HeldLocks(common);
    }

    @Override
    public String toString() {
        return counts.isEmpty() ? "no lock" : counts.toString();
    }
}
