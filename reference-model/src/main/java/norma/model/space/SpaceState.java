package norma.model.space;

import java.util.List;
import norma.model.CanonicalText;
import norma.model.State;

/** The variables of {@code AddressSpace.tla}. */
public final class SpaceState extends State {
    // Of a space.
    static final int FREE = 0;
    static final int MAKING = 1;
    static final int LIVE = 2;

    // Rights in a table, and what a process may do with a page (NO_RIGHTS: it is None).
    static final int NO_RIGHTS = 0;
    static final int READ = 1;
    static final int WRITE = 2;
    static final int EXECUTE = 3;

    // Jobs.
    static final int NO_JOB = 0;
    static final int UNMAP = 1;
    static final int PROTECT = 2;
    static final int COPY = 3;
    static final int FORK = 4;
    static final int LEAVE = 5;

    // Phases of a job.
    static final int NO_PHASE = 0;
    static final int WORK = 1;
    static final int WAIT = 2;
    static final int FREEING = 3;

    static final String[] RIGHTS = {"none", "read", "write", "execute"};
    private static final String[] LIVES = {"free", "making", "live"};
    private static final String[] JOBS = {"none", "unmap", "protect", "copy", "fork", "leave"};
    private static final String[] PHASES = {"none", "work", "wait", "free"};
    private static final List<String> VARIABLES =
            List.of(
                    "area", "changer", "child", "dying", "frame", "hard", "job", "life", "need",
                    "phase", "refs", "root", "space", "span", "stale", "turns");

    private final SpaceLayout at;

    /** A window of an array that holds a machine of the given layout. */
    public SpaceState(SpaceLayout layout, long[] words, int base) {
        super(words, base, layout.size);
        at = layout;
    }

    /** Sets the initial values: a thread lives in the first space and runs on a core, or NONE. */
    public void reset(int thread, int core) {
        fill(0, at.size, 0);
        fill(at.space, at.threads, NONE);
        fill(at.root, at.cores, NONE);
        fill(at.frame, at.spaces * at.pages, NONE);
        fill(at.changer, at.spaces, NONE);
        fill(at.child, at.spaces, NONE);
        for (int of = 0; of < at.spaces; of++) {
            noSpan(of);
        }
        if (at.spaces > 0) {
            life(0, LIVE);
            if (thread != NONE) {
                space(thread, 0);
                root(core, 0);
            }
        }
    }

    int life(int of) {
        return get(at.life + of);
    }

    /** Space that a thread lives in, or NONE. */
    public int space(int thread) {
        return get(at.space + thread);
    }

    /** Space whose tables a core has loaded, or NONE: the kernel's. */
    public int root(int core) {
        return get(at.root + core);
    }

    int area(int of, int page) {
        return get(at.area + of * at.pages + page);
    }

    int frame(int of, int page) {
        return get(at.frame + of * at.pages + page);
    }

    int hard(int of, int page) {
        return get(at.hard + of * at.pages + page);
    }

    int refs(int frame) {
        return get(at.refs + frame);
    }

    /** Thread whose job changes a space, or NONE. */
    public int changer(int of) {
        return get(at.changer + of);
    }

    int job(int of) {
        return get(at.job + of);
    }

    int phase(int of) {
        return get(at.phase + of);
    }

    boolean span(int of, int page) {
        return spanFirst(of) <= page && page <= spanLast(of);
    }

    int spanFirst(int of) {
        return get(at.span + 2 * of);
    }

    int spanLast(int of) {
        return get(at.span + 2 * of + 1);
    }

    boolean hasSpan(int of) {
        return spanFirst(of) <= spanLast(of);
    }

    /** The space that the job of a space makes, or NONE. */
    public int child(int of) {
        return get(at.child + of);
    }

    boolean need(int of, int core) {
        return get(at.need + of * at.cores + core) != 0;
    }

    /** Whether a core has been asked to flush a space's translations and has not yet. */
    public boolean isAsked(int of, int core) {
        return need(of, core);
    }

    /** Whether no page of a range is mapped. */
    public boolean fits(int of, int lo, int hi) {
        boolean fits = true;
        for (int page = lo; page <= hi; page++) {
            fits &= area(of, page) == NO_RIGHTS;
        }
        return fits;
    }

