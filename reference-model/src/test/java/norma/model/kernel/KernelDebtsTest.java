package norma.model.kernel;

import static norma.model.State.NONE;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import norma.model.Guard;
import norma.model.kernel.KernelAction.Dispatch;
import norma.model.kernel.KernelAction.Donate;
import norma.model.kernel.KernelAction.Enqueue;
import norma.model.kernel.KernelAction.FailCall;
import norma.model.kernel.KernelAction.Grant;
import norma.model.kernel.KernelAction.Inherit;
import norma.model.kernel.KernelAction.Ipi;
import norma.model.kernel.KernelAction.Kick;
import org.junit.jupiter.api.Test;

/**
 * Debts are the duties that the transitions allow, now or when others are done: what is enabled is
 * owed, and when nothing is enabled any more nothing is owed.
 */
class KernelDebtsTest {
    private static final KernelModel MODEL =
            new KernelModel(
                    new KernelConstants(2, 5, 2, 1, 1, 3, 4, 4, true, 2, false, false, false, 1));
    private static final int STEPS = 18_000;
    private static final int LOOKED_AT_EVERY = 4;
    private static final int SETTLED_EVERY = 20;

    @Test
    void whatIsEnabledIsOwed() {
        List<KernelAction> actions = MODEL.actions();
        List<KernelAction> duties =
                actions.stream().filter(action -> duty(action) != null).toList();
        Random random = new Random(5);
        KernelState state = MODEL.initial();
        Guard guard = new Guard();
        Set<String> kinds = new TreeSet<>();
        int steps = 0;
        List<List<KernelAction>> byKind = Walks.byKind(actions);
        while (steps < STEPS) {
            state = steps % Walks.LENGTH == 0 ? MODEL.initial() : state;
            guard.begin();
            if (!MODEL.step(state, Walks.choose(byKind, random), guard)) {
                continue;
            }
            steps++;
            if (steps % LOOKED_AT_EVERY != 0) {
                continue;
            }
            Set<KernelAction> owed = new HashSet<>(MODEL.due(state));
            Set<KernelAction> enabled = new HashSet<>();
            MODEL.enabled(state, duties).forEach(action -> enabled.add(duty(action)));
            enabled.removeIf(action -> action instanceof Kick && !owed.contains(action)); // A hint.
            assertTrue(owed.containsAll(enabled), enabled + " of " + owed);
            for (KernelAction action : owed) {
                assertTrue(enabled.contains(action) || waits(state, action), action.toString());
                kinds.add(action.getClass().getSimpleName());
            }
            if (steps % SETTLED_EVERY == 0) {
                settle(state.copy(), duties, guard);
            }
        }
        assertEquals(
                "[Dispatch, Donate, Enqueue, FailCall, Grant, Inherit, Ipi, Kick]",
                kinds.toString());
    }

    /** Duties until there are none: then nothing is owed. */
    private static void settle(KernelState state, List<KernelAction> duties, Guard guard) {
        for (int core = 0; core < 2; core++) {
            guard.begin();
            MODEL.step(state, new KernelAction.Tick(core), guard); // Somebody is in the kernel.
        }
        boolean moved = true;
        while (moved) {
            moved = false;
            for (KernelAction action : duties) {
                guard.begin();
                boolean leaves = action instanceof Dispatch || action instanceof Ipi;
                boolean hint =
                        action instanceof Kick k && !state.sched().owesKick(k.core(), k.target());
                moved |= !leaves && !hint && MODEL.step(state, action, guard);
            }
        }
        boolean anyInKernel = state.sched().inKernel(0) || state.sched().inKernel(1);
        for (KernelAction action : MODEL.due(state)) {
            boolean left = action instanceof Dispatch || action instanceof Ipi;
            assertTrue(left || !anyInKernel || waits(state, action), action::toString);
        }
    }

    /** Is there a reason, in the specification's words, why what is owed is not enabled yet? */
    private static boolean waits(KernelState state, KernelAction action) {
        boolean kernel = state.sched().inKernel(0) || state.sched().inKernel(1);
        return switch (action) {
            case Grant a -> !kernel && state.ipc().grantDue(a.channel());
            case FailCall a ->
                    state.ipc().failDue(a.channel()) && (!kernel || state.inheritDue(a.channel()));
            case Inherit a ->
                    state.ipc().srv(a.thread()) == a.channel()
                            && state.inheritDue(a.channel())
                            && (!kernel || state.ipc().grantDue(a.channel()));
            case Donate a ->
                    state.donateDue(a.peer())
                            && (!kernel || !state.quiet(state.ipc().chan(a.peer())));
            case Enqueue a -> contains(state, a.core(), a.thread());
            case Kick a -> a.target() < 2 && state.sched().owesKick(a.core(), a.target());
            case Ipi a -> state.sched().ipi(a.core()) && state.sched().inKernel(a.core());
            case Dispatch a -> state.sched().ready(a.core(), 0) == a.thread();
            default -> false;
        };
    }

    private static boolean contains(KernelState state, int core, int thread) {
        for (int i = 0; i < state.sched().wokenCount(core); i++) {
            if (state.sched().woken(core, i) == thread) {
                return true;
            }
        }
        return false;
    }

    /** A duty as debts name it, or null if the action is none. */
    private static KernelAction duty(KernelAction action) {
        return switch (action) {
            case Grant a -> new Grant(NONE, a.channel());
            case FailCall a -> new FailCall(NONE, a.channel());
            case Inherit a -> new Inherit(NONE, a.channel(), a.thread());
            case Donate a -> new Donate(NONE, a.peer());
            case Enqueue a -> new Enqueue(a.core(), a.thread(), NONE);
            case Kick a -> a;
            case Ipi a -> a;
            case Dispatch a -> a;
            default -> null;
        };
    }
}
