package norma.kernel.sim.race;

/**
 * A place in the kernel's text that accesses memory.
 *
 * @param method class and method, without the package's common part
 * @param line source line
 * @param target what is accessed, {@code Class.field} or {@code Class[]}
 */
public record Site(String method, int line, String target) {
    /** The place, as {@code class.method:line}. */
    public String place() {
        return method + ":" + line;
    }
}
