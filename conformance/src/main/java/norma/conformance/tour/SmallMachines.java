package norma.conformance.tour;

import java.nio.file.Path;
import norma.model.ipc.IpcModel;
import norma.model.kernel.KernelConstants;
import norma.model.lock.LockModel;
import norma.model.sched.SchedModel;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The constants of the smallest machines, from {@code spec/manifest.json}. */
final class SmallMachines {
    static final String KERNEL = "Kernel-1";
    static final String IPC = "Ipc-1";
    static final String SCHEDULER = "Scheduler-1";
    static final String LOCK = "TicketLock-1";

    private final JsonNode graphs;

    SmallMachines(Path root) {
        Path file = root.resolve("spec/manifest.json");
        graphs = JsonMapper.shared().readTree(file.toFile()).get("graphs");
    }

    private JsonNode constants(String name) {
        for (JsonNode graph : graphs) {
            if (graph.get("name").asString().equals(name)) {
                return graph.get("constants");
            }
        }
        throw new IllegalStateException("the manifest has no graph " + name);
    }

    private static int number(JsonNode constants, String name) {
        return constants.get(name).asInt();
    }

    private static boolean truth(JsonNode constants, String name) {
        return number(constants, name) != 0;
    }

    /** The composed machine. */
    KernelConstants kernel() {
        return kernel(number(constants(KERNEL), "generations"));
    }

    /**
     * The same, whose slots count as many lives as the scheduler's: it is told what that one sees.
     */
    KernelConstants kernelForScheduler() {
        return kernel(number(constants(SCHEDULER), "generations"));
    }

    private KernelConstants kernel(int generations) {
        JsonNode c = constants(KERNEL);
        return new KernelConstants(
                number(c, "cores"),
                number(c, "threads"),
                number(c, "channels"),
                number(c, "tags"),
                number(c, "payloads"),
                number(c, "priorities"),
                number(c, "incarnations"),
                generations,
                truth(c, "timeouts"),
                number(c, "tickets"),
                truth(c, "channelLocks"),
                truth(c, "coreLocks"),
                truth(c, "threadLocks"),
                number(c, "firstPriority"));
    }

    /** The stand-alone machine of IPC. */
    IpcModel ipc() {
        JsonNode c = constants(IPC);
        return new IpcModel(
                new IpcModel.Constants(
                        number(c, "threads"),
                        number(c, "channels"),
                        number(c, "tags"),
                        number(c, "payloads"),
                        number(c, "priorities"),
                        number(c, "incarnations"),
                        truth(c, "timeouts")));
    }

    /** One lock. */
    LockModel lock() {
        JsonNode c = constants(LOCK);
        return new LockModel(number(c, "cores"), number(c, "width"));
    }

    /** The stand-alone scheduler. */
    SchedModel scheduler() {
        JsonNode c = constants(SCHEDULER);
        return new SchedModel(
                number(c, "cores"),
                number(c, "threads"),
                number(c, "priorities"),
                number(c, "generations"));
    }
}
