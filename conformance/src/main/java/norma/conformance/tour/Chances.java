package norma.conformance.tour;

import static norma.model.State.NONE;

import java.util.BitSet;
import norma.model.kernel.KernelAction;
import norma.model.kernel.KernelState;
import norma.model.sched.SchedState;

/** Edges of which more than the state they begin in decides whether they are taken. */
final class Chances {
    private Chances() {}

    /** Does time decide whether this edge is taken or another? */
    static boolean timed(KernelAction action) {
        return switch (action) {
            case KernelAction.Resume a -> true;
            case KernelAction.Preempt a -> true;
            default -> false;
        };
    }

    /** What the first thread does that has not ended yet, though it has decided to. */
    static BitSet undecided(ModelGraph<KernelState> graph) {
        BitSet found = new BitSet();
        for (int edge = 0; edge < graph.edges(); edge++) {
            KernelAction action = (KernelAction) graph.action(edge);
            SchedState sched = graph.state(graph.from(edge)).sched();
            int core = Steps.core(action);
            boolean own = sched.mode(core) == SchedState.USER && sched.cur(core) == 0;
            boolean comes =
                    action instanceof KernelAction.Tick || action instanceof KernelAction.Ipi;
            found.set(edge, own && !comes && !Deeds.ends(action));
        }
        return found;
    }

    /** Tables of a thread that is gone, or that has come: a core must have looked just before. */
    static BitSet looks(ModelGraph<KernelState> graph, int cores) {
        BitSet found = new BitSet();
        for (int edge = 0; edge < graph.edges(); edge++) {
            if (graph.action(edge) instanceof KernelAction.Load load) {
                SchedState sched = graph.state(graph.from(edge)).sched();
                found.set(edge, ready(sched, cores) == (load.space() == NONE));
            }
        }
        return found;
    }

    /** Is there a thread that a core could take? */
    static boolean ready(SchedState sched, int cores) {
        boolean ready = false;
        for (int core = 0; core < cores; core++) {
            ready |= sched.readyCount(core) > 0;
        }
        return ready;
    }
}
