package norma.model.kernel;

import static norma.model.State.NONE;

import java.util.ArrayList;
import java.util.List;

/**
 * Duties of the kernel that a state leaves undone: what a machine at rest must not have.
 *
 * <p>A duty that any core in the kernel may discharge has {@link norma.model.State#NONE} as its
 * core; the others name the core that owes them. A user's choices (Reply, Restart) are no duties.
 */
final class KernelDebts {
    private final KernelConstants constants;

    KernelDebts(KernelLayout layout) {
        constants = layout.constants;
    }

    List<KernelAction> of(KernelState s) {
        List<KernelAction> due = new ArrayList<>();
        for (int channel = 0; channel < constants.channels(); channel++) {
            if (s.ipc().grantDue(channel)) {
                due.add(new KernelAction.Grant(NONE, channel));
            }
            if (s.ipc().failDue(channel)) {
                due.add(new KernelAction.FailCall(NONE, channel));
            }
        }
        for (int thread = 0; thread < constants.threads(); thread++) {
            int channel = s.ipc().srv(thread);
            int base = s.sched().basePriority(thread);
            if (channel != NONE && s.sched().eff(thread) != s.ipc().target(thread, base)) {
                due.add(new KernelAction.Inherit(NONE, channel, thread));
            }
            if (s.donateDue(thread)) {
                due.add(new KernelAction.Donate(NONE, thread));
            }
        }
        for (int space = 0; space < constants.spaces().spaces(); space++) {
            if (s.spaces().releaseDue(space)) {
                due.add(new KernelAction.Release(NONE, space));
            }
            if (s.spaces().admitDue(space)) {
                due.add(new KernelAction.Admit(NONE, space));
            }
            if (s.spaces().bearDue(space)) {
                due.add(new KernelAction.Bear(NONE, space, s.spaces().firstOf(space)));
            }
            if (s.spaces().freeDue(space)) {
                due.add(new KernelAction.FreeSpace(NONE, space));
            }
        }
        for (int core = 0; core < constants.cores(); core++) {
            if (s.spaces().asked(core)) {
                due.add(new KernelAction.Acknowledge(core));
            }
            addCore(due, s, core);
        }
        return due;
    }

    private void addCore(List<KernelAction> due, KernelState s, int core) {
        for (int i = 0; i < s.sched().wokenCount(core); i++) {
            due.add(new KernelAction.Enqueue(core, s.sched().woken(core, i), NONE));
        }
        for (int target = 0; target < constants.cores(); target++) {
            if (s.sched().owesKick(core, target)) {
                due.add(new KernelAction.Kick(core, target));
            }
        }
        if (s.sched().ipi(core)) {
            due.add(new KernelAction.Ipi(core));
        }
        if (s.sched().readyCount(core) > 0) {
            due.add(new KernelAction.Dispatch(core, s.sched().ready(core, 0)));
        }
    }
}
