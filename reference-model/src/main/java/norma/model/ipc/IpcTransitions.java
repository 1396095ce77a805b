package norma.model.ipc;

import static norma.model.State.NONE;
import static norma.model.ipc.IpcState.DONE;
import static norma.model.ipc.IpcState.DYING;
import static norma.model.ipc.IpcState.IDLE;
import static norma.model.ipc.IpcState.LIVE;
import static norma.model.ipc.IpcState.ORPHAN;
import static norma.model.ipc.IpcState.QUEUED;
import static norma.model.ipc.IpcState.RECEIVING;
import static norma.model.ipc.IpcState.SERVED;
import static norma.model.ipc.IpcState.TAG_WAIT;

import norma.model.Guard;

/**
 * The actions of {@code Ipc.tla}, each in two halves: {@code canX} evaluates the guard and changes
 * nothing, {@code x} applies the effect to a state in which the guard holds and returns true, so
 * that a step reads "guard and effect".
 *
 * <p>The halves are apart because an action of the composed machine is enabled only if all of its
 * components' guards hold in the state before.
 */
public final class IpcTransitions {
    private final int incarnations;

    /** Transitions of machines with the given layout. */
    public IpcTransitions(IpcLayout layout) {
        incarnations = layout.incarnations;
    }

    /** Guard of Attach. */
    public boolean canAttach(IpcState s, int thread, int peer, Guard g) {
        return g.holds("CallerIdle", s.ipc(thread) == IDLE)
                && g.holds("SlotIdle", s.ipc(peer) == IDLE)
                && g.holds("NotItself", thread != peer);
    }

    /** {@code thread} makes slot {@code peer} a thread of server {@code channel} or NONE. */
    public boolean attach(IpcState s, int thread, int peer, int channel) {
        s.serve(peer, channel, channel == NONE ? NONE : s.inc(channel));
        finish(s, thread, ResultCode.OK);
        return true;
    }

    /** Guard of Detach. */
    public boolean canDetach(IpcState s, int thread, Guard g) {
        return g.holds("CallerIdle", s.ipc(thread) == IDLE)
                && g.holds("NotAttached", !s.attached(thread, s.srv(thread)));
    }

    /** A thread ends without ending a server. */
    public boolean detach(IpcState s, int thread) {
        s.serve(thread, NONE, NONE);
        return true;
    }

    /** Guard of Call. */
    public boolean canCall(IpcState s, int thread, int channel, Guard g) {
        return g.holds("CallerIdle", s.ipc(thread) == IDLE)
                && g.holds("NotOwnChannel", s.srv(thread) != channel);
    }

    /** A thread calls a channel, donating a priority. */
    public boolean call(
            IpcState s, int thread, int channel, long payload, boolean timed, int priority) {
        if (!s.live(channel)) {
            finish(s, thread, ResultCode.DEAD);
            return true;
        }
        s.chan(thread, channel);
        s.msg(thread, payload);
        s.don(thread, priority);
        s.timed(thread, timed);
        if (s.takesTag(channel)) {
            deliver(s, thread, channel, s.freeTag(channel));
        } else {
            s.append(s.waiters(channel), thread);
            s.ipc(thread, TAG_WAIT);
        }
        return true;
    }

    /** Gives a call its tag and hands it to a waiting receiver, or queues it. */
    private static void deliver(IpcState s, int caller, int channel, int tag) {
        s.own(channel, tag, caller);
        if (s.receiverCount(channel) == 0) {
            s.append(s.queue(channel), tag);
            s.ipc(caller, QUEUED);
            return;
        }
        int receiver = s.removeHead(s.receivers(channel));
        s.chan(receiver, NONE);
        take(s, receiver, channel, tag, caller);
    }

    /** {@code receiver} is told of the call that holds a tag. */
    private static void take(IpcState s, int receiver, int channel, int tag, int caller) {
        s.ipc(caller, SERVED);
        s.ipc(receiver, DONE);
        s.result(receiver, ResultCode.MESSAGE, tag, caller, s.msg(caller));
        s.view(channel, tag, caller);
    }

    /** Guard of Receive. */
    public boolean canReceive(IpcState s, int thread, int channel, Guard g) {
        return g.holds("CallerIdle", s.ipc(thread) == IDLE)
                && g.holds("ServesChannel", s.srv(thread) == channel);
    }

    /** A server thread receives the oldest queued call, or blocks. */
    public boolean receive(IpcState s, int thread, int channel) {
        if (!s.attached(thread, channel)) {
            finish(s, thread, ResultCode.DEAD);
        } else if (s.queueLength(channel) == 0) {
            s.ipc(thread, RECEIVING);
            s.chan(thread, channel);
            s.append(s.receivers(channel), thread);
        } else {
            int tag = s.removeHead(s.queue(channel));
            take(s, thread, channel, tag, s.own(channel, tag));
        }
        return true;
    }

    /** Guard of Reply. */
    public boolean canReply(IpcState s, int thread, int channel, Guard g) {
        return canReceive(s, thread, channel, g);
    }

    /** A server thread answers the call that holds a tag. */
    public boolean reply(IpcState s, int thread, int channel, int tag, long payload) {
        if (!s.attached(thread, channel)) {
            finish(s, thread, ResultCode.DEAD);
        } else if (!s.received(channel, tag)) {
            finish(s, thread, ResultCode.BADTAG);
        } else {
            int caller = s.own(channel, tag);
            s.own(channel, tag, NONE);
            s.view(channel, tag, NONE);
            if (caller == ORPHAN) {
                finish(s, thread, ResultCode.ORPHANED);
            } else {
                finish(s, thread, ResultCode.OK);
                release(s, caller);
                s.result(caller, ResultCode.ANSWER, 0, 0, payload);
            }
        }
        return true;
    }

