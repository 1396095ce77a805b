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
        KernelLoader loader = new KernelLoader(edit);
        for (String name : loader.contracts().names()) {
            if (finding(loader, name) != null) {
                return name;
            }
        }
        return null;
    }

    /** What the kernel with {@code edit} does not do as that contract says, or null. */
    static @Nullable String finding(ClassEdit edit, String name) {
        return finding(new KernelLoader(edit), name);
    }

    private static @Nullable String finding(KernelLoader loader, String name) {
        Patience patience = new Patience(loader::fields);
        StillMachine machine = new StillMachine(patience);
        World.CURRENT.set(machine);
        Probe.CURRENT.set(patience);
        try {
            return loader.contracts().broken(name, machine);
        } catch (RuntimeException | AssertionError thrown) {
            return String.valueOf(thrown);
        } finally {
            World.CURRENT.remove();
            Probe.CURRENT.remove();
        }
    }
}
