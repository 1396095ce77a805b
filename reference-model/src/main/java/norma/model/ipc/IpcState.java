package norma.model.ipc;

import java.util.List;
import norma.model.CanonicalText;
import norma.model.State;

/**
 * The variables of {@code Ipc.tla}.
 *
 * <p>Invariants of the encoding: call data of a thread that has no call outstanding is zero (or
 * {@link #NONE}), so are result words that the result's code does not use, and queue slots behind a
 * queue's length.
 */
public final class IpcState extends State {
    /** No operation in progress. */
    public static final int IDLE = 0;

    /** Calling, without a tag. */
    public static final int TAG_WAIT = 1;

    /** Calling, with a tag, not yet received. */
    public static final int QUEUED = 2;

    /** Calling, received and not yet answered. */
    public static final int SERVED = 3;

    /** Blocked in Receive. */
    public static final int RECEIVING = 4;

    /** Operation finished, result not yet returned to user mode. */
    public static final int DONE = 5;

    /** Owner of a tag whose caller is gone and whose reply has not come. */
    public static final int ORPHAN = -2;

    static final int LIVE = 0;
    static final int DYING = 1;

    private static final String[] PHASES = {
        "idle", "tagwait", "queued", "served", "receiving", "done"
    };
    private static final List<String> VARIABLES =
            List.of(
                    "alive",
                    "att",
                    "chan",
                    "don",
                    "inc",
                    "ipc",
                    "msg",
                    "own",
                    "queue",
                    "receivers",
                    "res",
                    "srv",
                    "timed",
                    "view",
                    "waiters");

    private final IpcLayout at;

    /** A window of an array that holds an IPC machine of the given layout. */
    public IpcState(IpcLayout layout, long[] words, int base) {
        super(words, base, layout.size());
        at = layout;
    }

    /** Sets the initial values. */
    public void reset() {
        fill(0, at.size, 0);
        fill(at.chan, at.threads, NONE);
        fill(at.don, at.threads, NONE);
        fill(at.srv, at.threads, NONE);
        fill(at.att, at.threads, NONE);
        fill(at.own, at.channels * at.tags, NONE);
        fill(at.view, at.channels * at.tags, NONE);
    }

    // --- reading: threads ---------------------------------------------------------------

    /** Phase of a thread's operation, one of the constants above. */
    public int ipc(int thread) {
        return get(at.ipc + thread);
    }

    /** Channel that a thread is blocked on, or NONE. */
    public int chan(int thread) {
        return get(at.chan + thread);
    }

    /** Payload of a thread's outstanding call. */
    public long msg(int thread) {
        return word(at.msg + thread);
    }

    /** Priority donated with a thread's outstanding call, or NONE. */
    public int don(int thread) {
        return get(at.don + thread);
    }

    /** Whether a thread's outstanding call has a deadline. */
    public boolean timed(int thread) {
        return get(at.timed + thread) != 0;
    }

    /** Code of the result that a thread has not yet returned with. */
    public ResultCode resultCode(int thread) {
        return ResultCode.of(get(at.resCode + thread));
    }

    /** Tag of a received message. */
    public int resultTag(int thread) {
        return get(at.resTag + thread);
    }

    /** Caller of a received message. */
    public int resultCaller(int thread) {
        return get(at.resCaller + thread);
    }

    /** Payload of a received message or of an answer. */
    public long resultWord(int thread) {
        return word(at.resWord + thread);
    }

    /** Channel that a thread serves, or NONE. */
    public int srv(int thread) {
        return get(at.srv + thread);
    }

    /** Incarnation that a thread is attached to, or NONE. */
    public int att(int thread) {
        return get(at.att + thread);
    }

    /** Whether a thread has a call outstanding. */
    public boolean calling(int thread) {
        int phase = ipc(thread);
        return phase >= TAG_WAIT && phase <= SERVED;
    }

    /** Whether a thread is a server thread of the channel's present, live incarnation. */
    public boolean attached(int thread, int channel) {
        return channel != NONE && live(channel) && att(thread) == inc(channel);
    }

    /** Tag that a thread's call holds at a channel, or NONE. */
    public int tagOf(int thread, int channel) {
        for (int tag = 0; tag < at.tags; tag++) {
            if (own(channel, tag) == thread) {
                return tag;
            }
        }
        return NONE;
    }

    // --- reading: channels --------------------------------------------------------------

