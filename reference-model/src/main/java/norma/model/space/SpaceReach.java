package norma.model.space;

/** What cores may reach in a state; for who compares that with a machine, no part of any step. */
public final class SpaceReach {
    private final SpaceState state;
    private final SpaceLayout layout;

    /** Of a state that belongs to a model with those constants. */
    public SpaceReach(SpaceState state, SpaceModel.Constants constants) {
        this.state = state;
        layout = new SpaceLayout(constants);
    }

    /** Whether a core may use a translation: it may have kept it, or its tables have it. */
    public boolean mayUse(int core, int page, int frame, int rights) {
        return state.cached(core, layout.translation(page, frame, rights));
    }

    /** The space whose tables a core has loaded, or NONE. */
    public int loaded(int core) {
        return state.root(core);
    }
}
