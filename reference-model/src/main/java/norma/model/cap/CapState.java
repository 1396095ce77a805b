package norma.model.cap;

import java.util.List;
import norma.model.CanonicalText;
import norma.model.State;

/** The variables of {@code Capability.tla}. */
public final class CapState extends State {
    // Of a process, and of a slot.
    static final int FREE = 0;
    static final int LIVE = 1;
    // Of a process.
    static final int DYING = 2;
    // Of a slot.
    static final int CLOSED = 2;
    static final int REVOKED = 3;

    private static final String[] TABLES = {"free", "live", "dying"};
    private static final String[] SLOTS = {"free", "live", "closed", "revoked"};
    private static final List<String> VARIABLES =
            List.of(
                    "badge", "count", "doomed", "object", "parent", "process", "rights", "serial",
                    "slot", "table", "using", "work");

    private final CapLayout at;

    CapState(CapLayout layout) {
        this(layout, new long[layout.size]);
        fill(at.process, at.threads, NONE);
        fill(at.object, at.handles, NONE);
        fill(at.badge, at.handles, NONE);
        fill(at.parent, at.handles, NONE);
        fill(at.work, at.threads, NONE);
        fill(at.useOf, at.threads, NONE);
    }

    private CapState(CapLayout layout, long[] words) {
        super(words, 0, words.length);
        at = layout;
    }

    int process(int thread) {
        return get(at.process + thread);
    }

    int table(int of) {
        return get(at.table + of);
    }

    int slot(int handle) {
        return get(at.slot + handle);
    }

    int serial(int handle) {
        return get(at.serial + handle);
    }

    int object(int handle) {
        return get(at.object + handle);
    }

    /** Rights of a handle, a bit each. */
    int rights(int handle) {
        return get(at.allowed + handle);
    }

    int badge(int handle) {
        return get(at.badge + handle);
    }

    /** The handle that a handle was made from; also of none there is none. */
    int parent(int handle) {
        return handle == NONE ? NONE : get(at.parent + handle);
    }

    int work(int thread) {
        return get(at.work + thread);
    }

    /** Slot of the handle that a thread uses, or none. */
    int useOf(int thread) {
        return get(at.useOf + thread);
    }

    int useSerial(int thread) {
        return get(at.useSerial + thread);
    }

    int useRight(int thread) {
        return get(at.useRight + thread);
    }

    int useObject(int thread) {
        return get(at.useObject + thread);
    }

    boolean useDone(int thread) {
        return get(at.useDone + thread) != 0;
    }

    int count(int of) {
        return get(at.count + of);
    }

    boolean doomed(int handle) {
        return get(at.doomed + handle) != 0;
    }

    /** Whether a handle is another one, or above it. */
    boolean isInLine(int handle, int above) {
        int up = handle;
        for (int i = 0; i <= at.maxDepth && up != NONE; i++) {
            if (up == above) {
                return true;
            }
            up = parent(up);
        }
        return false;
    }

    /** Whether who has a handle may use it: it is live, and none above it is revoked. */
    boolean usable(int handle) {
        int up = handle;
        for (int i = 0; i <= at.maxDepth && up != NONE; i++) {
            if (slot(up) == REVOKED) {
                return false;
            }
            up = parent(up);
        }
        return slot(handle) == LIVE;
    }

    boolean hasChildren(int handle) {
        for (int other = 0; other < at.handles; other++) {
            if (parent(other) == handle) {
                return true;
            }
        }
        return false;
    }

    int members(int of) {
        int members = 0;
        for (int thread = 0; thread < at.threads; thread++) {
            members += process(thread) == of ? 1 : 0;
        }
        return members;
    }

    void process(int thread, int value) {
        set(at.process + thread, value);
    }

    void table(int of, int value) {
        set(at.table + of, value);
    }

    void slot(int handle, int value) {
        set(at.slot + handle, value);
    }

    void parent(int handle, int value) {
        set(at.parent + handle, value);
    }

    void work(int thread, int value) {
        set(at.work + thread, value);
    }

    void doom(int handle) {
        set(at.doomed + handle, 1);
    }

    /** A free slot becomes a handle; {@code from} is what it is made from, or none. */
    void put(int handle, int of, int allowed, int badge, int from) {
        set(at.slot + handle, LIVE);
        set(at.object + handle, of);
        set(at.allowed + handle, allowed);
        set(at.badge + handle, badge);
        set(at.parent + handle, from);
        set(at.doomed + handle, from != NONE && doomed(from) ? 1 : 0);
        refer(of, 1);
    }

    /** A handle without children is no more. */
    void free(int handle) {
        refer(object(handle), -1);
        set(at.slot + handle, FREE);
        set(at.serial + handle, serial(handle) + 1);
        set(at.object + handle, NONE);
        set(at.allowed + handle, 0);
        set(at.badge + handle, NONE);
        set(at.parent + handle, NONE);
        set(at.doomed + handle, 0);
    }

    /** A thread begins to use a handle. */
    void use(int thread, int handle, int right) {
        set(at.useOf + thread, at.slotOf(handle));
        set(at.useSerial + thread, serial(handle));
        set(at.useRight + thread, right);
        set(at.useObject + thread, object(handle));
        refer(object(handle), 1);
    }

    void doUse(int thread) {
        set(at.useDone + thread, 1);
    }

    void endUse(int thread) {
        refer(useObject(thread), -1);
        set(at.useOf + thread, NONE);
        set(at.useSerial + thread, 0);
        set(at.useRight + thread, 0);
        set(at.useObject + thread, 0);
        set(at.useDone + thread, 0);
    }

    private void refer(int of, int change) {
        set(at.count + of, count(of) + change);
    }

    @Override
    public CapState copy() {
        return new CapState(at, cloneWords());
    }

    @Override
    public List<String> variables() {
        return VARIABLES;
    }

    @Override
    public boolean write(String variable, CanonicalText out) {
        switch (variable) {
            case "process" -> out.function("thread", t -> out.name("process", process(t)));
            case "table" -> out.function("process", p -> out.text(TABLES[table(p)]));
            case "work" -> out.function("thread", t -> out.name("handle", work(t)));
            case "using" -> out.function("thread", t -> writeUse(t, out));
            case "count" -> out.function("object", o -> out.number(count(o)));
            case "slot", "serial", "object", "rights", "badge", "parent", "doomed" ->
                    out.function(
                            "process",
                            p ->
                                    out.function(
                                            "slot",
                                            s -> writeHandle(variable, at.handle(p, s), out)));
            default -> {
                return false;
            }
        }
        return true;
    }

    private void writeHandle(String variable, int handle, CanonicalText out) {
        switch (variable) {
            case "slot" -> out.text(SLOTS[slot(handle)]);
            case "serial" -> out.number(serial(handle));
            case "object" -> out.name("object", object(handle));
            case "rights" -> out.name("rights", rights(handle));
            case "badge" -> out.name("badge", badge(handle));
            case "parent" -> out.name("handle", parent(handle));
            default -> out.truth(doomed(handle) ? 1 : 0);
        }
    }

    private void writeUse(int thread, CanonicalText out) {
        if (useOf(thread) == NONE) {
            out.text("None");
            return;
        }
        out.text("{done:").truth(useDone(thread) ? 1 : 0);
        out.text(",object:").name("object", useObject(thread));
        out.text(",right:").name("right", useRight(thread));
        out.text(",serial:").number(useSerial(thread));
        out.text(",slot:").name("slot", useOf(thread)).text("}");
    }
}
