package norma.conformance.tour;

import java.nio.file.Path;
import norma.model.checkpoint.CheckpointModel;
import norma.model.ipc.IpcModel;
import norma.model.kernel.KernelConstants;
import norma.model.lock.LockModel;
import norma.model.sched.SchedModel;
import norma.model.space.SpaceModel;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The constants of the smallest machines, from {@code spec/manifest.json}. */
final class SmallMachines {
    static final String KERNEL = "Kernel-1";
    static final String TIMED = "Kernel-2";
    static final String CHAINED = "Kernel-4";

    /** The smallest composed machine that has locks. */
    static final String LOCKED = "Kernel-8";

    static final String IPC = "Ipc-1";

    /** Of IPC as that composed machine bounds it. */
    static final String OF = "Ipc-of-";

    static final String SCHEDULER = "Scheduler-1";
    static final String LOCK = "TicketLock-1";
    static final String CHECKPOINT = "Checkpoint-1";
    static final String CORES = "Kernel-3";
    static final String SCHEDULER_CORES = "Scheduler-2";
    static final String LOCK_CORES = "TicketLock-2";

    /** The smallest composed machine of two processes. */
    static final String PROCESSES = "Kernel-14";

    /** The smallest in which rights to a page are taken away and the page stays. */
    static final String RIGHTS = "Kernel-17";

    /** The smallest in which cores wait for each other's translations. */
    static final String SHOOTDOWN = "Kernel-10";

    /** Address spaces as that has them. */
    static final String SPACES = "AddressSpace-9";

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

    /** The composed machine that most of the tour is of. */
    KernelConstants kernel() {
        return kernel(KERNEL);
    }

    /** A composed machine by its name. */
    KernelConstants kernel(String name) {
        JsonNode c = constants(name);
        return kernel(c, number(c, "priorities"), number(c, "generations"));
    }

    /**
     * The first, whose slots count as many lives as the scheduler's: it is told what that one sees.
     */
    KernelConstants kernelForScheduler() {
        JsonNode c = constants(KERNEL);
        return kernel(c, number(c, "priorities"), number(constants(SCHEDULER), "generations"));
    }

    /** The composed machine of two cores, with priorities and lives as their scheduler has. */
    KernelConstants kernelForCores() {
        JsonNode c = constants(SCHEDULER_CORES);
        return kernel(constants(CORES), number(c, "priorities"), number(c, "generations"));
    }

    private static KernelConstants kernel(JsonNode c, int priorities, int generations) {
        return new KernelConstants(
                number(c, "cores"),
                number(c, "threads"),
                number(c, "channels"),
                number(c, "tags"),
                number(c, "payloads"),
                priorities,
                number(c, "incarnations"),
                generations,
                truth(c, "timeouts"),
                number(c, "tickets"),
                truth(c, "channelLocks"),
                truth(c, "coreLocks"),
                truth(c, "threadLocks"),
                number(c, "firstPriority"),
                spaces(c),
                truth(c, "spaceLocks"));
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

    /** IPC as a composed machine bounds it. */
    static IpcModel ipc(KernelConstants c) {
        return new IpcModel(
                new IpcModel.Constants(
                        c.threads(),
                        c.channels(),
                        c.tags(),
                        c.payloads(),
                        c.priorities(),
                        c.incarnations(),
                        c.timeouts()));
    }

    /** One lock. */
    LockModel lock() {
        return lock(LOCK);
    }

    /** One lock of several cores. */
    LockModel lock(String name) {
        JsonNode c = constants(name);
        return new LockModel(number(c, "cores"), number(c, "width"));
    }

    /** The recorder on one core. */
    CheckpointModel checkpoint() {
        JsonNode c = constants(CHECKPOINT);
        return new CheckpointModel(
                new CheckpointModel.Constants(
                        number(c, "cores"),
                        number(c, "objects"),
                        number(c, "epochs"),
                        number(c, "changes"),
                        truth(c, "fromBoot")));
    }

    /** Stand-alone address spaces by their name. */
    SpaceModel spaces(String name) {
        return new SpaceModel(spaces(constants(name)));
    }

    private static SpaceModel.Constants spaces(JsonNode c) {
        return new SpaceModel.Constants(
                number(c, "cores"),
                number(c, "threads"),
                number(c, "spaces"),
                number(c, "pages"),
                number(c, "frames"),
                number(c, "protections"));
    }

    /** The stand-alone scheduler. */
    SchedModel scheduler() {
        return scheduler(SCHEDULER);
    }

    /** A stand-alone scheduler by its name. */
    SchedModel scheduler(String name) {
        JsonNode c = constants(name);
        return new SchedModel(
                number(c, "cores"),
                number(c, "threads"),
                number(c, "priorities"),
                number(c, "generations"));
    }
}
