package norma.model.sched;

import norma.model.Words;

/** Sizes of a scheduler machine, and where its variables lie in a state's window. */
public final class SchedLayout {
    final int cores;
    final int threads;
    final int generations;

    final int st;
    final int gen;
    final int base;
    final int eff;
    final int home;
    final int rq;
    final int cur;
    final int mode;
    final int idle;
    final int level;
    final int ipi;
    final int wake;
    final int kick;
    final int size;

    /** The layout for the given numbers of slots; slots' generations count modulo the last. */
    public SchedLayout(int cores, int threads, int generations) {
        this.cores = cores;
        this.threads = threads;
        this.generations = generations;
        Words words = new Words();
        st = words.take(threads);
        gen = words.take(threads);
        base = words.take(threads);
        eff = words.take(threads);
        home = words.take(threads);
        rq = words.take(cores * (threads + 1));
        cur = words.take(cores);
        mode = words.take(cores);
        idle = words.take(cores);
        level = words.take(cores);
        ipi = words.take(cores);
        wake = words.take(cores * (threads + 1));
        kick = words.take(cores * cores);
        size = words.count();
    }

    /** Number of words of a state's window. */
    public int size() {
        return size;
    }
}