    /** Whether the server of a channel lives. */
    public boolean live(int channel) {
        return get(at.alive + channel) == LIVE;
    }

    /** Incarnation of a channel. */
    public int inc(int channel) {
        return get(at.inc + channel);
    }

    /** Thread whose call holds a tag, ORPHAN or NONE. */
    public int own(int channel, int tag) {
        return get(at.own + channel * at.tags + tag);
    }

    /** Caller that the server was told for a tag, or NONE. */
    public int view(int channel, int tag) {
        return get(at.view + channel * at.tags + tag);
    }

    /** Number of calls not yet received. */
    public int queueLength(int channel) {
        return get(queue(channel));
    }

    /** Tag at a place of the queue of calls not yet received. */
    public int queued(int channel, int place) {
        return get(queue(channel) + 1 + place);
    }

    /** Number of threads waiting for a tag. */
    public int waiterCount(int channel) {
        return get(waiters(channel));
    }

    /** Thread at a place of the queue for tags. */
    public int waiter(int channel, int place) {
        return get(waiters(channel) + 1 + place);
    }

    /** Number of threads blocked in Receive. */
    public int receiverCount(int channel) {
        return get(receivers(channel));
    }

    /** Thread at a place of the queue of receivers. */
    public int receiver(int channel, int place) {
        return get(receivers(channel) + 1 + place);
    }

    /** Lowest free tag, or NONE. */
    public int freeTag(int channel) {
        return tagOf(NONE, channel);
    }

    /** Lowest tag in use, or NONE. */
    public int usedTag(int channel) {
        for (int tag = 0; tag < at.tags; tag++) {
            if (own(channel, tag) != NONE) {
                return tag;
            }
        }
        return NONE;
    }

    /** Whether nobody is blocked at a channel and no tag is in use. */
    public boolean drained(int channel) {
        return usedTag(channel) == NONE && waiterCount(channel) == 0 && receiverCount(channel) == 0;
    }

    /** Most urgent priority donated to a channel. */
    public int boost(int channel) {
        int boost = 0;
        for (int tag = 0; tag < at.tags; tag++) {
            int caller = own(channel, tag);
            if (caller >= 0) {
                boost = Math.max(boost, don(caller));
            }
        }
        int waiting = waiterCount(channel);
        for (int place = 0; place < waiting; place++) {
            boost = Math.max(boost, don(waiter(channel, place)));
        }
        return boost;
    }

    /** Priority that a thread must run at, {@code base} being its own. */
    public int target(int thread, int base) {
        int channel = srv(thread);
        return attached(thread, channel) ? Math.max(base, boost(channel)) : base;
    }

    /** First thread after {@code after} that serves a channel, or NONE. */
    public int nextServer(int channel, int after) {
        int thread = after + 1;
        int word = thread / IpcLayout.SET_BITS;
        if (word >= at.setWords) {
            return NONE;
        }
        int bits = get(serverSet(channel, word)) & -1 << thread % IpcLayout.SET_BITS;
        while (bits == 0) {
            if (++word >= at.setWords) {
                return NONE;
            }
            bits = get(serverSet(channel, word));
        }
        return word * IpcLayout.SET_BITS + Integer.numberOfTrailingZeros(bits);
    }

    /** Whether a waiter can have a tag. */
    public boolean grantDue(int channel) {
        return waiterCount(channel) > 0 && live(channel) && freeTag(channel) != NONE;
    }

    /** Whether a victim of the server's death is to be released. */
    public boolean failDue(int channel) {
        return !live(channel) && !drained(channel);
    }

    // --- who blocks and who is woken: in the state before the action ----------------------

    /** Whether a call gets a tag at once. */
    public boolean takesTag(int channel) {
        return waiterCount(channel) == 0 && freeTag(channel) != NONE;
    }

    /** Thread that a call wakes, or NONE. */
    public int callWakes(int channel) {
        return live(channel) && receiverCount(channel) > 0 && takesTag(channel)
                ? receiver(channel, 0)
                : NONE;
    }

    /** Whether a Receive blocks. */
    public boolean receiveBlocks(int thread, int channel) {
        return attached(thread, channel) && queueLength(channel) == 0;
    }

    /** Whether a tag's call has been received and not answered. */
    public boolean received(int channel, int tag) {
        int owner = own(channel, tag);
        return owner == ORPHAN || (owner != NONE && !isQueued(channel, tag));
    }

