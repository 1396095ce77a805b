package norma.kernel.sim;

import java.util.Arrays;

/**
 * Makes a run's choices and keeps them. The codes are those of {@link Schedule}.
 *
 * <p>Contract: deterministic in what it was made from and in the questions asked.
 */
abstract class Chooser {
    private byte[] codes = new byte[4096];
    private int length;

    /** The code of one decision, before it is kept. */
    abstract int choose(int decision, int current, int runnable, boolean relaxing);

    /** An interrupt and a timer are pending: true if the interrupt comes first. */
    abstract boolean interruptFirst(int decision);

    /** What happens at this point. */
    final int next(int current, int runnable, boolean relaxing) {
        return keep(choose(length, current, runnable, relaxing));
    }

    final boolean nextInterruptFirst() {
        return keep(interruptFirst(length) ? 1 : 0) != 0;
    }

    /** Which of {@code count} messages (two or more) a core finds: 0 is the newest. */
    abstract int older(int decision, int count);

    final int nextOlder(int count) {
        return keep(Math.min(older(length, count), count - 1));
    }

    private int keep(int code) {
        if (length == codes.length) {
            codes = Arrays.copyOf(codes, length * 2);
        }
        codes[length] = (byte) code;
        length++;
        return code;
    }

    /** Decisions other than the default that were to be made, and could not be. */
    int unmade() {
        return 0;
    }

    final Schedule schedule() {
        return new Schedule(Arrays.copyOf(codes, length), length);
    }

    /** What code 0 means: go on, or when that is impossible or useless, the next core round. */
    static int byDefault(int current, int runnable, boolean relaxing) {
        if (!relaxing && (runnable >> current & 1) != 0) {
            return current;
        }
        for (int i = 1; i <= Schedule.CORE; i++) {
            int core = (current + i) % Schedule.CORE;
            if ((runnable >> core & 1) != 0) {
                return core;
            }
        }
        return current;
    }

    /** Follows a schedule; what cannot be decided here is the default. */
    static final class Replay extends Chooser {
        private final Schedule schedule;
        private int made;

        Replay(Schedule schedule) {
            this.schedule = schedule;
        }

        @Override
        int choose(int decision, int current, int runnable, boolean relaxing) {
            int core = (schedule.code(decision) & Schedule.CORE) - 1;
            note(decision, core < 0 || (runnable >> core & 1) != 0);
            return schedule.code(decision);
        }

        @Override
        int older(int decision, int count) {
            note(decision, schedule.code(decision) < count);
            return schedule.code(decision);
        }

        @Override
        boolean interruptFirst(int decision) {
            note(decision, schedule.code(decision) == 1);
            return schedule.code(decision) != 0;
        }

        private void note(int decision, boolean possible) {
            made += possible && schedule.code(decision) != 0 ? 1 : 0;
        }

        @Override
        int unmade() {
            return schedule.forced() - made;
        }
    }
}
