package norma.conformance.trace;

import norma.abi.Limits;

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

    /**
     * Records of a core for each object of a sweep: it visits one each time it leaves the kernel.
     */
    private static final int RECORDS_A_VISIT = 6;

    /**
     * The fewest records of a ring, a power of two, that are sure to hold a complete checkpoint.
     *
     * <p>A core that enters the kernel with a quarter of a ring behind its mark begins the next
     * checkpoint, unless the sweep of this one is not over; that takes no more exits of this core
     * alone than there are objects. The next is complete after as many exits again. So a ring must
     * hold two sweeps; on the workloads a sweep is 442 records or less, 5 an object.
     */
    public static int least(int cores) {
        return least(cores, false);
    }

    /** As the other, of a machine with address spaces or without. */
    public static int least(int cores, boolean spaces) {
        int objects = Limits.CHANNELS + Limits.THREADS + 2 * cores;
        int more = spaces ? Limits.SPACES + 1 : 0; // The memory is one.
        return powerOfTwo(2 * RECORDS_A_VISIT * (objects + more));
    }

    /** The smallest power of two that is not below {@code n}. */
    public static int powerOfTwo(int n) {
        return n <= 1 ? 1 : Integer.highestOneBit(n - 1) << 1;
    }

    /** What to say of rings that are too small for checkpoints of {@code cores} cores. */
    public static String tooSmall(int ring, int cores) {
        return tooSmall(ring, cores, false);
    }

    /** As the other, of a machine with address spaces or without. */
    public static String tooSmall(int ring, int cores, boolean spaces) {
        return "rings of "
                + ring
                + " records are too small for the checkpoints of "
                + cores
                + (cores == 1 ? " core: " : " cores: ")
                + Math.max(least(cores, spaces), 2 * ring)
                + " are needed";
    }

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

    /** Records a ring that is overwritten. */
    public int overwritten() {
        return ring == 0 ? OVERWRITTEN : ring;
    }
}