    /** Thread that a reply wakes, or NONE. */
    public int replyWakes(int thread, int channel, int tag) {
        int owner = own(channel, tag);
        return owner >= 0 && attached(thread, channel) && received(channel, tag) ? owner : NONE;
    }

    /** Thread that Grant wakes, or NONE. */
    public int grantWakes(int channel) {
        return receiverCount(channel) > 0 ? receiver(channel, 0) : NONE;
    }

    /** Thread that FailCall releases, or ORPHAN. */
    public int victim(int channel) {
        int tag = usedTag(channel);
        if (tag != NONE) {
            return own(channel, tag);
        }
        return waiterCount(channel) > 0 ? waiter(channel, 0) : receiver(channel, 0);
    }

    /** Thread that FailCall wakes, or NONE. */
    public int failWakes(int channel) {
        int victim = victim(channel);
        return victim == ORPHAN ? NONE : victim;
    }

    private boolean isQueued(int channel, int tag) {
        int length = queueLength(channel);
        for (int place = 0; place < length; place++) {
            if (queued(channel, place) == tag) {
                return true;
            }
        }
        return false;
    }

    // --- writing: by the transitions of this package only ----------------------------------

    int queue(int channel) {
        return at.queue + channel * (at.tags + 1);
    }

    int waiters(int channel) {
        return at.waiters + channel * (at.threads + 1);
    }

    int receivers(int channel) {
        return at.receivers + channel * (at.threads + 1);
    }

    private int serverSet(int channel, int word) {
        return at.servers + channel * at.setWords + word;
    }

    void ipc(int thread, int phase) {
        set(at.ipc + thread, phase);
    }

    void chan(int thread, int channel) {
        set(at.chan + thread, channel);
    }

    void msg(int thread, long payload) {
        set(at.msg + thread, payload);
    }

    void don(int thread, int priority) {
        set(at.don + thread, priority);
    }

    void timed(int thread, boolean value) {
        set(at.timed + thread, value ? 1 : 0);
    }

    void result(int thread, ResultCode code, int tag, int caller, long word) {
        set(at.resCode + thread, code.word());
        set(at.resTag + thread, tag);
        set(at.resCaller + thread, caller);
        set(at.resWord + thread, word);
    }

    void serve(int thread, int channel, int incarnation) {
        int word = thread / IpcLayout.SET_BITS;
        int bit = 1 << thread % IpcLayout.SET_BITS;
        int before = srv(thread);
        if (before != NONE) {
            set(serverSet(before, word), get(serverSet(before, word)) & ~bit);
        }
        if (channel != NONE) {
            set(serverSet(channel, word), get(serverSet(channel, word)) | bit);
        }
        set(at.srv + thread, channel);
        set(at.att + thread, incarnation);
    }

    void alive(int channel, int value) {
        set(at.alive + channel, value);
    }

    void inc(int channel, int value) {
        set(at.inc + channel, value);
    }

    void own(int channel, int tag, int thread) {
        set(at.own + channel * at.tags + tag, thread);
    }

    void view(int channel, int tag, int thread) {
        set(at.view + channel * at.tags + tag, thread);
    }

    /** Appends to one of the queues whose offset {@code queue}, {@code waiters} .. give. */
    void append(int list, int element) {
        int length = get(list);
        set(list + 1 + length, element);
        set(list, length + 1);
    }

    /** Removes an element from a queue if it is there. */
    void remove(int list, int element) {
        int length = get(list);
        for (int place = 0; place < length; place++) {
            if (get(list + 1 + place) == element) {
                removeAt(list, place);
                return;
            }
        }
    }

    /** Removes the first element of a queue. */
    int removeHead(int list) {
        int head = get(list + 1);
        removeAt(list, 0);
        return head;
    }

    private void removeAt(int list, int place) {
        int length = get(list) - 1;
        move(list + 2 + place, list + 1 + place, length - place);
        set(list + 1 + length, 0);
        set(list, length);
    }

    void replace(int list, int[] elements, int count) {
        replaceList(list, elements, count);
    }

    @Override
    public IpcState copy() {
        return new IpcState(at, cloneWords(), base());
    }

    // --- canonical text -----------------------------------------------------------------

    @Override
    public List<String> variables() {
        return VARIABLES;
    }

    @Override
    public boolean write(String variable, CanonicalText out) {
        return IpcText.write(this, at.tags, variable, out);
    }

    static String phase(int phase) {
        return PHASES[phase];
    }
}