    /** Guard of Grant. */
    public boolean canGrant(IpcState s, int channel, Guard g) {
        return g.holds("GrantDue", s.grantDue(channel));
    }

    /** A free tag goes to the first waiter. */
    public boolean grant(IpcState s, int channel) {
        int caller = s.removeHead(s.waiters(channel));
        deliver(s, caller, channel, s.freeTag(channel));
        return true;
    }

    /** Guard of Cancel. */
    public boolean canCancel(IpcState s, int thread, int peer, Guard g) {
        return g.holds("CallerIdle", s.ipc(thread) == IDLE) && g.holds("NotItself", thread != peer);
    }

    /** A thread takes back the outstanding call of another. */
    public boolean cancel(IpcState s, int thread, int peer) {
        if (s.calling(peer)) {
            leave(s, peer, ResultCode.CANCELLED);
            finish(s, thread, ResultCode.OK);
        } else {
            finish(s, thread, ResultCode.NOCALL);
        }
        return true;
    }

    /** Guard of TimeOut. */
    public boolean canTimeOut(IpcState s, int peer, Guard g) {
        return g.holds("Calling", s.calling(peer)) && g.holds("HasDeadline", s.timed(peer));
    }

    /** The deadline of an outstanding call comes. */
    public boolean timeOut(IpcState s, int peer) {
        leave(s, peer, ResultCode.TIMEOUT);
        return true;
    }

    /** A call leaves its channel: its tag is freed if unreceived, orphaned if received. */
    private static void leave(IpcState s, int caller, ResultCode code) {
        int channel = s.chan(caller);
        if (s.ipc(caller) == TAG_WAIT) {
            s.remove(s.waiters(channel), caller);
        } else {
            int tag = s.tagOf(caller, channel);
            s.remove(s.queue(channel), tag);
            s.own(channel, tag, s.ipc(caller) == QUEUED ? NONE : ORPHAN);
            s.view(channel, tag, NONE);
        }
        release(s, caller);
        s.result(caller, code, 0, 0, 0);
    }

    /** Guard of Die. */
    public boolean canDie(IpcState s, int thread, int channel, Guard g) {
        return g.holds("CallerIdle", s.ipc(thread) == IDLE)
                && g.holds("ServesChannel", s.srv(thread) == channel)
                && g.holds("Attached", s.attached(thread, channel));
    }

    /** A server thread ends; the victims at its channel are released one by one. */
    public boolean die(IpcState s, int thread, int channel) {
        s.alive(channel, DYING);
        s.serve(thread, NONE, NONE);
        return true;
    }

    /** Guard of FailCall. */
    public boolean canFailCall(IpcState s, int channel, Guard g) {
        return g.holds("FailDue", s.failDue(channel));
    }

    /** One victim of a server's death is released. */
    public boolean failCall(IpcState s, int channel) {
        int victim = s.victim(channel);
        int tag = s.usedTag(channel);
        if (tag != NONE) {
            s.own(channel, tag, NONE);
            s.view(channel, tag, NONE);
            s.remove(s.queue(channel), tag);
        } else if (s.waiterCount(channel) > 0) {
            s.removeHead(s.waiters(channel));
        } else {
            s.removeHead(s.receivers(channel));
        }
        if (victim != ORPHAN) {
            release(s, victim);
            s.result(victim, ResultCode.DEAD, 0, 0, 0);
        }
        return true;
    }

    /** Guard of Restart. */
    public boolean canRestart(IpcState s, int thread, Guard g) {
        return g.holds("CallerIdle", s.ipc(thread) == IDLE);
    }

    /** A channel gets its next incarnation; "busy" while it lives or is being drained. */
    public boolean restart(IpcState s, int thread, int channel) {
        if (!s.live(channel) && s.drained(channel)) {
            finish(s, thread, ResultCode.OK);
            s.alive(channel, LIVE);
            s.inc(channel, (s.inc(channel) + 1) % incarnations);
        } else {
            finish(s, thread, ResultCode.BUSY);
        }
        return true;
    }

    /** Guard of Donate. */
    public boolean canDonate(IpcState s, int peer, int priority, Guard g) {
        return g.holds("Calling", s.calling(peer))
                && g.holds("PriorityDiffers", s.don(peer) != priority);
    }

    /** The priority donated with an outstanding call changes. */
    public boolean donate(IpcState s, int peer, int priority) {
        s.don(peer, priority);
        return true;
    }

    /** Guard of Conclude. */
    public boolean canConclude(IpcState s, int thread, Guard g) {
        return g.holds("CallerIdle", s.ipc(thread) == IDLE);
    }

    /** An operation outside IPC ends. */
    public boolean conclude(IpcState s, int thread, ResultCode code) {
        finish(s, thread, code);
        return true;
    }

    /** Guard of Return. */
    public boolean canReturn(IpcState s, int thread, Guard g) {
        return g.holds("HasResult", s.ipc(thread) == DONE);
    }

    /** A thread is back in user mode and has its result. */
    public boolean giveResult(IpcState s, int thread) {
        s.ipc(thread, IDLE);
        s.result(thread, ResultCode.NONE, 0, 0, 0);
        return true;
    }

    private static void finish(IpcState s, int thread, ResultCode code) {
        s.ipc(thread, DONE);
        s.result(thread, code, 0, 0, 0);
    }

    /** A blocked thread's operation ends; whoever ends it sets the result. */
    private static void release(IpcState s, int thread) {
        s.ipc(thread, DONE);
        s.chan(thread, NONE);
        s.msg(thread, 0);
        s.don(thread, NONE);
        s.timed(thread, false);
    }
}
