package norma.model.sched;

import java.util.Arrays;
import norma.model.Observation;

/** Puts what is seen of a machine's threads and cores into a state; see {@link Observation}. */
public final class SchedObserver {
    private final SchedState state;
    private final int cores;
    private final Observation seen;

    /** An observer that writes to {@code state}. */
    public SchedObserver(SchedState state, int cores, Observation seen) {
        this.state = state;
        this.cores = cores;
        this.seen = seen;
    }

    /** A thread slot. */
    public void thread(int thread, int st, int generation, int base, int effective, int home) {
        if (seen.differs("st", thread, state.st(thread), st)) {
            state.st(thread, st);
        }
        if (seen.differs("gen", thread, state.gen(thread), generation)) {
            state.gen(thread, generation);
        }
        if (seen.differs("base", thread, state.basePriority(thread), base)) {
            state.basePriority(thread, base);
        }
        if (seen.differs("eff", thread, state.eff(thread), effective)) {
            state.eff(thread, effective);
        }
        if (seen.differs("home", thread, state.home(thread), home)) {
            state.home(thread, home);
        }
    }

    /** What a core publishes, and its ready threads, most urgent first. */
    public void core(int core, boolean idle, int level, int[] ready, int count) {
        if (state.idle(core) != idle) {
            seen.note("idle", core, "" + state.idle(core), "" + idle);
            state.idle(core, idle);
        }
        if (seen.differs("level", core, state.level(core), level)) {
            state.level(core, level);
        }
        list("rq", core, state.rq(core), ready, count);
    }

    /** Whether an IPI is pending at a core. */
    public void ipi(int core, boolean pending) {
        if (state.ipi(core) != pending) {
            seen.note("ipi", core, "" + state.ipi(core), "" + pending);
            state.ipi(core, pending);
        }
    }

    /**
     * What a core keeps to itself: mode, current thread or NONE, woken threads, oldest first, and
     * the cores that it will send an IPI (a bit each): those that the model knows of, and hints.
     * {@code unknown}: the model knows of none yet, so it takes them all.
     */
    public void context(
            int core, int mode, int current, int[] woken, int count, long kicks, boolean unknown) {
        if (seen.differs("mode", core, state.mode(core), mode)) {
            state.mode(core, mode);
        }
        if (seen.differs("cur", core, state.cur(core), current)) {
            state.cur(core, current);
        }
        list("wake", core, state.wake(core), woken, count);
        for (int other = 0; other < cores; other++) {
            boolean willKick = (kicks >> other & 1) != 0;
            if (state.owesKick(core, other) && !willKick) {
                seen.note("kick[" + core + "]", other, "owed", "not owed");
                state.kick(core, other, false);
            }
            if (unknown && willKick) {
                state.kick(core, other, true);
            }
        }
    }

    private void list(String variable, int core, int list, int[] elements, int count) {
        int length = state.listLength(list);
        boolean same = length == count;
        for (int i = 0; same && i < count; i++) {
            same = state.listElement(list, i) == elements[i];
        }
        if (!same) {
            seen.note(
                    variable,
                    core,
                    state.listText(list),
                    Arrays.toString(Arrays.copyOf(elements, count)));
            state.replace(list, elements, count);
        }
    }
}
