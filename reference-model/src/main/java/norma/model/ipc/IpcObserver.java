package norma.model.ipc;

import norma.model.Observation;
import norma.model.State;

/** Puts what is seen of a machine's IPC objects into a state; see {@link Observation}. */
public final class IpcObserver {
    private final IpcState state;
    private final IpcLayout at;
    private final Observation seen;

    /** An observer that writes to {@code state}. */
    public IpcObserver(IpcState state, IpcLayout layout, Observation seen) {
        this.state = state;
        at = layout;
        this.seen = seen;
    }

    /**
     * How a thread takes part. Of a thread that is calling, how far its call has come is its
     * channel's business: any of the calling phases is right here.
     */
    public void phase(int thread, boolean calling, int phase) {
        boolean right = calling ? state.calling(thread) : state.ipc(thread) == phase;
        if (!right) {
            seen.note("ipc", thread, phase(state.ipc(thread)), phase(phase));
            state.ipc(thread, phase);
        }
    }

    private static String phase(int phase) {
        return IpcState.phase(phase);
    }

    /** Data of an outstanding call, or of none. */
    public void call(int thread, int channel, long message, int donated, boolean timed) {
        if (seen.differs("chan", thread, state.chan(thread), channel)) {
            state.chan(thread, channel);
        }
        if (seen.differs("msg", thread, state.msg(thread), message)) {
            state.msg(thread, message);
        }
        if (seen.differs("don", thread, state.don(thread), donated)) {
            state.don(thread, donated);
        }
        if (state.timed(thread) != timed) {
            seen.note("timed", thread, "" + state.timed(thread), "" + timed);
            state.timed(thread, timed);
        }
    }

    /** A thread's server, by channel and incarnation, or NONE twice. */
    public void serves(int thread, int channel, int incarnation) {
        boolean other = seen.differs("srv", thread, state.srv(thread), channel);
        if (seen.differs("att", thread, state.att(thread), incarnation) || other) {
            state.serve(thread, channel, incarnation);
        }
    }

    /**
     * The result that a thread has not taken, or {@link ResultCode#NONE}. The machine cannot tell
     * an answer from a plain "ok", whose word is 0.
     */
    public void result(int thread, ResultCode code, int tag, int caller, long word) {
        ResultCode now = state.resultCode(thread);
        boolean ok = now == ResultCode.OK && code == ResultCode.ANSWER;
        ResultCode meant = ok ? ResultCode.OK : code;
        boolean same =
                now == meant
                        && state.resultTag(thread) == tag
                        && state.resultCaller(thread) == caller
                        && state.resultWord(thread) == word;
        if (!same) {
            seen.note(
                    "res",
                    thread,
                    result(now, state.resultTag(thread), state.resultWord(thread)),
                    result(meant, tag, word));
            state.result(thread, meant, tag, caller, word);
        }
    }

    private static String result(ResultCode code, int tag, long word) {
        return code + "/" + tag + "/" + word;
    }

    /** A channel's server. */
    public void server(int channel, boolean live, int incarnation) {
        if (state.live(channel) != live) {
            seen.note("alive", channel, "" + state.live(channel), "" + live);
            state.alive(channel, live ? IpcState.LIVE : IpcState.DYING);
        }
        if (seen.differs("inc", channel, state.inc(channel), incarnation)) {
            state.inc(channel, incarnation);
        }
    }

    /**
     * A tag: its owner (thread, ORPHAN or NONE) and whether the owner's call has been received.
     * What the server was told, a ghost, follows from them.
     */
    public void tag(int channel, int tag, int owner, boolean received) {
        int place = channel * at.tags + tag;
        if (seen.differs("own[" + channel + "]", tag, state.own(channel, tag), owner)) {
            state.own(channel, tag, owner);
        }
        int told = received && owner >= 0 ? owner : State.NONE;
        if (seen.differs("view", place, state.view(channel, tag), told)) {
            state.view(channel, tag, told);
        }
        if (owner >= 0) {
            callPhase(owner, received ? IpcState.SERVED : IpcState.QUEUED);
        }
    }

    private void callPhase(int thread, int phase) {
        if (state.ipc(thread) != phase) {
            seen.note("ipc", thread, phase(state.ipc(thread)), phase(phase));
            state.ipc(thread, phase);
        }
    }

    /** The tags not yet received, oldest first. */
    public void queue(int channel, int[] tags, int count) {
        list("queue", channel, state.queue(channel), tags, count);
    }

    /** The threads that wait for a tag, oldest first. */
    public void waiters(int channel, int[] threads, int count) {
        list("waiters", channel, state.waiters(channel), threads, count);
        for (int i = 0; i < count; i++) {
            callPhase(threads[i], IpcState.TAG_WAIT);
        }
    }

    /** The threads that wait for a call, oldest first. */
    public void receivers(int channel, int[] threads, int count) {
        list("receivers", channel, state.receivers(channel), threads, count);
    }

    private void list(String variable, int channel, int list, int[] elements, int count) {
        boolean same = state.listLength(list) == count;
        for (int i = 0; same && i < count; i++) {
            same = state.listElement(list, i) == elements[i];
        }
        if (!same) {
            seen.note(variable, channel, state.listText(list), text(elements, count));
            state.replace(list, elements, count);
        }
    }

    private static String text(int[] elements, int count) {
        return java.util.Arrays.toString(java.util.Arrays.copyOf(elements, count));
    }
}
