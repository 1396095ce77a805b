package norma.speccheck;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * What a broken model violates first, on any way.
 *
 * @param together sets of properties that are violated at one place: a state, or a step and the
 *     states at its ends
 * @param states states looked at
 * @param complete all that there are
 */
public record Violations(Set<Set<String>> together, int states, boolean complete) {
    /** Copies the sets. */
    public Violations {
        together = Set.copyOf(together);
    }

    /** Places where {@code property} is violated and none of {@code others} is. */
    public List<Set<String>> without(String property, Set<String> others) {
        List<Set<String>> found = new ArrayList<>();
        for (Set<String> place : together) {
            if (place.contains(property) && place.stream().noneMatch(others::contains)) {
                found.add(place);
            }
        }
        return found;
    }
}
