package norma.model.checkpoint;

import java.util.List;
import norma.model.CanonicalText;
import norma.model.State;

/**
 * The variables of {@code Checkpoint.tla}. What the rings hold is apart by kind: a core's events
 * and markers, and the snapshots of an object.
 */
public final class CheckpointState extends State {
    static final int USER = 0;
    static final int HALT = 1;
    static final int ENTRY = 2;
    static final int BEHIND = 3;
    static final int KERNEL = 4;

    static final int MARKER = 1;
    static final int SNAPSHOT = 2;
    static final int EVENT = 3;

    // Fields of markers and snapshots.
    static final int EPOCH = 0;
    static final int FROM = 1;
    static final int OBJECT = 1;
    static final int VER = 2;
    static final int VAL = 3;

    private static final String[] MODES = {"user", "halt", "entry", "behind", "kernel"};
    private static final List<String> VARIABLES =
            List.of(
                    "armed", "cep", "epoch", "met", "mode", "request", "ring", "stamp", "val",
                    "ver", "waiting");

    private final CheckpointLayout at;

    CheckpointState(CheckpointLayout layout) {
        this(layout, new long[layout.size]);
    }

    private CheckpointState(CheckpointLayout layout, long[] words) {
        super(words, 0, words.length);
        at = layout;
    }

    int epoch() {
        return get(at.epoch);
    }

    boolean request() {
        return get(at.request) != 0;
    }

    boolean met(int core) {
        return get(at.met + core) != 0;
    }

    int mode(int core) {
        return get(at.mode + core);
    }

    boolean waiting(int core) {
        return get(at.waiting + core) != 0;
    }

    boolean armed(int core) {
        return get(at.armed + core) != 0;
    }

    int cep(int core) {
        return get(at.cep + core);
    }

    int stamp(int object) {
        return get(at.stamp + object);
    }

    int ver(int object) {
        return get(at.ver + object);
    }

    int val(int object) {
        return get(at.val + object);
    }

    /** Number of records in a core's ring. */
    int length(int core) {
        return get(at.length + core);
    }

    boolean is(int kind, int core, int index) {
        return get(at.kind(core, index)) == kind;
    }

    int field(int core, int index, int field) {
        return get(at.field(core, index, field));
    }

    void epoch(int value) {
        set(at.epoch, value);
    }

    void request(boolean value) {
        set(at.request, value ? 1 : 0);
    }

    void met(int core, boolean value) {
        set(at.met + core, value ? 1 : 0);
    }

    void mode(int core, int value) {
        set(at.mode + core, value);
    }

    void waiting(int core, boolean value) {
        set(at.waiting + core, value ? 1 : 0);
    }

    void armed(int core, boolean value) {
        set(at.armed + core, value ? 1 : 0);
    }

    void cep(int core, int value) {
        set(at.cep + core, value);
    }

    void stamp(int object, int value) {
        set(at.stamp + object, value);
    }

    void ver(int object, int value) {
        set(at.ver + object, value);
    }

    void val(int object, int value) {
        set(at.val + object, value);
    }

    /** Sets a field of the record that a core is writing. */
    void put(int core, int field, int value) {
        set(at.field(core, length(core), field), value);
    }

    /** The record that a core has been writing is whole. */
    void append(int core, int kind) {
        set(at.kind(core, length(core)), kind);
        set(at.length + core, length(core) + 1);
    }

    @Override
    public CheckpointState copy() {
        return new CheckpointState(at, cloneWords());
    }

    @Override
    public List<String> variables() {
        return VARIABLES;
    }

    @Override
    public boolean write(String variable, CanonicalText out) {
        switch (variable) {
            case "epoch" -> out.number(epoch());
            case "request" -> out.truth(get(at.request));
            case "met" -> out.set("core", this::met);
            case "mode" -> out.function("core", c -> out.text(MODES[mode(c)]));
            case "waiting" -> out.function("core", c -> out.truth(get(at.waiting + c)));
            case "armed" -> out.function("core", c -> out.truth(get(at.armed + c)));
            case "cep" -> out.function("core", c -> out.number(cep(c)));
            case "stamp" -> out.function("object", o -> out.number(stamp(o)));
            case "ver" -> out.function("object", o -> out.number(ver(o)));
            case "val" -> out.function("object", o -> out.number(val(o)));
            case "ring" -> out.function("core", c -> writeRing(c, out));
            default -> {
                return false;
            }
        }
        return true;
    }

    private void writeRing(int core, CanonicalText out) {
        out.sequence(
                length(core),
                i -> {
                    switch (get(at.kind(core, i))) {
                        case MARKER -> writeMarker(core, i, out);
                        case SNAPSHOT -> writeSnapshot(core, i, out);
                        default -> writeEvent(core, i, out);
                    }
                });
    }

    private void writeMarker(int core, int index, CanonicalText out) {
        out.text("{epoch:").number(field(core, index, EPOCH));
        out.text(",from:").number(field(core, index, FROM));
        out.text(",kind:marker}");
    }

    private void writeSnapshot(int core, int index, CanonicalText out) {
        out.text("{epoch:").number(field(core, index, EPOCH));
        out.text(",kind:snapshot,object:").name("object", field(core, index, OBJECT));
        out.text(",val:").number(field(core, index, VAL));
        out.text(",ver:").number(field(core, index, VER)).text("}");
    }

    private void writeEvent(int core, int index, CanonicalText out) {
        out.text("{kind:event,vers:");
        out.function("object", o -> out.number(field(core, index, o))).text("}");
    }
}
