package norma.speccheck;

import java.util.Map;
import norma.model.Model;
import norma.model.State;
import norma.model.checkpoint.CheckpointModel;
import norma.model.ipc.IpcModel;
import norma.model.kernel.KernelConstants;
import norma.model.kernel.KernelModel;
import norma.model.lock.LockModel;
import norma.model.sched.SchedModel;
import norma.model.space.SpaceModel;
import norma.model.supervise.SupModel;
import org.jspecify.annotations.Nullable;

/** The reference model of each specification, at the constants of a manifest entry. */
final class Models {
    private Models() {}

    static Model<? extends State> create(String spec, Map<String, Integer> constants) {
        Constants c = new Constants(spec, constants);
        return switch (spec) {
            case "TicketLock" -> new LockModel(c.get("cores"), c.get("width"));
            case "Ipc" ->
                    new IpcModel(
                            new IpcModel.Constants(
                                    c.get("threads"),
                                    c.get("channels"),
                                    c.get("tags"),
                                    c.get("payloads"),
                                    c.get("priorities"),
                                    c.get("incarnations"),
                                    c.get("timeouts") != 0));
            case "Kernel" ->
                    new KernelModel(
                            new KernelConstants(
                                    c.get("cores"),
                                    c.get("threads"),
                                    c.get("channels"),
                                    c.get("tags"),
                                    c.get("payloads"),
                                    c.get("priorities"),
                                    c.get("incarnations"),
                                    c.get("generations"),
                                    c.get("timeouts") != 0,
                                    c.get("tickets"),
                                    c.get("channelLocks") != 0,
                                    c.get("coreLocks") != 0,
                                    c.get("threadLocks") != 0,
                                    c.get("firstPriority")));
            case "Scheduler" ->
                    new SchedModel(
                            c.get("cores"),
                            c.get("threads"),
                            c.get("priorities"),
                            c.get("generations"));
            case "Checkpoint" ->
                    new CheckpointModel(
                            new CheckpointModel.Constants(
                                    c.get("cores"),
                                    c.get("objects"),
                                    c.get("epochs"),
                                    c.get("changes"),
                                    c.get("fromBoot") != 0));
            case "AddressSpace" ->
                    new SpaceModel(
                            new SpaceModel.Constants(
                                    c.get("cores"),
                                    c.get("threads"),
                                    c.get("spaces"),
                                    c.get("pages"),
                                    c.get("frames"),
                                    c.get("protections")));
            case "Supervision" ->
                    new SupModel(
                            new SupModel.Constants(
                                    c.get("cores"),
                                    c.get("helpers"),
                                    c.get("services"),
                                    c.get("graph"),
                                    c.get("controls"),
                                    c.get("budget"),
                                    c.get("maxDelay"),
                                    c.get("parts")));
            default -> throw new IllegalStateException("no reference model of " + spec);
        };
    }

    /** The class that {@link #create} makes for a specification, null where it cannot. */
    static @Nullable Class<?> type(String spec) {
        return switch (spec) {
            case "TicketLock" -> LockModel.class;
            case "Ipc" -> IpcModel.class;
            case "Kernel" -> KernelModel.class;
            case "Scheduler" -> SchedModel.class;
            case "Checkpoint" -> CheckpointModel.class;
            case "AddressSpace" -> SpaceModel.class;
            case "Supervision" -> SupModel.class;
            default -> null;
        };
    }

    private record Constants(String spec, Map<String, Integer> values) {
        int get(String name) {
            Integer value = values.get(name);
            if (value == null) {
                throw new IllegalStateException(spec + ": manifest lacks constant " + name);
            }
            return value;
        }
    }
}
