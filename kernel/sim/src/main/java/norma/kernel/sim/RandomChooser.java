package norma.kernel.sim;

/**
 * Random choices from a seed. The seed also chooses how:
 *
 * <ul>
 *   <li>uniform: every core that can run is as likely at every point;
 *   <li>sticky: the core goes on but for a switch now and then, from every other point to every few
 *       hundred;
 *   <li>by priority, after "probabilistic concurrency testing": the core with the highest random
 *       priority goes on; at a few random points it falls to the lowest.
 * </ul>
 *
 * In all of them a core that spins lets others go first, no core starves for ever, and with a
 * probability of its own time leaps to the next deadline, so that timers fire anywhere.
 */
final class RandomChooser extends Chooser {
    private static final int UNIFORM = 0;
    private static final int STICKY = 1;
    private static final int STARVING = 2_000;
    private static final int[] LEAPS = {0, 9, 7, 5, 11};
    private static final int[] HORIZONS = {300, 1_000, 4_000, 12_000};

    private long state;
    private final int manner;
    private final int stickiness;
    private final int leap;

    /** Logarithm of how rarely a core finds something else than the newest message. */
    private final int fresh;

    private final int[] changes;
    private final int[] priority = new int[Schedule.CORE];
    private int lowest;
    private int alone;

    RandomChooser(long seed) {
        state = mix(seed);
        manner = Math.floorMod(next(), 3);
        stickiness = 1 + Math.floorMod(next(), 8);
        leap = LEAPS[Math.floorMod(next(), LEAPS.length)];
        changes = new int[1 + Math.floorMod(next(), 6)];
        int horizon = HORIZONS[Math.floorMod(next(), HORIZONS.length)];
        for (int i = 0; i < changes.length; i++) {
            changes[i] = Math.floorMod(next(), horizon);
        }
        for (int i = 0; i < priority.length; i++) {
            priority[i] = Math.floorMod(next(), 1 << 20);
        }
        fresh = 1 + Math.floorMod(next(), 4);
    }

    /** SplitMix64, by its definition: replays must not depend on a library's version. */
    private int next() {
        state += 0x9E3779B97F4A7C15L;
        return (int) (mix(state) >>> 32);
    }

    static long mix(long value) {
        long z = (value ^ (value >>> 30)) * 0xBF58476D1CE4E5B9L;
        z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
        return z ^ (z >>> 31);
    }

    private boolean oneIn(int log) {
        return (next() & ((1 << log) - 1)) == 0;
    }

    @Override
    boolean interruptFirst(int decision) {
        return oneIn(1);
    }

    @Override
    int older(int decision, int count) {
        return oneIn(fresh) ? Math.floorMod(next(), count) : 0;
    }

    @Override
    int choose(int decision, int current, int runnable, boolean relaxing) {
        int leaps = leap != 0 && oneIn(leap) ? Schedule.LEAP : 0;
        int core =
                Integer.bitCount(runnable) == 1
                        ? Integer.numberOfTrailingZeros(runnable)
                        : core(decision, current, runnable, relaxing);
        boolean normal = core == byDefault(current, runnable, relaxing);
        return leaps | (normal ? 0 : core + 1);
    }

    private int core(int decision, int current, int runnable, boolean relaxing) {
        alone++;
        boolean starved = alone > STARVING;
        int others = runnable & ~(1 << current);
        int chosen =
                switch (manner) {
                    case UNIFORM -> pick(relaxing || starved ? others : runnable);
                    case STICKY ->
                            relaxing || starved || others == runnable || oneIn(stickiness)
                                    ? pick(others)
                                    : current;
                    default -> byPriority(decision, current, runnable, relaxing || starved);
                };
        if (chosen != current) {
            alone = 0;
        }
        return chosen;
    }

    private int pick(int cores) {
        int skip = Math.floorMod(next(), Integer.bitCount(cores));
        int left = cores;
        for (int i = 0; i < skip; i++) {
            left &= left - 1;
        }
        return Integer.numberOfTrailingZeros(left);
    }

    private int byPriority(int decision, int current, int runnable, boolean fall) {
        boolean falls = fall;
        for (int change : changes) {
            falls |= change == decision;
        }
        if (falls) {
            lowest--;
            priority[current] = lowest;
        }
        int best = Integer.numberOfTrailingZeros(runnable);
        for (int core = best + 1; core < Schedule.CORE; core++) {
            if ((runnable >> core & 1) != 0 && priority[core] > priority[best]) {
                best = core;
            }
        }
        return best;
    }
}
