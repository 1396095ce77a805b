package norma.kernel.sim.mutate;

import java.util.List;
import norma.kernel.hal.World;
import norma.kernel.sim.load.ClassEdit;
import norma.kernel.sim.load.KernelLoader;
import norma.kernel.sim.port.KernelContracts;
import norma.kernel.sim.race.Probe;
import org.jspecify.annotations.Nullable;

/** Checks what the kernel promises beyond the model ({@link KernelContracts}). */
final class Contracts {
    private Contracts() {}

    /** Names of the contracts. */
    static List<String> names() {
        return new KernelLoader(ClassEdit.NONE).contracts().names();
    }

    /** The first contract that the kernel with {@code edit} breaks, or null. */
    static @Nullable String broken(ClassEdit edit) {
        KernelContracts contracts = new KernelLoader(edit).contracts();
        for (String name : contracts.names()) {
            if (finding(contracts, name) != null) {
                return name;
            }
        }
        return null;
    }

    /** What the kernel with {@code edit} does not do as that contract says, or null. */
    static @Nullable String finding(ClassEdit edit, String name) {
        return finding(new KernelLoader(edit).contracts(), name);
    }

    private static @Nullable String finding(KernelContracts contracts, String name) {
        StillMachine machine = new StillMachine();
        World.CURRENT.set(machine);
        Probe.CURRENT.set(new Patience());
        try {
            return contracts.broken(name, machine);
        } catch (RuntimeException | AssertionError thrown) {
            return String.valueOf(thrown);
        } finally {
            World.CURRENT.remove();
            Probe.CURRENT.remove();
        }
    }
}
