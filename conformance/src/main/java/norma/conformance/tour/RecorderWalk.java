package norma.conformance.tour;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import norma.abi.Limits;
import norma.abi.Op;
import norma.abi.Record;
import norma.abi.SystemCall;
import norma.conformance.forced.ForcedMachine;
import norma.conformance.forced.Rehearsal;
import norma.conformance.forced.Rehearsal.Rehearsed;

/**
 * Ways of one core on which the recorder is switched on after a while; the rest is chance. Each is
 * gone twice: with a recorder that is asked for, and with one that is on from boot, which shows
 * what the other did before.
 */
final class RecorderWalk {
    /** Records after which a way is long enough: two checkpoints fit into them. */
    private static final int MOST = 950;

    /** Stays in the kernel. */
    private static final int STAYS = 400;

    /** Of the choices, those of a thread that stays alone. */
    private static final int ALONE = 8;

    private static final int LONG = 5_000;
    private static final long[] END = {Op.END, 0, 0, 0};
    private static final int CHOICES = 12;

    /** Calls before the recorder is asked for. */
    private static final int FEW = 4;

    private static final int MANY = 60;

    private final Rehearsal later;
    private final Rehearsal whole;
    private final GatedScript script;
    private final Random random;
    private final List<Choice> choices = new ArrayList<>();
    private int heard;
    private int lives;
    private int calls;

    /** The first thread is about to end; where a way begins it has decided that. */
    private boolean ending;

    private Mood mood = new Mood(Style.MIXED, 0, 0, 0, 0);

    /** What happens next in user mode: a call, or time passes. */
    private record Choice(int thread, List<Long> operation) {
        static Choice of(int thread, long[] operation) {
            return new Choice(thread, Arrays.stream(operation).boxed().toList());
        }

        boolean call() {
            return !operation.isEmpty();
        }

        long[] words() {
            return operation.stream().mapToLong(Long::longValue).toArray();
        }
    }

    /** Who acts in a way. */
    private enum Style {
        /** One thread that waits alone when it waits: the core then has nothing to do. */
        ALONE,
        /** One that is more urgent than all others, and never waits. */
        URGENT,
        /** Everybody. */
        MIXED
    }

    /**
     * Of a way.
     *
     * @param style who acts
     * @param asks the call that asks for the recorder
     * @param ends calls after which threads end
     * @param busy of {@link #CHOICES}, how many calls change channels or threads
     * @param idle of {@link #CHOICES}, how many others are sleeps
     */
    private record Mood(Style style, int asks, int ends, int busy, int idle) {}

    /** A way: with the recorder on from boot, and asked for. */
    record Pair(Rehearsed whole, Rehearsed later) {
        private boolean fits() {
            return fits(whole) && fits(later);
        }

        private static boolean fits(Rehearsed way) {
            return way.course().records().getFirst().size() <= ForcedMachine.RECORDS;
        }
    }

    RecorderWalk(Rehearsal later, Rehearsal whole, GatedScript script, long seed) {
        this.later = later;
        this.whole = whole;
        this.script = script;
        random = new Random(seed);
    }

    /** A way whose records fit into a ring. */
    Pair walk() {
        Pair pair = attempt();
        while (!pair.fits()) {
            pair = attempt();
        }
        return pair;
    }

    private Pair attempt() {
        choices.clear();
        lives = 2;
        ending = true;
        calls = 0;
        mood =
                new Mood(
                        Style.values()[random.nextInt(Style.values().length)],
                        random.nextInt(random.nextBoolean() ? FEW : MANY),
                        random.nextInt(2) == 0 ? random.nextInt(STAYS) : STAYS,
                        1 + random.nextInt(CHOICES),
                        random.nextInt(CHOICES));
        run(later, true);
        Rehearsed asked = later.rehearsed();
        run(whole, false);
        return new Pair(whole.rehearsed(), asked);
    }

