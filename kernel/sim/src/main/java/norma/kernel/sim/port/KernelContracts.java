package norma.kernel.sim.port;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What the kernel promises beyond the model, in the comments of the methods concerned, each checked
 * by calling its classes on a machine that does nothing by itself.
 */
public interface KernelContracts {
    /** Names of all. */
    List<String> names();

    /** What is not as it is promised, or null. */
    @Nullable String broken(String name, Bench bench);
}
