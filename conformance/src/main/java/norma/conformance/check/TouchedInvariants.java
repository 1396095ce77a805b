package norma.conformance.check;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import norma.abi.Record;
import norma.model.Invariant;
import norma.model.kernel.KernelModel;
import norma.model.kernel.KernelState;
import org.jspecify.annotations.Nullable;

/** The specification's invariants, evaluated after each event at what the event touched. */
final class TouchedInvariants {
    /** Those of cores that only an event of a space can break. */
    private static final Set<String> OF_TABLES =
            Set.of(
                    "FreeUnreachable",
                    "WriterAlone",
                    "OneImage",
                    "WriteXorExecute",
                    "StaleAwaited",
                    "GoneWhenReturned");

    /** Those of cores that an event of a space can break, too. */
    private static final Set<String> OF_BOTH = Set.of("TablesLoaded", "NoLostFlush");

    private final List<Invariant<KernelState>> threads = new ArrayList<>();
    private final List<Invariant<KernelState>> channels = new ArrayList<>();
    private final List<Invariant<KernelState>> cores = new ArrayList<>();
    private final List<Invariant<KernelState>> spaces = new ArrayList<>();
    private final List<Invariant<KernelState>> frames = new ArrayList<>();

    /** Of cores, but about what they have loaded, and may have kept, of a space's table. */
    private final List<Invariant<KernelState>> loaded = new ArrayList<>();

    private final int coreCount;
    private final int frameCount;

    TouchedInvariants(KernelModel model) {
        coreCount = model.names().size("core");
        frameCount = model.names().size("frame");
        boolean any = Memory.of(model).spaces() > 0;
        for (Invariant<KernelState> invariant : model.invariants()) {
            switch (invariant.domain()) {
                case "thread" -> threads.add(invariant);
                case "channel" -> channels.add(invariant);
                case "core" -> addCore(invariant, any);
                case "space" -> spaces.add(invariant);
                case "frame" -> frames.add(invariant);
                default -> {}
            }
        }
    }

    private void addCore(Invariant<KernelState> invariant, boolean any) {
        boolean ofTables = OF_TABLES.contains(invariant.name());
        if (ofTables && any) {
            loaded.add(invariant);
        } else if (!ofTables) {
            cores.add(invariant);
            if (any && OF_BOTH.contains(invariant.name())) {
                loaded.add(invariant);
            }
        }
    }

    @Nullable Finding violated(KernelState state, EventView event, long number) {
        for (int i = 0; i < event.touched(); i++) {
            int id = event.object(i);
            String name = violated(state, of(id >>> 12), id & 0xfff);
            String violated =
                    name == null ? null : name + " is false at " + EventView.objectName(id);
            if (violated == null && id >>> 12 == Record.SPACE) {
                violated = inTables(state);
            }
            if (violated != null) {
                return new Finding(
                        Reason.INVARIANT_VIOLATED,
                        number,
                        violated + " after " + event.describe(),
                        List.of());
            }
        }
        return null;
    }

    /** Name of an invariant that is false at an object, or null. */
    private static @Nullable String violated(
            KernelState state, List<Invariant<KernelState>> list, int index) {
        for (int k = 0; k < list.size(); k++) {
            if (!list.get(k).at().holds(state, index)) {
                return list.get(k).name();
            }
        }
        return null;
    }

    /** What is false of the cores' tables or of the frames in them, and where; or null. */
    private @Nullable String inTables(KernelState state) {
        for (int core = 0; core < coreCount; core++) {
            String violated = violated(state, loaded, core);
            if (violated != null) {
                return violated + " is false at core" + core;
            }
        }
        for (int frame = 0; frame < frameCount; frame++) {
            String violated = violated(state, frames, frame);
            if (violated != null) {
                return violated + " is false at frame" + frame;
            }
        }
        return null;
    }

    /** Invariants over objects of a type. */
    private List<Invariant<KernelState>> of(int type) {
        return switch (type) {
            case Record.THREAD -> threads;
            case Record.CHANNEL -> channels;
            case Record.CORE -> cores;
            case Record.SPACE -> spaces;
            default -> List.of();
        };
    }

    /** What is false at an object of which a checkpoint has a snapshot, or null. */
    @Nullable Finding violated(KernelState state, ObjectSnapshot snapshot, int epoch) {
        String name = violated(state, of(snapshot.type()), snapshot.index());
        String violated =
                name == null ? null : name + " is false at " + SnapshotFinding.name(snapshot);
        if (violated == null && snapshot.type() == Record.SPACE) {
            violated = inTables(state);
        }
        if (violated == null) {
            return null;
        }
        List<String> lines = SnapshotFinding.details(snapshot, List.of());
        lines.add(Sources.ofInvariant(violated.substring(0, violated.indexOf(' '))));
        return new Finding(
                Reason.INVARIANT_VIOLATED, -1, violated + " in checkpoint " + epoch, lines);
    }
}
