package norma.model.kernel;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

/** Random walks in which every kind of action has its turn, however many parameters others have. */
final class Walks {
    /** Steps after which a walk begins anew: in long ones everybody is dead or asleep. */
    static final int LENGTH = 400;

    private static final int SELDOM = 5;

    private Walks() {}

    static List<List<KernelAction>> byKind(List<KernelAction> actions) {
        Map<String, List<KernelAction>> kinds = new LinkedHashMap<>();
        for (KernelAction action : actions) {
            kinds.computeIfAbsent(action.getClass().getSimpleName(), k -> new ArrayList<>())
                    .add(action);
        }
        return List.copyOf(kinds.values());
    }

    static KernelAction choose(List<List<KernelAction>> byKind, Random random) {
        List<KernelAction> kind = byKind.get(random.nextInt(byKind.size()));
        KernelAction action = kind.get(random.nextInt(kind.size()));
        return ends(action) && random.nextInt(SELDOM) > 0 ? choose(byKind, random) : action;
    }

    /** Does it end what others wait for? */
    private static boolean ends(KernelAction action) {
        return switch (action) {
            case KernelAction.Exit a -> true;
            case KernelAction.Die a -> true;
            case KernelAction.Fault a -> true;
            case KernelAction.Cancel a -> true;
            case KernelAction.TimeOut a -> true;
            case KernelAction.Restart a -> true;
            case KernelAction.Sleep a -> true;
            default -> false;
        };
    }
}