    /** Whether every page of a range is mapped. */
    public boolean used(int of, int lo, int hi) {
        boolean used = true;
        for (int page = lo; page <= hi; page++) {
            used &= area(of, page) != NO_RIGHTS;
        }
        return used;
    }

    /** Whether every page of a range is mapped with the given protection. */
    public boolean protectedAs(int of, int lo, int hi, int protection) {
        boolean same = true;
        for (int page = lo; page <= hi; page++) {
            same &= area(of, page) == protection;
        }
        return same;
    }

    boolean dying(int of, int frame) {
        return get(at.dying + of * at.frames + frame) != 0;
    }

    /** Number of threads that wait for the end of a space's job. */
    public int waitingCount(int of) {
        return listLength(at.turnsOf(of));
    }

    /** A thread that waits for the end of a space's job. */
    public int waiting(int of, int place) {
        return listElement(at.turnsOf(of), place);
    }

    /** Whether a thread waits for the end of its space's job. */
    public boolean queued(int thread) {
        int of = space(thread);
        return of != NONE && waits(of, thread);
    }

    boolean waits(int of, int thread) {
        for (int i = 0; i < waitingCount(of); i++) {
            if (waiting(of, i) == thread) {
                return true;
            }
        }
        return false;
    }

    /** Whether a thread waits until its space is whole. */
    public boolean unborn(int thread) {
        int of = space(thread);
        return of != NONE && life(of) == MAKING;
    }

    /** Whether a thread is the only one to live in its space. */
    public boolean alone(int thread) {
        boolean alone = true;
        for (int other = 0; other < at.threads; other++) {
            alone &= other == thread || space(other) != space(thread);
        }
        return alone;
    }

    /** Whether nobody lives in a space. */
    public boolean deserted(int of) {
        return firstOf(of) == NONE;
    }

    /** The thread of the lowest number that lives in a space, or NONE. */
    public int firstOf(int of) {
        for (int thread = 0; thread < at.threads; thread++) {
            if (space(thread) == of) {
                return thread;
            }
        }
        return NONE;
    }

    /** Whether no page of a space is mapped. */
    public boolean unused(int of) {
        return fits(of, 0, at.pages - 1);
    }

    /** Whether nobody lives in a space any more and no core has its tables loaded. */
    public boolean freeDue(int of) {
        boolean left = life(of) == LIVE && deserted(of);
        for (int core = 0; core < at.cores; core++) {
            left &= root(core) != of;
        }
        return left;
    }

    boolean allFree() {
        boolean free = true;
        for (int of = 0; of < at.spaces; of++) {
            free &= life(of) == FREE;
        }
        return free;
    }

    /** Whether a copy is whole, and its first thread has not begun yet. */
    public boolean bearDue(int of) {
        boolean whole = life(of) == MAKING;
        for (int maker = 0; maker < at.spaces; maker++) {
            whole &= child(maker) != of;
        }
        return whole;
    }

    /** Whether the job of a space ends without an answer: who began it does the same again. */
    public boolean endsUnanswered(int of) {
        return job(of) == COPY || job(of) == LEAVE;
    }

    /** Whether a thread has a job. */
    public boolean working(int thread) {
        int of = space(thread);
        return of != NONE && changer(of) == thread;
    }

    /** Whether a thread waits until all cores have flushed that it has asked. */
    public boolean awaits(int thread) {
        return working(thread) && phase(space(thread)) == WAIT;
    }

    /** Whether all cores have flushed that a space's changer has asked. */
    public boolean releaseDue(int of) {
        boolean all = true;
        for (int core = 0; core < at.cores; core++) {
            all &= !need(of, core);
        }
        return phase(of) == WAIT && all;
    }

    /** Whether a critical section of a space may end. */
    public boolean quiet(int of) {
        return !releaseDue(of) && !admitDue(of) && !bearDue(of) && !freeDue(of);
    }

    /** Whether a core has been asked to flush and has not yet. */
    public boolean asked(int core) {
        return root(core) != NONE && need(root(core), core);
    }

    /** Whether somebody waits for the end of a job that has ended. */
    public boolean admitDue(int of) {
        return changer(of) == NONE && waitingCount(of) > 0;
    }

    boolean stale(int core, int translation) {
        return get(at.stale + core * at.translations + translation) != 0;
    }

