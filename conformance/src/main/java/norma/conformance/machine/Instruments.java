package norma.conformance.machine;

import java.util.List;

/**
 * Arguments of QEMU for every machine that is booted while something runs on this thread: whoever
 * watches a run from outside need not be known to all that lies between it and the machine.
 */
public final class Instruments {
    private static final ScopedValue<List<String>> ARGUMENTS = ScopedValue.newInstance();

    private Instruments() {}

    /** Does something; the machines that it boots have these arguments after all others. */
    public static <T> T with(
            List<String> arguments, ScopedValue.CallableOp<T, RuntimeException> run) {
        return ScopedValue.where(ARGUMENTS, List.copyOf(arguments)).call(run);
    }

    /** What holds on this thread. */
    static List<String> arguments() {
        return ARGUMENTS.isBound() ? ARGUMENTS.get() : List.of();
    }
}
