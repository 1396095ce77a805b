package norma.model.kernel;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import norma.abi.Limits;
import norma.model.Guard;
import norma.model.Invariant;
import org.junit.jupiter.api.Test;

/** Random walks of the composed machine at the kernel's own table sizes. */
class KernelWalkTest {
    private static final KernelConstants FULL =
            new KernelConstants(
                    Limits.CORES,
                    Limits.THREADS,
                    Limits.CHANNELS,
                    Limits.TAGS,
                    2,
                    Limits.PRIORITIES,
                    Limits.GENERATIONS,
                    Limits.GENERATIONS,
                    true,
                    1 << 16,
                    false,
                    false,
                    false,
                    1);
    private static final int ATTEMPTS = 400_000;
    private static final int CHECK_EVERY = 500;

    @Test
    void invariantsHoldOnRandomWalks() {
        KernelModel model = new KernelModel(FULL);
        List<KernelAction> actions = model.actions();
        List<Invariant<KernelState>> invariants = model.invariants();
        Random random = new Random(1);
        KernelState state = model.initial();
        Guard guard = new Guard();
        Set<String> seen = new HashSet<>();
        for (int i = 0; i < ATTEMPTS; i++) {
            KernelAction action = choose(actions, random);
            guard.begin();
            if (model.step(state, action, guard)) {
                seen.add(action.getClass().getSimpleName());
            }
            if (i % CHECK_EVERY == 0) {
                for (Invariant<KernelState> invariant : invariants) {
                    assertTrue(invariant.holds(state, model.names()), invariant.name());
                }
            }
        }
        assertTrue(seen.size() >= 20, () -> "the walk is too narrow: " + seen);
    }

    // Spawn has by far the most parameter tuples: choose the kind of action first.
    private static KernelAction choose(List<KernelAction> actions, Random random) {
        KernelAction action = actions.get(random.nextInt(actions.size()));
        for (int i = 0; i < 8 && action instanceof KernelAction.Spawn; i++) {
            action = actions.get(random.nextInt(actions.size()));
        }
        return action;
    }

    @Test
    void refusedStepsLeaveTheStateAndNameAConjunct() {
        KernelModel model =
                new KernelModel(
                        new KernelConstants(2, 4, 2, 2, 1, 2, 4, 4, true, 8, true, true, true, 1));
        List<KernelAction> actions = model.actions();
        Random random = new Random(2);
        KernelState state = model.initial();
        Guard guard = new Guard();
        for (int i = 0; i < ATTEMPTS / 2; i++) {
            KernelAction action = actions.get(random.nextInt(actions.size()));
            int before = state.hashCode();
            KernelState copy = i % CHECK_EVERY == 0 ? state.copy() : null;
            guard.begin();
            if (model.step(state, action, guard)) {
                assertNull(guard.failed());
            } else {
                assertNotNull(guard.failed(), action::toString);
                assertEquals(before, state.hashCode(), action::toString);
                assertTrue(copy == null || copy.equals(state), action::toString);
            }
        }
    }

    @Test
    void payloadsAreArbitraryWords() {
        KernelModel model = new KernelModel(FULL);
        KernelState state = model.initial();
        Guard guard = new Guard();
        long payload = 0x8000_0000_dead_beefL;
        assertTrue(model.calls().call(state, 0, 3, payload, true, guard));
        assertEquals(payload, state.ipc().msg(0));
        assertEquals(0, state.ipc().own(3, 0));
        assertTrue(!model.calls().call(state, 0, 3, payload, true, guard));
        assertEquals("RunsUserThread", guard.failed());
    }

    @Test
    void dutiesLeftUndoneAreNamed() {
        KernelModel model = new KernelModel(FULL);
        KernelState state = model.initial();
        Guard guard = new Guard();
        assertTrue(model.due(state).isEmpty());
        assertTrue(model.calls().spawn(state, 0, 5, 0, 2, guard));
        assertEquals(List.of("Enqueue(c1,t6,None)"), labels(model, state));
        assertTrue(model.duties().enqueue(state, 0, 5, 1, guard));
        assertEquals(List.of("Kick(c1,c2)", "Dispatch(c2,t6)"), labels(model, state));
        assertTrue(model.duties().kick(state, 0, 1, guard));
        assertEquals(List.of("Ipi(c2)", "Dispatch(c2,t6)"), labels(model, state));
    }

    private static List<String> labels(KernelModel model, KernelState state) {
        return model.due(state).stream().map(model.names()::label).toList();
    }
}
