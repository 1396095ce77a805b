package norma.conformance.tour;

import norma.model.Action;
import norma.model.State;
import org.jspecify.annotations.Nullable;

/**
 * No order is told: everything that the model allows counts as drivable.
 *
 * @param <S> state of the model
 */
final class AnyOrder<S extends State> implements Order<S> {
    @Override
    public int begins() {
        return 0;
    }

    @Override
    public @Nullable String refuses(S s, Action action, int phase) {
        return null;
    }

    @Override
    public int[] phases(int phase, Action action, S to) {
        return new int[] {0};
    }
}
