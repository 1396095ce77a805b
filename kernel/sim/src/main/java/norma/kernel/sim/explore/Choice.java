package norma.kernel.sim.explore;

import norma.abi.Limits;

/** What happens next: a core's step, an interrupt that a core takes, or a leap of time. */
final class Choice {
    /** A core goes on. */
    static final int STEP = 0;

    /** A core takes its IPI. */
    static final int IPI = 1;

    /** A core takes its timer interrupt. */
    static final int TIMER = 2;

    /** Time leaps to the next deadline. */
    static final int LEAP = 3;

    /** One more than the largest choice. */
    static final int LIMIT = 4 * Limits.CORES;

    private static final String[] NAMES = {"", "i", "t", "leap"};

    private Choice() {}

    static int of(int kind, int core) {
        return kind * Limits.CORES + core;
    }

    static int kind(int choice) {
        return choice / Limits.CORES;
    }

    static int core(int choice) {
        return choice % Limits.CORES;
    }

    /** As in a schedule: {@code 0} a step of core 0, {@code 0i} its IPI, {@code leap}. */
    static String text(int choice) {
        return kind(choice) == LEAP ? NAMES[LEAP] : core(choice) + NAMES[kind(choice)];
    }

    /** The inverse of {@link #text}; -1 for anything else. */
    static int parse(String text) {
        for (int choice = 0; choice < LIMIT; choice++) {
            if (text(choice).equals(text)) {
                return choice;
            }
        }
        return -1;
    }
}
