package norma.model.space;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import norma.model.Action;
import norma.model.Guard;
import org.junit.jupiter.api.Test;

/**
 * Of two machines that take the same steps, one of them with more spaces, the first spaces of the
 * bigger one are the smaller machine.
 */
class SpaceViewTest {
    private static final int CORES = 2;
    private static final int THREADS = 3;
    private static final int SPACES = 2;
    private static final int MORE = 3;
    private static final int PAGES = 3;
    private static final int FRAMES = 4;
    private static final int ALL_RIGHTS = 7;
    private static final SpaceModel.Constants CONSTANTS = constants(SPACES);
    private static final SpaceModel SMALL = new SpaceModel(CONSTANTS);
    private static final SpaceModel BIG = new SpaceModel(constants(MORE));
    private static final Set<Action> COMMON = Set.copyOf(SMALL.actions());

    private static final int WALKS = 150;

    /** Walks that must come to a space that only the bigger machine has. */
    private static final int FURTHER = 15;

    /** Tries of a walk, most of them of actions that are not enabled. */
    private static final int TRIES = 40_000;

    /** Of so many tries of an action that only the bigger machine has, one is made. */
    private static final int SELDOM = 6;

    private final Guard guard = new Guard();
    private final Random random = new Random(11);
    private final Set<String> taken = new TreeSet<>();

    private static SpaceModel.Constants constants(int spaces) {
        return new SpaceModel.Constants(CORES, THREADS, spaces, PAGES, FRAMES, ALL_RIGHTS);
    }

    @Test
    void theFirstSpacesOfAMachineAreAMachine() {
        SpaceState view = SMALL.initialStates().getFirst();
        int others = 0;
        for (int walk = 0; walk < WALKS; walk++) {
            // The same view all the time: nothing of what it was before may be left in it.
            others += walk(view) ? 1 : 0;
        }
        assertTrue(others > FURTHER, others + " walks came to the third space");
        Set<String> all =
                SMALL.actions().stream()
                        .map(action -> action.getClass().getSimpleName())
                        .filter(name -> !name.equals("Ended"))
                        .collect(Collectors.toCollection(TreeSet::new));
        assertEquals(all, taken);
    }

    /** Walks until a space is in use that the smaller machine has not; whether one was. */
    private boolean walk(SpaceState view) {
        SpaceState big = BIG.initialStates().getFirst();
        SpaceState small = SMALL.initialStates().getFirst();
        List<? extends Action> actions = BIG.actions();
        for (int tries = 0; tries < TRIES; tries++) {
            Action action = actions.get(random.nextInt(actions.size()));
            boolean shared = COMMON.contains(action);
            guard.begin();
            if (action instanceof SpaceAction.Ended
                    || !shared && random.nextInt(SELDOM) > 0
                    || !BIG.step(big, action, guard)) {
                continue;
            }
            if (!shared && big.life(SPACES) != SpaceState.FREE) {
                assertFalse(SpaceView.first(big, MORE, view, CONSTANTS), action::toString);
                return true;
            }
            guard.begin();
            assertTrue(SMALL.step(small, action, guard), action::toString);
            assertTrue(SpaceView.first(big, MORE, view, CONSTANTS), action::toString);
            assertEquals(small, view, action::toString);
            taken.add(action.getClass().getSimpleName());
        }
        return false;
    }
}
