package norma.model.sched;

import java.util.List;
import norma.model.CanonicalText;
import norma.model.State;

/**
 * The variables of {@code Scheduler.tla}.
 *
 * <p>Invariant of the encoding: queue slots behind a queue's length are zero.
 */
public final class SchedState extends State {
    /** The slot holds no thread. */
    public static final int INACTIVE = 0;

    /** On a run queue. */
    public static final int READY = 1;

    /** A core's current thread. */
    public static final int RUNNING = 2;

    /** Waits for a wake-up. */
    public static final int BLOCKED = 3;

    /** On a core's wake list. */
    public static final int WOKEN = 4;

    /** A core's current thread, not to be resumed. */
    public static final int FAULTED = 5;

    /** The core runs its current thread. */
    public static final int USER = 0;

    /** The core is in the kernel. */
    public static final int KERNEL = 1;

    /** The core waits for an interrupt. */
    public static final int HALT = 2;

    private static final String[] STATES = {
        "inactive", "ready", "running", "blocked", "woken", "faulted"
    };
    private static final String[] MODES = {"user", "kernel", "halt"};
    private static final List<String> VARIABLES =
            List.of(
                    "base", "cur", "eff", "gen", "home", "idle", "ipi", "kick", "level", "mode",
                    "rq", "st", "wake");

    private final SchedLayout at;

    /** A window of an array that holds a scheduler machine of the given layout. */
    public SchedState(SchedLayout layout, long[] words, int base) {
        super(words, base, layout.size());
        at = layout;
    }

    /**
     * Sets the initial values: one thread runs on one core, the other cores are halted; threads
     * belong to the cores in turn until they have been on a queue.
     */
    public void reset(int first, int bootCore, int priority) {
        fill(0, at.size, 0);
        set(at.st + first, RUNNING);
        set(at.base + first, priority);
        set(at.eff + first, priority);
        for (int thread = 0; thread < at.threads; thread++) {
            home(thread, thread % at.cores);
        }
        fill(at.cur, at.cores, NONE);
        fill(at.mode, at.cores, HALT);
        fill(at.idle, at.cores, 1);
        set(at.cur + bootCore, first);
        set(at.mode + bootCore, USER);
        set(at.idle + bootCore, 0);
        set(at.level + bootCore, priority);
    }

    // --- reading: threads ---------------------------------------------------------------

    /** State of a thread slot, one of the constants above. */
    public int st(int thread) {
        return get(at.st + thread);
    }

    /** Generation of a thread slot. */
    public int gen(int thread) {
        return get(at.gen + thread);
    }

    /** A thread's own priority. */
    public int basePriority(int thread) {
        return get(at.base + thread);
    }

    /** A thread's effective priority. */
    public int eff(int thread) {
        return get(at.eff + thread);
    }

    /** Core whose queue holds or held a thread. */
    public int home(int thread) {
        return get(at.home + thread);
    }

    // --- reading: cores -----------------------------------------------------------------

    /** Number of threads on a core's run queue. */
    public int readyCount(int core) {
        return get(rq(core));
    }

    /** Thread at a place of a core's run queue. */
    public int ready(int core, int place) {
        return get(rq(core) + 1 + place);
    }

    /** Thread whose frame a core would resume, or NONE. */
    public int cur(int core) {
        return get(at.cur + core);
    }

    /** Mode of a core, one of the constants above. */
    public int mode(int core) {
        return get(at.mode + core);
    }

    /** Whether a core has published that it has nothing to run. */
    public boolean idle(int core) {
        return get(at.idle + core) != 0;
    }

    /** Priority that a core has published to run at. */
    public int level(int core) {
        return get(at.level + core);
    }

    /** Whether an IPI is pending at a core. */
    public boolean ipi(int core) {
        return get(at.ipi + core) != 0;
    }

    /** Number of threads that a core has woken and must enqueue. */
    public int wokenCount(int core) {
        return get(wake(core));
    }

    /** Thread at a place of a core's wake list. */
    public int woken(int core, int place) {
        return get(wake(core) + 1 + place);
    }

    /** Whether a core owes another an IPI. */
    public boolean owesKick(int core, int other) {
        return get(at.kick + core * at.cores + other) != 0;
    }

    /** Whether a core is in the kernel. */
    public boolean inKernel(int core) {
        return mode(core) == KERNEL;
    }

    /** Whether a core runs a thread in user mode. */
    public boolean running(int core) {
        return mode(core) == USER && cur(core) != NONE;
    }

    /** Whether a core owes nobody an enqueue or an IPI. */
    public boolean settled(int core) {
        if (wokenCount(core) > 0) {
            return false;
        }
        for (int other = 0; other < at.cores; other++) {
            if (owesKick(core, other)) {
                return false;
            }
        }
        return true;
    }

