// Contract: what cores may use of page tables, as the model's state says. Owner: kernel/sim.
package norma.kernel.sim;

import java.util.function.Supplier;
import norma.model.State;
import norma.model.kernel.KernelState;
import norma.model.space.SpaceView;

/** The model as a judge of translations. */
public final class ModelJudge implements Translations.Judge {
    private final Supplier<KernelState> state;

    /** Judges by the state that {@code state} gives. */
    public ModelJudge(Supplier<KernelState> state) {
        this.state = state;
    }

    @Override
    public boolean mayUse(int core, int page, int frame, int rights) {
        return SpaceView.mayUse(state.get().spaces(), core, page, frame, rights);
    }

    @Override
    public boolean loaded(int core) {
        return state.get().spaces().root(core) != State.NONE;
    }
}
