package norma.kernel.sim.explore;

import java.util.ArrayDeque;
import java.util.Deque;

/**
 * Runs of the code that wait where they may go on; when there are too many the oldest is dropped.
 */
final class Waiting {
    private static final int MOST = 200_000;

    private final Deque<Node> nodes = new ArrayDeque<>();

    void keep(Node node, Trial trial) {
        node.waiting = trial;
        nodes.add(node);
        if (nodes.size() > MOST) {
            nodes.remove().waiting = null;
        }
    }
}
