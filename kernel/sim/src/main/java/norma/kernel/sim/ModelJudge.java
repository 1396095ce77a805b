// Contract: what cores may use of page tables, as the model's state says. Owner: kernel/sim.
package norma.kernel.sim;

import norma.conformance.check.Memory;
import norma.model.kernel.KernelState;
import norma.model.space.SpaceReach;

/** The model as a judge of translations. */
public final class ModelJudge implements Translations.Judge {
    private final SpaceReach reach;

    /** Judges by a state of a machine with so many cores and threads, and that memory. */
    public ModelJudge(KernelState state, int cores, int threads, Memory memory) {
        reach = new SpaceReach(state.spaces(), memory.constants(cores, threads));
    }

    @Override
    public boolean mayUse(int core, int page, int frame, int rights) {
        return reach.mayUse(core, page, frame, rights);
    }

    @Override
    public boolean loaded(int core) {
        return reach.loaded(core);
    }
}
