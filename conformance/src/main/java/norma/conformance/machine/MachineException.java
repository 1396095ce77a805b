package norma.conformance.machine;

/**
 * Why a machine could not be had or did not last. None of these says anything about the kernel's
 * correctness: a run that ends in one is inconclusive.
 */
public final class MachineException extends Exception {
    private static final long serialVersionUID = 1;

    /** What went wrong. */
    public enum Kind {
        /** A program that the machine is made of is not installed. */
        QEMU_MISSING,
        /** QEMU ended, or never began, without being asked. */
        QEMU_DIED,
        /** No file system has room for the RAM file. */
        NO_ROOM,
        /** The deadline passed before what was awaited came. */
        DEADLINE
    }

    private final Kind kind;

    MachineException(Kind kind, String message) {
        super(kind + ": " + message);
        this.kind = kind;
    }

    MachineException(Kind kind, String message, Throwable cause) {
        super(kind + ": " + message, cause);
        this.kind = kind;
    }

    /** What went wrong, for reports and exit codes. */
    public Kind kind() {
        return kind;
    }
}
