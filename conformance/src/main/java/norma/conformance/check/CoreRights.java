package norma.conformance.check;

import norma.model.kernel.KernelState;
import norma.model.space.SpaceReach;

/** What cores may use of page tables, as the model's present state says. */
public final class CoreRights {
    private final SpaceReach reach;

    /** By a state of a machine with so many cores and threads, and that memory. */
    CoreRights(KernelState state, int cores, int threads, Memory memory) {
        reach = new SpaceReach(state.spaces(), memory.constants(cores, threads));
    }

    /** May the core reach the page in that frame with those rights? */
    public boolean mayUse(int core, int page, int frame, int rights) {
        return reach.mayUse(core, page, frame, rights);
    }

    /** The space whose tables the core has loaded, or -1. */
    public int loaded(int core) {
        return reach.loaded(core);
    }
}
