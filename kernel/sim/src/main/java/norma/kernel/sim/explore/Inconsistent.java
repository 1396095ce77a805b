package norma.kernel.sim.explore;

/** The exploration's own assumptions do not hold: no finding about the kernel. */
final class Inconsistent extends RuntimeException {
    private static final long serialVersionUID = 1;

    Inconsistent(String message) {
        super(message);
    }
}
