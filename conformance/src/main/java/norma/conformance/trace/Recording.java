package norma.conformance.trace;

/**
 * How a run is recorded.
 *
 * @param mode when, and what becomes of a full ring
 * @param ring records a ring, a power of two; 0: the mode's own choice
 * @param checkpoint records of a core after which it begins a checkpoint; 0: none, or, where rings
 *     are overwritten, a quarter of a ring
 */
public record Recording(Mode mode, int ring, int checkpoint) {
    /** Recorded from boot, drained and validated while it happens. */
    public static final Recording LIVE = new Recording(Mode.LIVE, 0, 0);

    /** Records a ring that is overwritten, unless somebody asks for another size. */
    public static final int OVERWRITTEN = 1 << 12;

    /** When the recorder is on. */
    public enum Mode {
        /** From boot; a full ring waits for the host. */
        LIVE("live"),
        /**
         * From boot; the oldest records are overwritten, and what is left is validated at the end.
         */
        OVERWRITE("overwrite"),
        /** As OVERWRITE, from the system call on that asks for it. */
        LATER("later");

        private final String label;

        Mode(String label) {
            this.label = label;
        }

        /** Its name in scripts and on the command line. */
        public String label() {
            return label;
        }
    }

    /** Is the trace validated while it is written? */
    public boolean live() {
        return mode == Mode.LIVE;
    }
}
