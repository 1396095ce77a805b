package norma.kernel.sim.race;

/** Two accesses that nothing orders; thrown at the second, so its stack trace is that access's. */
public final class RaceException extends RuntimeException {
    private static final long serialVersionUID = 1;

    RaceException(String message) {
        super(message);
    }
}
