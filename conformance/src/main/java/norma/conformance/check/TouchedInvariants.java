package norma.conformance.check;

import java.util.ArrayList;
import java.util.List;
import norma.abi.Record;
import norma.model.Invariant;
import norma.model.kernel.KernelModel;
import norma.model.kernel.KernelState;
import org.jspecify.annotations.Nullable;

/** The specification's invariants, evaluated after each event at what the event touched. */
final class TouchedInvariants {
    private final List<Invariant<KernelState>> threads = new ArrayList<>();
    private final List<Invariant<KernelState>> channels = new ArrayList<>();
    private final List<Invariant<KernelState>> cores = new ArrayList<>();

    TouchedInvariants(KernelModel model) {
        for (Invariant<KernelState> invariant : model.invariants()) {
            switch (invariant.domain()) {
                case "thread" -> threads.add(invariant);
                case "channel" -> channels.add(invariant);
                case "core" -> cores.add(invariant);
                default -> {}
            }
        }
    }

    @Nullable Finding violated(KernelState state, EventView event, long number) {
        for (int i = 0; i < event.touched(); i++) {
            int id = event.object(i);
            List<Invariant<KernelState>> list = of(id >>> 12);
            for (int k = 0; k < list.size(); k++) {
                Invariant<KernelState> invariant = list.get(k);
                if (!invariant.at().holds(state, id & 0xfff)) {
                    return new Finding(
                            Reason.INVARIANT_VIOLATED,
                            number,
                            invariant.name()
                                    + " is false at "
                                    + EventView.objectName(id)
                                    + " after "
                                    + event.describe(),
                            List.of());
                }
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
            default -> List.of();
        };
    }

    /** What is false at an object of which a checkpoint has a snapshot, or null. */
    @Nullable Finding violated(KernelState state, ObjectSnapshot snapshot, int epoch) {
        for (Invariant<KernelState> invariant : of(snapshot.type())) {
            if (!invariant.at().holds(state, snapshot.index())) {
                List<String> lines = SnapshotFinding.details(snapshot, List.of());
                lines.add(Sources.ofInvariant(invariant.name()));
                return new Finding(
                        Reason.INVARIANT_VIOLATED,
                        -1,
                        invariant.name()
                                + " is false at "
                                + SnapshotFinding.name(snapshot)
                                + " in checkpoint "
                                + epoch,
                        lines);
            }
        }
        return null;
    }
}
