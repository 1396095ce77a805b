package norma.kernel.sim.load;

/** Changes a class file of the kernel before it is instrumented: for kernels with a bug. */
public interface ClassEdit {
    /** The kernel as it is. */
    ClassEdit NONE = (name, bytes) -> bytes;

    /** The class file to load for {@code name} (with dots). */
    byte[] edit(String name, byte[] bytes);
}
