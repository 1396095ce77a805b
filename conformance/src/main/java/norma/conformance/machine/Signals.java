package norma.conformance.machine;

import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;

/**
 * POSIX {@code kill}, which the JDK offers for ending processes only. Stopping QEMU's process stops
 * all its virtual CPUs at once and needs no word from QEMU itself, which may be what hangs.
 */
final class Signals {
    // Linux on x86_64, aarch64 and riscv64.
    private static final int SIGCONT = 18;
    private static final int SIGSTOP = 19;

    private static final MethodHandle KILL =
            Linker.nativeLinker()
                    .downcallHandle(
                            Linker.nativeLinker().defaultLookup().findOrThrow("kill"),
                            FunctionDescriptor.of(
                                    ValueLayout.JAVA_INT,
                                    ValueLayout.JAVA_INT,
                                    ValueLayout.JAVA_INT));

    private Signals() {}

    /** Stops the process; whether it was there. */
    static boolean stop(long pid) {
        return send(pid, SIGSTOP);
    }

    /** Continues the process; whether it was there. */
    static boolean resume(long pid) {
        return send(pid, SIGCONT);
    }

    private static boolean send(long pid, int signal) {
        try {
            return (int) KILL.invokeExact((int) pid, signal) == 0;
        } catch (Throwable e) {
            throw new LinkageError("kill(2)", e);
        }
    }
}
