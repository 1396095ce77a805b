package norma.conformance.check;

import norma.abi.Code;
import norma.abi.Event;
import norma.abi.Record;

/**
 * What a run exercised, counted from its events: one counter per action, and the facts that the
 * workload's minimums speak of.
 */
public final class Counts {
    private static final int ROW = 9;

    private final long[] kinds = new long[Event.LIMIT];
    private final int[] caller = new int[1 << 12];
    private long events;
    private long crossCoreCalls;
    private long servedCalls;
    private long tagWaits;
    private long servedGrants;

    /** Counts an accepted event. */
    void add(EventView e) {
        int kind = e.kind();
        kinds[kind]++;
        events++;
        if (kind == Event.CALL) {
            caller[e.p(0)] = e.core();
            if (e.code() == Code.TAGWAIT) {
                tagWaits++;
            }
        } else if (kind == Event.GRANT && e.code() == Code.SERVED) {
            servedGrants++;
        } else if (kind == Event.REPLY && e.code() == Code.OK) {
            int answered = (int) (e.words[3] >>> 16) & 0xffff;
            servedCalls++;
            if (answered != Record.NONE && caller[answered] != e.core()) {
                crossCoreCalls++;
            }
        }
    }

    /** Counts an object's snapshot, or a core's mark: records, but no events. */
    void addSnapshot(int kind) {
        kinds[kind]++;
    }

    /** Events of all kinds. */
    public long events() {
        return events;
    }

    /** Events of one kind. */
    public long of(int kind) {
        return kinds[kind];
    }

    /** Calls answered on another core than they were made on. */
    public long crossCoreCalls() {
        return crossCoreCalls;
    }

    /** Calls answered. */
    public long servedCalls() {
        return servedCalls;
    }

    /** Calls that had to wait for a tag. */
    public long tagWaits() {
        return tagWaits;
    }

    /** Tags granted together with a server thread that was waiting for a call. */
    public long servedGrants() {
        return servedGrants;
    }

    /** Did any event touch an address space? */
    private boolean spaces() {
        for (int kind = Event.MAP; kind < Event.LIMIT; kind++) {
            if (kinds[kind] > 0) {
                return true;
            }
        }
        return false;
    }

    /** The counts as lines of {@code name=value}, the same for a live run and for a saved trace. */
    public String text() {
        StringBuilder text = new StringBuilder("counts");
        int shown = 0;
        for (int kind = 1; kind < Event.LIMIT; kind++) {
            if (!Event.isAction(kind) || kind >= Event.MAP && !spaces()) {
                continue;
            }
            if (shown % ROW == 0) {
                text.append(shown == 0 ? "" : "\ncounts");
            }
            shown++;
            text.append(' ').append(EventView.name(kind)).append('=').append(kinds[kind]);
        }
        text.append("\ncounts ServedCalls=").append(servedCalls);
        text.append(" CrossCoreCalls=").append(crossCoreCalls);
        text.append(" TagWaits=").append(tagWaits);
        long percent = servedCalls == 0 ? 0 : 100 * crossCoreCalls / servedCalls;
        text.append(" CrossCorePercent=").append(percent);
        text.append(" Mark=").append(kinds[Event.MARK]);
        text.append(" Snapshot=").append(kinds[Event.SNAPSHOT]);
        if (kinds[Event.LOCK_TAKE] > 0) {
            text.append(" LockTake=").append(kinds[Event.LOCK_TAKE]);
        }
        return text.toString();
    }
}