    /** Whether a core has an IPI pending, or is owed one. */
    public boolean interrupted(int core) {
        return ipi(core) || kickOwed(core);
    }

    /** Whether somebody owes a core an IPI. */
    public boolean kickOwed(int core) {
        for (int other = 0; other < at.cores; other++) {
            if (owesKick(/* core= */ other, /* other= */ core)) {
                return true;
            }
        }
        return false;
    }

    /** Effective priority of the first thread of a core's run queue, or NONE. */
    public int urgent(int core) {
        return readyCount(core) == 0 ? NONE : eff(ready(core, 0));
    }

    // --- writing: by the transitions of this package only ----------------------------------

    int rq(int core) {
        return at.rq + core * (at.threads + 1);
    }

    int wake(int core) {
        return at.wake + core * (at.threads + 1);
    }

    void st(int thread, int value) {
        set(at.st + thread, value);
    }

    void gen(int thread, int value) {
        set(at.gen + thread, value);
    }

    void basePriority(int thread, int value) {
        set(at.base + thread, value);
    }

    void eff(int thread, int value) {
        set(at.eff + thread, value);
    }

    void home(int thread, int core) {
        set(at.home + thread, core);
    }

    void cur(int core, int thread) {
        set(at.cur + core, thread);
    }

    void mode(int core, int value) {
        set(at.mode + core, value);
    }

    void idle(int core, boolean value) {
        set(at.idle + core, value ? 1 : 0);
    }

    void level(int core, int value) {
        set(at.level + core, value);
    }

    void ipi(int core, boolean value) {
        set(at.ipi + core, value ? 1 : 0);
    }

    void kick(int core, int other, boolean value) {
        set(at.kick + core * at.cores + other, value ? 1 : 0);
    }

    void appendWoken(int core, int thread) {
        int list = wake(core);
        int length = get(list);
        set(list + 1 + length, thread);
        set(list, length + 1);
    }

    /** Removes the thread at a place of one of the lists whose offset rq and wake give. */
    int removeAt(int list, int place) {
        int element = get(list + 1 + place);
        int length = get(list) - 1;
        move(list + 2 + place, list + 1 + place, length - place);
        set(list + 1 + length, 0);
        set(list, length);
        return element;
    }

    /** Puts a thread on a run queue behind all of at least the given priority. */
    void insert(int core, int thread, int priority) {
        int list = rq(core);
        int length = get(list);
        int place = 0;
        for (int i = 0; i < length; i++) {
            place += eff(ready(core, i)) >= priority ? 1 : 0;
        }
        move(list + 1 + place, list + 2 + place, length - place);
        set(list + 1 + place, thread);
        set(list, length + 1);
    }

    void removeReady(int core, int thread) {
        int length = readyCount(core);
        for (int place = 0; place < length; place++) {
            if (ready(core, place) == thread) {
                removeAt(rq(core), place);
                return;
            }
        }
    }

    void replace(int list, int[] elements, int count) {
        replaceList(list, elements, count);
    }

    @Override
    public SchedState copy() {
        return new SchedState(at, cloneWords(), base());
    }

    // --- canonical text -----------------------------------------------------------------

    @Override
    public List<String> variables() {
        return VARIABLES;
    }

    @Override
    public boolean write(String variable, CanonicalText out) {
        switch (variable) {
            case "base" -> out.function("thread", t -> out.number(basePriority(t)));
            case "cur" -> out.function("core", c -> out.name("thread", cur(c)));
            case "eff" -> out.function("thread", t -> out.number(eff(t)));
            case "gen" -> out.function("thread", t -> out.number(gen(t)));
            case "home" -> out.function("thread", t -> out.name("core", home(t)));
            case "idle" -> out.function("core", c -> out.truth(idle(c) ? 1 : 0));
            case "ipi" -> out.function("core", c -> out.truth(ipi(c) ? 1 : 0));
            case "kick" -> out.function("core", c -> out.set("core", d -> owesKick(c, d)));
            case "level" -> out.function("core", c -> out.number(level(c)));
            case "mode" -> out.function("core", c -> out.text(MODES[mode(c)]));
            case "rq" -> threads(out, false);
            case "st" -> out.function("thread", t -> out.text(STATES[st(t)]));
            case "wake" -> threads(out, true);
            default -> {
                return false;
            }
        }
        return true;
    }

    private void threads(CanonicalText out, boolean wakeLists) {
        out.function(
                "core",
                c ->
                        out.sequence(
                                wakeLists ? wokenCount(c) : readyCount(c),
                                i -> out.name("thread", wakeLists ? woken(c, i) : ready(c, i))));
    }
}