    /** Whether a core may use a translation: it may have kept it, or its tables have it. */
    boolean cached(int core, int translation) {
        int of = root(core);
        int page = at.pageOf(translation);
        return stale(core, translation)
                || of != NONE
                        && frame(of, page) == at.frameOf(translation)
                        && hard(of, page) == at.rightsOf(translation);
    }

    void life(int of, int value) {
        set(at.life + of, value);
    }

    void space(int thread, int value) {
        set(at.space + thread, value);
    }

    void root(int core, int value) {
        set(at.root + core, value);
    }

    void area(int of, int page, int value) {
        set(at.area + of * at.pages + page, value);
    }

    /** Sets a page's entry in the table. */
    void entry(int of, int page, int frame, int rights) {
        set(at.frame + of * at.pages + page, frame);
        set(at.hard + of * at.pages + page, rights);
    }

    void refer(int frame, int change) {
        set(at.refs + frame, refs(frame) + change);
    }

    void changer(int of, int value) {
        set(at.changer + of, value);
    }

    void job(int of, int value) {
        set(at.job + of, value);
    }

    void phase(int of, int value) {
        set(at.phase + of, value);
    }

    void span(int of, int first, int last) {
        set(at.span + 2 * of, first);
        set(at.span + 2 * of + 1, last);
    }

    void noSpan(int of) {
        span(of, 0, NONE);
    }

    void child(int of, int value) {
        set(at.child + of, value);
    }

    void need(int of, int core, boolean value) {
        set(at.need + of * at.cores + core, value ? 1 : 0);
    }

    void dying(int of, int frame, boolean value) {
        set(at.dying + of * at.frames + frame, value ? 1 : 0);
    }

    void append(int of, int thread) {
        int list = at.turnsOf(of);
        set(list + 1 + listLength(list), thread);
        set(list, listLength(list) + 1);
    }

    void removeFirst(int of) {
        int list = at.turnsOf(of);
        int length = listLength(list);
        move(list + 2, list + 1, length - 1);
        set(list + length, 0);
        set(list, length - 1);
    }

    void outdated(int core, int translation) {
        set(at.stale + core * at.translations + translation, 1);
    }

    /** A core flushes: it has nothing that its tables do not say. */
    void flush(int core) {
        fill(at.stale + core * at.translations, at.translations, 0);
    }

    /** A copy that is no component of another machine's state. */
    @Override
    public SpaceState copy() {
        return new SpaceState(at, cloneWords(), base());
    }

    @Override
    public List<String> variables() {
        return VARIABLES;
    }

    @Override
    public boolean write(String variable, CanonicalText out) {
        switch (variable) {
            case "life" -> out.function("space", s -> out.text(LIVES[life(s)]));
            case "space" -> out.function("thread", t -> out.name("space", space(t)));
            case "root" -> out.function("core", c -> out.name("space", root(c)));
            case "area", "frame", "hard" -> writeTables(variable, out);
            case "refs" -> out.function("frame", f -> out.number(refs(f)));
            case "changer" -> out.function("space", s -> out.name("thread", changer(s)));
            case "job" -> out.function("space", s -> out.text(JOBS[job(s)]));
            case "phase" -> out.function("space", s -> out.text(PHASES[phase(s)]));
            case "span" -> out.function("space", s -> out.set("page", v -> span(s, v)));
            case "child" -> out.function("space", s -> out.name("space", child(s)));
            case "need" -> out.function("space", s -> out.set("core", c -> need(s, c)));
            case "dying" -> out.function("space", s -> out.set("frame", f -> dying(s, f)));
            case "turns" -> out.function("space", s -> writeTurns(s, out));
            case "stale" -> out.function("core", c -> out.set("translation", x -> stale(c, x)));
            default -> {
                return false;
            }
        }
        return true;
    }

    private void writeTables(String variable, CanonicalText out) {
        out.function(
                "space",
                s ->
                        out.function(
                                "page",
                                v -> {
                                    switch (variable) {
                                        case "area" -> out.text(areaText(area(s, v)));
                                        case "frame" -> out.name("frame", frame(s, v));
                                        default -> out.text(RIGHTS[hard(s, v)]);
                                    }
                                }));
    }

    private static String areaText(int area) {
        return area == NO_RIGHTS ? "None" : RIGHTS[area];
    }

    private void writeTurns(int of, CanonicalText out) {
        out.sequence(waitingCount(of), i -> out.name("thread", waiting(of, i)));
    }
}
