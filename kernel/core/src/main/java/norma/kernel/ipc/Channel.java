// Contract: a synchronous IPC endpoint: tags, queue, waiters, receivers, servers.
// Spec: Ipc.tla alive inc own queue waiters receivers; Boost, Free, Drained.
// Lock: `lock` guards everything here. Invariants (spec): TagsConserved, QueueExact,
// NoSleepWithWork, DeadIsClean.
package norma.kernel.ipc;

import norma.abi.Event;
import norma.abi.Limits;
import norma.abi.Record;
import norma.abi.Snapshot;
import norma.kernel.lang.Recorder;
import norma.kernel.lang.TicketLock;
import norma.kernel.lang.Tracked;
import norma.kernel.thread.Thread;
import norma.kernel.thread.ThreadList;
import norma.quals.GuardedBy;
import norma.quals.Holding;
import norma.quals.Modelled;
import norma.quals.NoAlloc;
import org.checkerframework.checker.nullness.qual.Nullable;
import org.checkerframework.common.value.qual.ArrayLen;
import org.checkerframework.common.value.qual.IntRange;

/** A channel; the operations on it are in {@link Ipc}. */
@NoAlloc
public final class Channel extends Tracked {
    /** What a tag is used for. */
    static final int FREE = 0;

    /** Held by a call that no server thread has received. */
    static final int PENDING = 1;

    /** Held by a call that a server thread has received. */
    static final int RECEIVED = 2;

    /** The caller is gone, the server has not replied yet. */
    static final int ORPHAN = 3;

    private static final int ALL_TAGS = (1 << Limits.TAGS) - 1;

    /** Slot number. */
    public final int index;

    /** Guards this channel. */
    public final TicketLock lock;

    @Modelled boolean live = true;
    @Modelled int incarnation;

    // The checkers do not see the value of a constant of the ABI.
    @SuppressWarnings({"index", "value"})
    @Modelled
    final int @ArrayLen(Limits.TAGS) [] use = new int[Limits.TAGS];

    // The checkers do not see the value of a constant of the ABI.
    @SuppressWarnings({"index", "value"})
    @Modelled
    final @Nullable Thread @ArrayLen(Limits.TAGS) [] owner = new @Nullable Thread[Limits.TAGS];

    /** Tags whose use is not {@link #FREE}, as a bit set. */
    private int tagsInUse;

    /** Tags not yet received, oldest first: a ring. */
    @Modelled
    @GuardedBy("Channel.lock")
    @SuppressWarnings({"index", "value"}) // As above.
    private final @IntRange(from = 0, to = Limits.TAGS - 1) int @ArrayLen(Limits.TAGS) [] queue =
            new @IntRange(from = 0, to = Limits.TAGS - 1) int[Limits.TAGS];

    private int queueFirst;
    private int queueCount;

    /** Threads that wait for a tag, oldest first. */
    final ThreadList waiters = new ThreadList();

    /** Threads that wait for a call, oldest first. */
    final ThreadList receivers = new ThreadList();

    /** Outstanding callers per donated priority. */
    // The checkers do not see the value of a constant of the ABI.
    @SuppressWarnings({"index", "value"})
    private final int @ArrayLen(Limits.PRIORITIES) [] donations = new int[Limits.PRIORITIES];

    /** Most urgent donated priority, or 0 (spec: Boost). */
    private @IntRange(from = 0, to = Limits.PRIORITIES - 1) int boost;

    /** Threads that serve this channel, of whatever incarnation. */
    private @Nullable Thread servers;

    /** Boost that every server's priority has been settled for; -1 when servers changed. */
    private int settled;

    /** A live channel of incarnation 0 without servers. */
    public Channel(int index) {
        super(Record.object(Record.CHANNEL, index));
        this.index = index;
        this.lock = new TicketLock(TicketLock.CHANNEL_ORDER, index);
    }

    @Override
    @Holding("Channel.lock")
    public void snapshot(Recorder recorder) {
        int listed = waiters.count() + receivers.count();
        recorder.begin(Event.SNAPSHOT, touched(), 2 + Snapshot.listParts(listed));
        recorder.part(
                (live ? 1 : 0)
                        | queueCount << 8
                        | (long) waiters.count() << 16
                        | (long) receivers.count() << 32
                        | (long) incarnation << 48,
                queued(),
                bytes(use),
                owners(0),
                owners(Limits.TAGS / 2));
        long serving = 0;
        for (Thread server = servers; server != null; server = server.nextServer) {
            serving |= 1L << server.index;
        }
        recorder.part(bytes(donations), serving, tagsInUse | boost << 8, 0, 0);
        waiters.list(recorder);
        receivers.list(recorder);
        recorder.end();
    }

    /** The queued tags, a byte each, oldest first. */
    @Holding("Channel.lock")
    @SuppressWarnings("index") // Masked with TAGS - 1.
    private long queued() {
        long packed = 0;
        for (int i = 0; i < queueCount; i++) {
            packed |= (long) queue[(queueFirst + i) & (Limits.TAGS - 1)] << 8 * i;
        }
        return packed;
    }

