package norma.model.kernel;

import java.util.ArrayList;
import java.util.List;
import norma.model.Invariant;
import norma.model.ipc.IpcInvariants;

/** The state invariants of {@code Kernel.tla}: the components' and those of the composition. */
final class KernelInvariants {
    private final KernelLayout layout;

    KernelInvariants(KernelLayout layout) {
        this.layout = layout;
    }

    List<Invariant<KernelState>> all() {
        List<Invariant<KernelState>> all = new ArrayList<>();
        for (var i : new IpcInvariants(layout.ipcLayout).all()) {
            all.add(new Invariant<>(i.name(), i.domain(), (s, x) -> i.at().holds(s.ipc(), x)));
        }
        return all;
    }
}
