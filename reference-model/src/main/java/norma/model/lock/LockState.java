package norma.model.lock;

import java.util.List;
import norma.model.CanonicalText;
import norma.model.State;
import norma.model.Words;

/** The variables of {@code TicketLock.tla}; a context is {@code core * LEVELS + level}. */
public final class LockState extends State {
    /** Contexts per core: the interrupt handler and the thread. */
    public static final int LEVELS = 2;

    /** Level of the interrupt handler. */
    public static final int HANDLER = 0;

    /** Level of the thread. */
    public static final int THREAD = 1;

    static final int IDLE = 0;
    static final int MASKED = 1;
    static final int WAITING = 2;
    static final int HOLDING = 3;

    private static final String[] PHASES = {"idle", "masked", "waiting", "holding"};
    private static final List<String> VARIABLES =
            List.of("next", "owner", "phase", "ticket", "unmasked");

    private final int cores;
    private final int next;
    private final int owner;
    private final int ticket;
    private final int phase;
    private final int unmasked;

    LockState(int cores) {
        this(cores, new long[words(cores)]);
    }

    private LockState(int cores, long[] words) {
        super(words, 0, words.length);
        this.cores = cores;
        Words layout = new Words();
        next = layout.take(1);
        owner = layout.take(1);
        ticket = layout.take(cores * LEVELS);
        phase = layout.take(cores * LEVELS);
        unmasked = layout.take(cores);
    }

    private static int words(int cores) {
        return 2 + cores * (2 * LEVELS + 1);
    }

    static int context(int core, int level) {
        return core * LEVELS + level;
    }

    /** Next ticket to give out. */
    public int next() {
        return get(next);
    }

    /** Ticket being served. */
    public int owner() {
        return get(owner);
    }

    /** Ticket drawn by a context, 0 when none. */
    public int ticket(int context) {
        return get(ticket + context);
    }

    int phase(int context) {
        return get(phase + context);
    }

    boolean unmasked(int core) {
        return get(unmasked + core) != 0;
    }

    void next(int value) {
        set(next, value);
    }

    void owner(int value) {
        set(owner, value);
    }

    void ticket(int context, int value) {
        set(ticket + context, value);
    }

    void phase(int context, int value) {
        set(phase + context, value);
    }

    void unmasked(int core, boolean value) {
        set(unmasked + core, value ? 1 : 0);
    }

    @Override
    public LockState copy() {
        return new LockState(cores, cloneWords());
    }

    @Override
    public List<String> variables() {
        return VARIABLES;
    }

    @Override
    public boolean write(String variable, CanonicalText out) {
        switch (variable) {
            case "next" -> out.number(next());
            case "owner" -> out.number(owner());
            case "ticket" -> contexts(out, ticket, false);
            case "phase" -> contexts(out, phase, true);
            case "unmasked" -> out.function("core", c -> out.truth(get(unmasked + c)));
            default -> {
                return false;
            }
        }
        return true;
    }

    private void contexts(CanonicalText out, int field, boolean phases) {
        out.function(
                "core",
                c ->
                        out.function(
                                "level",
                                l -> {
                                    int value = get(field + context(c, l));
                                    if (phases) {
                                        out.text(PHASES[value]);
                                    } else {
                                        out.number(value);
                                    }
                                }));
    }
}
