package norma.conformance.machine;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The machines alive in this process, and the shutdown hook that ends them: Ctrl-C, SIGTERM and
 * {@code System.exit} leave neither a QEMU nor a RAM file.
 */
final class LiveMachines {
    private static final Set<Machine> LIVE = ConcurrentHashMap.newKeySet();

    static {
        Runtime.getRuntime()
                .addShutdownHook(new Thread(() -> LIVE.forEach(Machine::abandon), "machines-end"));
    }

    private LiveMachines() {}

    static void add(Machine machine) {
        LIVE.add(machine);
    }

    static void remove(Machine machine) {
        LIVE.remove(machine);
    }
}
