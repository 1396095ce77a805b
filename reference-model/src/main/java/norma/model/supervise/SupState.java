package norma.model.supervise;

import java.util.List;
import norma.model.CanonicalText;
import norma.model.State;

/** The variables of {@code Supervision.tla}. */
public final class SupState extends State {
    // What a service does.
    static final int ABSENT = 0;
    static final int DOWN = 1;
    static final int WAITING = 2;
    static final int MAKING = 3;
    static final int STARTING = 4;
    static final int SERVING = 5;
    static final int ENDING = 6;
    static final int FAILED = 7;

    // What the operator wishes.
    static final int WISH_DOWN = 0;
    static final int WISH_UP = 1;
    static final int WISH_AGAIN = 2;

    // Of a back-off.
    static final int NO_REST = 0;
    static final int REST_ON = 1;
    static final int REST_OVER = 2;

    // Of a probe.
    static final int NO_PROBE = 0;
    static final int ASKED = 1;
    static final int TOLD = 2;

    // What a core brings.
    static final int NOTHING = 0;
    static final int DEATH = 1;
    static final int ANSWER = 2;

    private static final String[] SERVICES = {
        "none", "down", "waiting", "making", "starting", "serving", "ending", "failed"
    };
    private static final String[] WISHES = {"down", "up", "again"};
    private static final String[] RESTS = {"no", "on", "over"};
    private static final String[] PROBES = {"none", "asked", "told"};
    private static final String[] BROUGHT = {"none", "death", "answer"};
    private static final List<String> VARIABLES =
            List.of(
                    "about",
                    "brings",
                    "delay",
                    "deps",
                    "fit",
                    "late",
                    "launched",
                    "makes",
                    "parts",
                    "probe",
                    "rest",
                    "svc",
                    "used",
                    "wish");

    private final SupLayout at;

    SupState(SupLayout layout) {
        this(layout, new long[layout.size]);
        fill(at.fit, at.helpers, 1);
        fill(at.makes, at.helpers, NONE);
        fill(at.about, at.cores, NONE);
    }

    private SupState(SupLayout layout, long[] words) {
        super(words, 0, words.length);
        at = layout;
    }

    int svc(int service) {
        return get(at.svc + service);
    }

    int wish(int service) {
        return get(at.wish + service);
    }

    /** The services that a service needs, a bit each. */
    int deps(int service) {
        return get(at.deps + service);
    }

    boolean needs(int dependent, int needed) {
        return (deps(dependent) >> needed & 1) != 0;
    }

    int rest(int service) {
        return get(at.rest + service);
    }

    int delay(int service) {
        return get(at.delay + service);
    }

    int used(int service) {
        return get(at.used + service);
    }

    int parts(int service) {
        return get(at.parts + service);
    }

    int probe(int service) {
        return get(at.probe + service);
    }

    int launched(int service) {
        return get(at.launched + service);
    }

    boolean fit(int helper) {
        return get(at.fit + helper) != 0;
    }

    int makes(int helper) {
        return get(at.makes + helper);
    }

    int brings(int core) {
        return get(at.brings + core);
    }

    int about(int core) {
        return get(at.about + core);
    }

    boolean late(int core) {
        return get(at.late + core) != 0;
    }

    /** Whether a service has a process, or half of one. */
    boolean runs(int service) {
        int svc = svc(service);
        return svc == MAKING || svc == STARTING || svc == SERVING;
    }

    boolean occupied(int service) {
        return runs(service) || svc(service) == ENDING;
    }

    /** Whether a service's process executes. */
    boolean lives(int service) {
        return svc(service) == STARTING || svc(service) == SERVING;
    }

    void svc(int service, int value) {
        set(at.svc + service, value);
    }

    void wish(int service, int value) {
        set(at.wish + service, value);
    }

    void deps(int service, int set) {
        set(at.deps + service, set);
    }

    void rest(int service, int value) {
        set(at.rest + service, value);
    }

    void delay(int service, int value) {
        set(at.delay + service, value);
    }

    /** Counts one more restart. */
    void count(int service) {
        set(at.used + service, used(service) + 1);
        set(at.launched + service, launched(service) + 1);
    }

    /** Forgets the restarts that were counted. */
    void forgive(int service) {
        set(at.used + service, 0);
        set(at.launched + service, 0);
    }

    void parts(int service, int value) {
        set(at.parts + service, value);
    }

    void probe(int service, int value) {
        set(at.probe + service, value);
    }

    void fit(int helper, boolean value) {
        set(at.fit + helper, value ? 1 : 0);
    }

    void makes(int helper, int service) {
        set(at.makes + helper, service);
    }

    void brings(int core, int what, int service) {
        set(at.brings + core, what);
        set(at.about + core, service);
    }

    void late(int core, boolean value) {
        set(at.late + core, value ? 1 : 0);
    }

    @Override
    public SupState copy() {
        return new SupState(at, cloneWords());
    }

    @Override
    public List<String> variables() {
        return VARIABLES;
    }

    @Override
    public boolean write(String variable, CanonicalText out) {
        switch (variable) {
            case "about" -> out.function("core", c -> out.name("service", about(c)));
            case "brings" -> out.function("core", c -> out.text(BROUGHT[brings(c)]));
            case "delay" -> out.function("service", s -> out.number(delay(s)));
            case "deps" -> out.function("service", s -> out.set("service", d -> needs(s, d)));
            case "fit" -> out.function("helper", h -> out.truth(fit(h) ? 1 : 0));
            case "late" -> out.function("core", c -> out.truth(late(c) ? 1 : 0));
            case "launched" -> out.function("service", s -> out.number(launched(s)));
            case "makes" -> out.function("helper", h -> out.name("service", makes(h)));
            case "parts" -> out.function("service", s -> out.number(parts(s)));
            case "probe" -> out.function("service", s -> out.text(PROBES[probe(s)]));
            case "rest" -> out.function("service", s -> out.text(RESTS[rest(s)]));
            case "svc" -> out.function("service", s -> out.text(SERVICES[svc(s)]));
            case "used" -> out.function("service", s -> out.number(used(s)));
            case "wish" -> out.function("service", s -> out.text(WISHES[wish(s)]));
            default -> {
                return false;
            }
        }
        return true;
    }
}
