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

    // Phases of a job.
    static final int NO_PHASE = 0;
    static final int WORK = 1;
    static final int WAIT = 2;
    static final int FREEING = 3;

    static final String[] RIGHTS = {"none", "read", "write", "execute"};
    private static final String[] LIVES = {"free", "making", "live"};
    private static final String[] JOBS = {"none", "unmap", "protect", "copy", "fork"};
    private static final String[] PHASES = {"none", "work", "wait", "free"};
    private static final List<String> VARIABLES =
            List.of(
                    "area", "changer", "child", "dying", "frame", "hard", "job", "life", "need",
                    "phase", "queue", "refs", "root", "space", "span", "stale");

    private final SpaceLayout at;

    SpaceState(SpaceLayout layout) {
        this(layout, new long[layout.size]);
        fill(at.space, at.threads, NONE);
        fill(at.root, at.cores, NONE);
        fill(at.frame, at.spaces * at.pages, NONE);
        fill(at.changer, at.spaces, NONE);
        fill(at.child, at.spaces, NONE);
    }

    private SpaceState(SpaceLayout layout, long[] words) {
        super(words, 0, words.length);
        at = layout;
    }

    int life(int of) {
        return get(at.life + of);
    }

    int space(int thread) {
        return get(at.space + thread);
    }

    int root(int core) {
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

    int changer(int of) {
        return get(at.changer + of);
    }

    int job(int of) {
        return get(at.job + of);
    }

    int phase(int of) {
        return get(at.phase + of);
    }

    boolean span(int of, int page) {
        return get(at.span + of * at.pages + page) != 0;
    }

    int child(int of) {
        return get(at.child + of);
    }

    boolean need(int of, int core) {
        return get(at.need + of * at.cores + core) != 0;
    }

    boolean dying(int of, int frame) {
        return get(at.dying + of * at.frames + frame) != 0;
    }

    int queueLength(int of) {
        return listLength(at.queueOf(of));
    }

    int queued(int of, int place) {
        return listElement(at.queueOf(of), place);
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

    void span(int of, int page, boolean value) {
        set(at.span + of * at.pages + page, value ? 1 : 0);
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
        int list = at.queueOf(of);
        set(list + 1 + listLength(list), thread);
        set(list, listLength(list) + 1);
    }

    void removeFirst(int of) {
        int list = at.queueOf(of);
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

    @Override
    public SpaceState copy() {
        return new SpaceState(at, cloneWords());
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
            case "queue" -> out.function("space", s -> writeQueue(s, out));
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

    private void writeQueue(int of, CanonicalText out) {
        out.sequence(queueLength(of), i -> out.name("thread", queued(of, i)));
    }
}
