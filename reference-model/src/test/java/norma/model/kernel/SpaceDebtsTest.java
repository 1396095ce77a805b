package norma.model.kernel;

import static norma.model.State.NONE;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import norma.model.Guard;
import norma.model.kernel.KernelAction.Acknowledge;
import norma.model.kernel.KernelAction.Admit;
import norma.model.kernel.KernelAction.Bear;
import norma.model.kernel.KernelAction.FreeSpace;
import norma.model.kernel.KernelAction.Release;
import norma.model.space.SpaceModel;
import org.junit.jupiter.api.Test;

/** What is owed to address spaces is what a core in the kernel may do about them. */
class SpaceDebtsTest {
    private static final int CORES = 2;
    private static final int THREADS = 3;
    private static final int STEPS = 60_000;
    private static final KernelModel MODEL =
            new KernelModel(
                    new KernelConstants(
                            CORES,
                            THREADS,
                            0,
                            1,
                            1,
                            1,
                            1,
                            1,
                            false,
                            2,
                            false,
                            false,
                            false,
                            0,
                            new SpaceModel.Constants(CORES, THREADS, 2, 3, 2, 2),
                            false));

    @Test
    void whatIsOwedIsEnabledInTheKernel() {
        List<KernelAction> duties =
                MODEL.actions().stream()
                        .filter(a -> a instanceof Acknowledge || !named(a).equals(a))
                        .toList();
        List<List<KernelAction>> byKind = Walks.byKind(MODEL.actions());
        Random random = new Random(9);
        KernelState state = MODEL.initial();
        Guard guard = new Guard();
        Set<String> kinds = new TreeSet<>();
        for (int steps = 0; steps < STEPS; ) {
            state = steps % Walks.LENGTH == 0 ? MODEL.initial() : state;
            guard.begin();
            if (!MODEL.step(state, Walks.choose(byKind, random), guard)) {
                continue;
            }
            steps++;
            Set<KernelAction> owed =
                    MODEL.due(state).stream()
                            .filter(a -> a instanceof KernelAction.SpaceStep)
                            .collect(Collectors.toSet());
            Set<KernelAction> enabled =
                    MODEL.enabled(inKernel(state), duties).stream()
                            .map(SpaceDebtsTest::named)
                            .collect(Collectors.toSet());
            assertEquals(enabled, owed);
            owed.forEach(action -> kinds.add(action.getClass().getSimpleName()));
        }
        assertEquals("[Acknowledge, Admit, Bear, FreeSpace, Release]", kinds.toString());
    }

    /** The same, with every core in the kernel. */
    private static KernelState inKernel(KernelState state) {
        KernelState entered = state.copy();
        for (int core = 0; core < CORES; core++) {
            MODEL.step(entered, new KernelAction.Tick(core), new Guard());
        }
        return entered;
    }

    /** A duty as debts name it. */
    private static KernelAction named(KernelAction action) {
        return switch (action) {
            case Release a -> new Release(NONE, a.space());
            case Admit a -> new Admit(NONE, a.space());
            case Bear a -> new Bear(NONE, a.space(), a.thread());
            case FreeSpace a -> new FreeSpace(NONE, a.space());
            default -> action;
        };
    }
}