    private static long bytes(int[] small) {
        long packed = 0;
        for (int i = 0; i < small.length; i++) {
            packed |= (long) small[i] << 8 * i;
        }
        return packed;
    }

    @SuppressWarnings("index") // Half of the tags, from 0 or from the middle.
    private long owners(int first) {
        long packed = 0;
        for (int i = 0; i < Limits.TAGS / 2; i++) {
            Thread thread = owner[first + i];
            packed |= (thread == null ? Record.NONE : thread.index & 0xffffL) << 16 * i;
        }
        return packed;
    }

    /** Lowest free tag, or NONE. */
    int freeTag() {
        return tagsInUse == ALL_TAGS ? Record.NONE : Integer.numberOfTrailingZeros(~tagsInUse);
    }

    /** Lowest tag in use, or NONE. */
    int usedTag() {
        return tagsInUse == 0 ? Record.NONE : Integer.numberOfTrailingZeros(tagsInUse);
    }

    /** A tag is given to a call. */
    @Holding("Channel.lock")
    void occupy(@IntRange(from = 0, to = Limits.TAGS - 1) int tag, Thread caller) {
        owner[tag] = caller;
        tagsInUse |= 1 << tag;
    }

    /** A tag can be given to another call. */
    @Holding("Channel.lock")
    void free(@IntRange(from = 0, to = Limits.TAGS - 1) int tag) {
        use[tag] = FREE;
        owner[tag] = null;
        tagsInUse &= ~(1 << tag);
    }

    /** May a new call take a tag at once (spec: TakesTag)? */
    boolean takesTag() {
        return waiters.isEmpty() && tagsInUse != ALL_TAGS;
    }

    /** Is nothing outstanding (spec: Drained)? */
    boolean drained() {
        return tagsInUse == 0 && waiters.isEmpty() && receivers.isEmpty();
    }

    /** Is {@code thread} a server thread of the living incarnation (spec: Attached)? */
    boolean attached(Thread thread) {
        return live && thread.attached == incarnation;
    }

    int queueLength() {
        return queueCount;
    }

    @Holding("Channel.lock")
    @SuppressWarnings("index") // The ring's position is masked.
    void append(@IntRange(from = 0, to = Limits.TAGS - 1) int tag) {
        assert queueCount < Limits.TAGS : "a queued call holds a tag";
        queue[(queueFirst + queueCount) & (Limits.TAGS - 1)] = tag;
        queueCount++;
    }

    @Holding("Channel.lock")
    @SuppressWarnings("index") // The ring's position is masked.
    @IntRange(from = 0, to = Limits.TAGS - 1)
    int takeFirst() {
        assert queueCount > 0 : "a call is queued";
        int tag = queue[queueFirst];
        queueFirst = (queueFirst + 1) & (Limits.TAGS - 1);
        queueCount--;
        return tag;
    }

    /** Takes a queued tag out of the middle. */
    @Holding("Channel.lock")
    @SuppressWarnings("index") // The ring's positions are masked.
    void withdraw(int tag) {
        int kept = 0;
        for (int i = 0; i < queueCount; i++) {
            int other = queue[(queueFirst + i) & (Limits.TAGS - 1)];
            if (other != tag) {
                queue[(queueFirst + kept) & (Limits.TAGS - 1)] = other;
                kept++;
            }
        }
        queueCount = kept;
    }

    /** Counts a donation in. */
    void donate(@IntRange(from = 0, to = Limits.PRIORITIES - 1) int priority) {
        donations[priority]++;
        if (priority > boost) {
            boost = priority;
        }
    }

    /** Counts a donation out. */
    @SuppressWarnings("index") // Only of calls, and a call has donated.
    void withdrawDonation(int priority) {
        donations[priority]--;
        assert donations[priority] >= 0 : "donations balance";
        while (boost > 0 && donations[boost] == 0) {
            boost--;
        }
    }

    /** Priority that server thread {@code thread} must run at (spec: Target). */
    @IntRange(from = 0, to = Limits.PRIORITIES - 1)
    int target(Thread thread) {
        return attached(thread) && boost > thread.base ? boost : thread.base;
    }

    @Nullable Thread servers() {
        return servers;
    }

    void addServer(Thread thread) {
        thread.nextServer = servers;
        servers = thread;
        settled = -1;
    }

    void removeServer(Thread thread) {
        Thread before = null;
        Thread at = servers;
        while (at != null && at != thread) {
            before = at;
            at = at.nextServer;
        }
        assert at == thread : "a server is listed at its channel";
        if (before == null) {
            servers = thread.nextServer;
        } else {
            before.nextServer = thread.nextServer;
        }
        thread.nextServer = null;
    }

    /** Servers' targets may have changed otherwise than by the boost. */
    void unsettle() {
        settled = -1;
    }

    /** Must server priorities be compared with their targets? Notes that they will be. */
    boolean beginSettling() {
        int boost = this.boost;
        if (boost == settled) {
            return false;
        }
        settled = boost;
        return true;
    }
}
