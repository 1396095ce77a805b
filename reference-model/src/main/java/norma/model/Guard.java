package norma.model;

import org.jspecify.annotations.Nullable;

/**
 * Evaluates the named conjuncts of an action's guard, in order, and remembers the first false one.
 *
 * <p>Reused from step to step: after a refused step {@link #failed()} names the conjunct that a
 * report should show; it is cleared by {@link #begin()}.
 */
public final class Guard {
    private @Nullable String failed;

    /** Forgets the previous verdict. */
    public void begin() {
        failed = null;
    }

    /** Returns {@code condition}, recording {@code name} if it is the first one that is false. */
    public boolean holds(String name, boolean condition) {
        if (!condition && failed == null) {
            failed = name;
        }
        return condition;
    }

    /** The first false conjunct since {@link #begin()}, or null if all held. */
    public @Nullable String failed() {
        return failed;
    }
}
