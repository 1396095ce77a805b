package norma.conformance.check;

import java.util.ArrayList;
import java.util.List;
import norma.model.Guard;
import norma.model.kernel.KernelAction;
import norma.model.kernel.KernelModel;
import norma.model.kernel.KernelState;
import norma.model.sched.SchedState;

/** For people: why an event is not what the model allows. */
final class Explanation {
    private static final int MOST_ALTERNATIVES = 12;

    private final KernelModel model;
    private final KernelState state;

    Explanation(KernelModel model, KernelState state) {
        this.model = model;
        this.state = state;
    }

    List<String> notEnabled(EventView event) {
        List<String> lines = new ArrayList<>();
        int core = event.core();
        SchedState sched = state.sched();
        if (core < model.names().size("core")) {
            lines.add(
                    "core "
                            + core
                            + ": mode "
                            + mode(sched.mode(core))
                            + ", current thread "
                            + sched.cur(core)
                            + ", ready "
                            + sched.readyCount(core)
                            + ", to enqueue "
                            + sched.wokenCount(core));
            List<KernelAction> enabled = enabled(core);
            int shown = Math.min(MOST_ALTERNATIVES, enabled.size());
            lines.add("enabled instead, on this core (" + enabled.size() + "):");
            for (KernelAction action : enabled.subList(0, shown)) {
                lines.add("  " + action);
            }
        }
        lines.add(Sources.of(event.kind()));
        return lines;
    }

    /** As {@link KernelModel#enabled}, which copies the state for each of many thousand actions. */
    private List<KernelAction> enabled(int core) {
        List<KernelAction> enabled = new ArrayList<>();
        KernelState after = state.copy();
        Guard guard = new Guard();
        for (KernelAction action : model.actionsOf(core)) {
            guard.begin();
            if (model.step(after, action, guard)) {
                enabled.add(action);
                after.copyFrom(state);
            }
        }
        return enabled;
    }

    private static String mode(int mode) {
        return switch (mode) {
            case SchedState.USER -> "user";
            case SchedState.KERNEL -> "kernel";
            default -> "halt";
        };
    }
}
