package norma.kernel.sim.explore;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Who interrupts a long search (SIGINT, SIGTERM) is told what it has covered: the search in
 * progress is given up, and the process ends when that has been said.
 */
final class Interruption implements AutoCloseable {
    private static final int PATIENCE_SECONDS = 10;

    private final CountDownLatch said = new CountDownLatch(1);
    private final Thread hook = new Thread(this::stop, "explore-interrupted");
    private volatile boolean asked;
    private volatile @Nullable Exploration searching;

    Interruption() {
        Runtime.getRuntime().addShutdownHook(hook);
    }

    /** Has the process been asked to end? */
    boolean asked() {
        return asked;
    }

    /** That exploration is given up when the process is asked to end. */
    void watch(Exploration exploration) {
        searching = exploration;
        if (asked) {
            exploration.stop();
        }
    }

    /** On a thread of its own, while the process ends. */
    void stop() {
        asked = true;
        Exploration exploration = searching;
        if (exploration != null) {
            exploration.stop();
        }
        try {
            if (!said.await(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
                System.err.println("norma explore: the search does not end");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** All has been said. */
    @Override
    public void close() {
        said.countDown();
        if (!asked) {
            Runtime.getRuntime().removeShutdownHook(hook);
        }
    }
}
