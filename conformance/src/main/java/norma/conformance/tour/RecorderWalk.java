package norma.conformance.tour;

import java.util.Random;
import norma.abi.Op;
import norma.abi.Record;
import norma.abi.SystemCall;
import norma.conformance.forced.Rehearsal;
import norma.conformance.forced.Rehearsal.Rehearsed;

/** Ways of one core on which the recorder is switched on after a while; the rest is chance. */
final class RecorderWalk {
    /** Records after which a way is long enough: an object has changed often by then. */
    private static final int MOST = 400;

    private static final int LONG = 5_000;
    private static final int CHOICES = 12;

    /** Of {@link #CHOICES}: the first time one of these comes up, the recorder is asked for. */
    private static final int ASKS = 3;

    /** Channels that are restarted. */
    private static final int CHANNELS = 3;

    /** Threads that have begun before one may end. */
    private static final int ENOUGH = 3;

    private final Rehearsal rehearsal;
    private final GatedScript script;
    private final Random random;
    private int heard;
    private int lives;
    private boolean ending;
    private boolean asked;

    RecorderWalk(Rehearsal rehearsal, GatedScript script, long seed) {
        this.rehearsal = rehearsal;
        this.script = script;
        random = new Random(seed);
    }

    Rehearsed walk() {
        heard = 0;
        lives = 2;
        ending = true;
        asked = false;
        rehearsal.begin(words -> heard++);
        for (int i = 0; i < LONG && heard < MOST && !rehearsal.over() && goesOn(); i++) {
            if (rehearsal.user(0) && random.nextInt(CHOICES) != 0) {
                call(rehearsal.thread(0));
            } else if (rehearsal.user(0) || rehearsal.waits(0)) {
                rehearsal.leap();
                rehearsal.interrupt(0, false);
            } else if (!rehearsal.go(0)) {
                break;
            }
        }
        return rehearsal.rehearsed();
    }

    private boolean goesOn() {
        return lives < script.programs()
                && (!rehearsal.user(0) || rehearsal.place(rehearsal.thread(0)) < script.length());
    }

    private void call(int thread) {
        boolean ends = thread == 0 && ending;
        ending &= !ends;
        rehearsal.next(thread, ends ? new long[] {Op.END, 0, 0, 0} : operation(thread));
        rehearsal.go(0);
    }

    private long[] operation(int thread) {
        int choice = random.nextInt(CHOICES);
        if (!asked && choice < ASKS) {
            asked = true;
            return new long[] {Op.RAW, SystemCall.RECORD, 0, 0};
        }
        int spawned = 1 + random.nextInt(CHOICES);
        return switch (choice) {
            case 0, 1, 2 -> new long[] {Op.YIELD, 0, 0, 0};
            case 3, 4 -> new long[] {Op.RESTART, random.nextInt(CHANNELS), 0, 0};
            case 5 -> new long[] {Op.SLEEP, 100L + random.nextInt(LONG), 0, 0};
            case 6, 7, 8 ->
                    spawned == thread
                            ? new long[] {Op.RAW, 0, 0, 0}
                            : new long[] {Op.SPAWN, spawned, lives++, Record.NONE};
            case 9 ->
                    lives > ENOUGH ? new long[] {Op.END, 0, 0, 0} : new long[] {Op.YIELD, 0, 0, 0};
            default -> new long[] {Op.RAW, 0, 0, 0};
        };
    }
}