    /** Makes the choices, or follows those that were made. */
    private void run(Rehearsal rehearsal, boolean makes) {
        heard = 0;
        rehearsal.begin(words -> heard++);
        for (int i = 0; makes ? i < STAYS && heard < MOST : i < choices.size(); i++) {
            for (int k = 0; k < LONG && !outside(rehearsal); k++) {
                rehearsal.go(0);
            }
            if (rehearsal.over() || !outside(rehearsal)) {
                break;
            }
            if (makes) {
                choices.add(choose(rehearsal));
            }
            Choice choice = choices.get(i);
            if (choice.call()) {
                rehearsal.next(choice.thread(), choice.words());
                rehearsal.go(0);
            } else if (!rehearsal.leap() || !rehearsal.interrupt(0, false)) {
                if (makes) {
                    choices.removeLast();
                }
                break;
            }
        }
        for (int k = 0; k < LONG && !outside(rehearsal); k++) {
            rehearsal.go(0);
        }
    }

    private static boolean outside(Rehearsal rehearsal) {
        return rehearsal.over() || rehearsal.user(0) || rehearsal.waits(0);
    }

    private Choice choose(Rehearsal rehearsal) {
        Choice pass = Choice.of(0, new long[0]);
        if (!rehearsal.user(0)) {
            return pass;
        }
        int thread = rehearsal.thread(0);
        if (ending && thread == 0) {
            ending = false;
            return Choice.of(0, END);
        }
        boolean spent = rehearsal.place(thread) >= script.length();
        if (!spent && random.nextInt(CHOICES) == 0) {
            return pass;
        }
        return Choice.of(thread, spent ? END : operation(thread, calls++));
    }

    private long[] operation(int thread, int call) {
        if (call == mood.asks) {
            return new long[] {Op.RAW, SystemCall.RECORD, 0, 0};
        }
        if (call > mood.ends) {
            return new long[] {Op.END, 0, 0, 0};
        }
        if (call == 0 && mood.style == Style.URGENT) {
            return new long[] {Op.SPAWN, other(thread), lives++ | 1L << 16, Record.NONE};
        }
        if (call > 0 && random.nextInt(CHOICES) >= mood.busy) {
            return random.nextInt(CHOICES) < mood.idle && mood.style != Style.URGENT
                    ? sleep()
                    : new long[] {Op.YIELD, 0, 0, 0};
        }
        int other = other(thread);
        long channel = random.nextInt(Limits.CHANNELS);
        return switch (random.nextInt(mood.style == Style.ALONE ? ALONE : CHOICES)) {
            case 0, 1, 2 -> new long[] {Op.CANCEL, other, 0, 0};
            case 3, 4 -> new long[] {Op.RESTART, channel, 0, 0};
            case 5 -> new long[] {Op.RAW, 0, 0, 0};
            case 6, 7 -> mood.style == Style.ALONE ? call(channel) : spawn(other, channel);
            case 8 -> spawn(other, Record.NONE);
            default -> waits(call, channel);
        };
    }

    private long[] waits(int call, long channel) {
        if (mood.style == Style.URGENT) {
            return new long[] {Op.RESTART, channel, 0, 0};
        }
        return switch (random.nextInt(3)) {
            case 0 -> call(channel);
            case 1 -> sleep();
            default ->
                    call > 0 && lives < 4
                            ? new long[] {Op.YIELD, 0, 0, 0}
                            : new long[] {random.nextBoolean() ? Op.END : Op.FORBIDDEN, 0, 0, 0};
        };
    }

    private long[] call(long channel) {
        return new long[] {Op.CALL, channel, 1, 100L + random.nextInt(LONG)};
    }

    private long[] sleep() {
        return new long[] {Op.SLEEP, 100L + random.nextInt(LONG), 0, 0};
    }

    private long[] spawn(int slot, long channel) {
        if (lives >= script.programs()) {
            return new long[] {Op.YIELD, 0, 0, 0};
        }
        long priority = mood.style == Style.URGENT ? 0 : random.nextInt(2);
        return new long[] {Op.SPAWN, slot, lives++ | priority << 16, channel};
    }

    private int other(int thread) {
        int other = random.nextInt(Limits.THREADS - 1);
        return other < thread ? other : other + 1;
    }
}
