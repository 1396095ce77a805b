package norma.kernel.sim.explore;

import java.util.List;
import norma.abi.Limits;
import norma.abi.Op;

/** Where the machine's own words lie behind the cells of the kernel's objects. */
final class Layout {
    /** What a core does: not started, in the kernel at a node, in user mode. */
    static final int OFF = 0;

    static final int KERNEL = 1;
    static final int USER = 2;

    final int cores;
    final int time;
    final int leaps;
    final int model;
    final int epochs;

    /** What is done to page tables is a write of this word, which keeps nothing. */
    final int tables;

    /** Words of {@link norma.kernel.sim.Translations}. */
    final int translations;

    final int count;
    private final int first;
    private final int users;

    private static final int CORE_WORDS = 6;
    private static final int USER_WORDS = 5 + Op.REGISTERS;

    /** {@code translationWords}: of page tables, or 0. */
    Layout(int kernelCells, int cores, int translationWords) {
        this.cores = cores;
        time = kernelCells;
        leaps = kernelCells + 1;
        model = kernelCells + 2;
        epochs = kernelCells + 3;
        first = kernelCells + 4;
        users = first + CORE_WORDS * cores;
        tables = users + USER_WORDS * Limits.THREADS;
        translations = tables + 1;
        count = translationWords == 0 ? tables : translations + translationWords;
    }

    int mode(int core) {
        return first + CORE_WORDS * core;
    }

    /** Number of the node that a core in the kernel is at. */
    int node(int core) {
        return mode(core) + 1;
    }

    /** Thread that a core in user mode runs. */
    int thread(int core) {
        return mode(core) + 2;
    }

    /** Is an IPI pending? */
    int ipi(int core) {
        return mode(core) + 3;
    }

    /** Time of a core's timer. */
    int timer(int core) {
        return mode(core) + 4;
    }

    /** Number of the list of the core's records that are kept. */
    int kept(int core) {
        return mode(core) + 5;
    }

    /** One more than the program of a thread, or 0. */
    int program(int thread) {
        return users + USER_WORDS * thread;
    }

    /** Operation that a thread is at. */
    int place(int thread) {
        return program(thread) + 1;
    }

    /** Is a system call under way? 1 plus its number. */
    int call(int thread) {
        return program(thread) + 2;
    }

    /** What the model says that the call returns. */
    int answer(int thread) {
        return program(thread) + 3;
    }

    int answerWord(int thread) {
        return program(thread) + 4;
    }

    int register(int thread, int number) {
        return program(thread) + 5 + number;
    }

    /**
     * Can time make a difference to who uses the word? Timers fire for nobody in particular; and
     * user mode reaches translations without a lock.
     */
    boolean timed(int cell) {
        boolean timer = cell == time || cell >= tables;
        for (int core = 0; core < cores; core++) {
            timer |= cell == timer(core) || cell == ipi(core);
        }
        return timer;
    }

    /** Is the word's value the same in every kernel that does the same: no number of a place? */
    boolean outside(int cell) {
        boolean numbers = cell == model || cell == epochs;
        for (int core = 0; core < cores; core++) {
            numbers |= cell == node(core) || cell == kept(core);
        }
        return cell >= time && !numbers;
    }

    /** For people: the name of a machine's word. */
    String name(int cell) {
        if (cell >= tables) {
            return cell == tables ? "page tables" : "translation word " + (cell - translations);
        }
        if (cell >= users) {
            int at = (cell - users) % USER_WORDS;
            return "thread " + (cell - users) / USER_WORDS + " word " + at;
        }
        if (cell >= first) {
            int at = (cell - first) % CORE_WORDS;
            String[] names = {"mode", "node", "thread", "ipi", "timer", "kept"};
            return "core " + (cell - first) / CORE_WORDS + " " + names[at];
        }
        return List.of("time", "leaps", "model", "epochs").get(cell - time);
    }
}
