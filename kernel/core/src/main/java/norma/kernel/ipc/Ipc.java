// Contract: synchronous calls with tags. Spec: Ipc.tla and Kernel.tla, one method per action.
// Every method is one critical section of the channel it names: it takes the channel's lock, then
// the locks of the threads it touches, records its event, releases the threads, lets Settlement
// discharge Grant and Inherit, and releases the channel. Nobody is made ready here: woken threads
// go
// to the core's wake list.
package norma.kernel.ipc;

import norma.abi.Code;
import norma.abi.Event;
import norma.abi.Limits;
import norma.abi.Record;
import norma.kernel.hal.Clock;
import norma.kernel.lang.Checkpoint;
import norma.kernel.thread.Core;
import norma.kernel.thread.Thread;
import norma.kernel.thread.ThreadLocks;
import norma.quals.Emits;
import norma.quals.Holding;
import norma.quals.Inline;
import norma.quals.NoAlloc;
import org.checkerframework.checker.nullness.qual.Nullable;
import org.checkerframework.common.value.qual.ArrayLen;
import org.checkerframework.common.value.qual.IntRange;

/** Call, Receive, Reply, Cancel and TimeOut. Server life is in {@link Server}. */
@NoAlloc
public final class Ipc {
    private final Channel @ArrayLen(Limits.CHANNELS) [] channels;
    private final Settlement settlement;

    /** IPC over the kernel's tables. */
    public Ipc(Channel @ArrayLen(Limits.CHANNELS) [] channels, Settlement settlement) {
        this.channels = channels;
        this.settlement = settlement;
    }

    /** The core's thread calls {@code channel}; {@code timeout} in ns, 0 for none. */
    @Emits("Call")
    public void call(Core core, Channel channel, long payload, long timeout) {
        Thread thread = core.caller();
        channel.lock.acquire(core);
        Thread receiver = channel.live && channel.takesTag() ? channel.receivers.first() : null;
        ThreadLocks.acquire(core, thread, receiver);
        assert thread.state == Thread.RUNNING && thread.ipc == Thread.IDLE : "caller runs";
        Checkpoint.before(core, thread, channel, receiver);
        int code = Code.DEAD;
        int donated = thread.effective();
        if (channel.live) {
            thread.message = payload;
            thread.donated = donated;
            thread.timed = timeout != 0;
            thread.setChannel(channel.index);
            thread.ipc = Thread.CALLING;
            thread.state = Thread.BLOCKED;
            core.current = null;
            channel.donate(donated);
            if (timeout != 0) {
                long deadline = Clock.after(timeout);
                thread.deadline(deadline);
                core.deadline(deadline);
            }
            if (channel.takesTag()) {
                code = deliver(core, channel, thread, receiver);
            } else {
                channel.waiters.append(thread);
                code = Code.TAGWAIT;
            }
        } else {
            thread.conclude(code, 0, 0, 0);
        }
        if (core.recorder.on()) {
            int length = code == Code.TAGWAIT ? channel.waiters.count() : channel.queueLength();
            core.recorder.record(
                    Event.CALL,
                    receiver == null ? 2 : 3,
                    Record.params(thread.index, channel.index, timeout != 0 ? 1 : 0, donated),
                    payload,
                    Record.result(code, thread.tag, index(receiver), length),
                    thread.touch(),
                    channel.touch(),
                    receiver == null ? 0 : receiver.touch());
        }
        ThreadLocks.release(core, thread, receiver);
        settlement.settle(core, channel);
        channel.lock.release(core);
    }

    /**
     * Gives a caller the lowest free tag, and its call to {@code receiver} or to the queue. The
     * caller's own lock is not needed: how far its call has come is the channel's business.
     */
    @Holding({"Channel.lock", "Thread.lock"})
    // A free tag that is not NONE is a position of the table.
    @SuppressWarnings({"index", "value"})
    @Inline
    static int deliver(Core core, Channel channel, Thread caller, @Nullable Thread receiver) {
        int tag = channel.freeTag();
        assert tag != Record.NONE : "a tag is free";
        channel.occupy(tag, caller);
        caller.tag = tag;
        if (receiver == null) {
            channel.use[tag] = Channel.PENDING;
            channel.append(tag);
            return Code.QUEUED;
        }
        channel.use[tag] = Channel.RECEIVED;
        channel.receivers.remove(receiver);
        receiver.finish(Code.MSG, tag, caller.index, caller.message);
        receiver.state = Thread.WOKEN;
        core.wake(receiver);
        return Code.SERVED;
    }

    /** The core's thread, of that server, takes the oldest call or waits for one. */
    @Emits("Receive")
    public void receive(Core core, Channel channel) {
        Thread thread = core.caller();
        channel.lock.acquire(core);
        thread.lock.acquire(core);
        assert thread.state == Thread.RUNNING && thread.ipc == Thread.IDLE : "server runs";
        Checkpoint.before(core, thread, channel);
        int code = Code.DEAD;
        int tag = Record.NONE;
        int caller = Record.NONE;
        long word = 0;
        if (channel.attached(thread)) {
            if (channel.queueLength() == 0) {
                thread.ipc = Thread.RECEIVING;
                thread.setChannel(channel.index);
                thread.state = Thread.BLOCKED;
                core.current = null;
                channel.receivers.append(thread);
                code = Code.BLOCKED;
            } else {
                tag = channel.takeFirst();
                channel.use[tag] = Channel.RECEIVED;
                Thread owner = channel.owner[tag];
                assert owner != null && owner.tag == tag : "a queued call has a caller";
                caller = owner.index;
                word = owner.message;
                code = Code.MSG;
            }
        }
        if (code != Code.BLOCKED) {
            boolean message = code == Code.MSG;
            thread.conclude(code, message ? tag : 0, message ? caller : 0, word);
        }
        if (core.recorder.on()) {
            core.recorder.record(
                    Event.RECEIVE,
                    2,
                    Record.params(thread.index, channel.index, 0, 0),
                    word,
                    Record.result(code, tag, caller, channel.queueLength()),
                    thread.touch(),
                    channel.touch(),
                    0);
        }
        thread.lock.release(core);
        channel.lock.release(core);
    }

    /** The core's thread, of that server, answers the call that holds {@code tag}. */
    @Emits("Reply")
    public void reply(
            Core core,
            Channel channel,
            @IntRange(from = 0, to = Limits.TAGS - 1) int tag,
            long payload) {
        Thread thread = core.caller();
        channel.lock.acquire(core);
        boolean attached = channel.attached(thread);
        Thread caller =
                attached && channel.use[tag] == Channel.RECEIVED ? channel.owner[tag] : null;
        ThreadLocks.acquire(core, thread, caller);
        assert thread.state == Thread.RUNNING && thread.ipc == Thread.IDLE : "server runs";
        Checkpoint.before(core, thread, channel, caller);
        int code;
        if (!attached) {
            code = Code.DEAD;
        } else if (caller != null) {
            assert caller.ipc == Thread.CALLING && caller.tag == tag : "tag and caller agree";
            free(channel, tag);
            channel.withdrawDonation(caller.donated);
            caller.finish(Code.OK, 0, 0, payload);
            caller.state = Thread.WOKEN;
            core.wake(caller);
            code = Code.OK;
        } else if (channel.use[tag] == Channel.ORPHAN) {
            free(channel, tag);
            code = Code.ORPHANED;
        } else {
            code = Code.BADTAG;
        }
        thread.conclude(code, 0, 0, 0);
        if (core.recorder.on()) {
            core.recorder.record(
                    Event.REPLY,
                    caller == null ? 2 : 3,
                    Record.params(thread.index, channel.index, tag, 0),
                    payload,
                    Record.result(code, index(caller), 0, channel.waiters.count()),
                    thread.touch(),
                    channel.touch(),
                    caller == null ? 0 : caller.touch());
        }
        ThreadLocks.release(core, thread, caller);
        settlement.settle(core, channel);
        channel.lock.release(core);
    }

    /** The core's thread takes back the outstanding call of {@code victim}. */
    @Emits("Cancel")
    @SuppressWarnings("index") // What is not NONE is a channel's index.
    public void cancel(Core core, Thread victim) {
        Thread thread = core.caller();
        for (; ; ) {
            int at = victim.channel();
            Channel channel = at == Record.NONE ? null : channels[at];
            if (channel != null) {
                channel.lock.acquire(core);
            }
            ThreadLocks.acquire(core, thread, victim);
            boolean stable = victim.channel() == at;
            if (stable) {
                boolean calling = victim.calling();
                Checkpoint.before(core, thread, victim, calling ? channel : null);
                if (calling && channel != null) {
                    takeBack(core, channel, victim, Code.CANCELLED);
                }
                int code = calling ? Code.OK : Code.NOCALL;
                thread.conclude(code, 0, 0, 0);
                if (core.recorder.on()) {
                    boolean touchesChannel = calling && channel != null;
                    core.recorder.record(
                            Event.CANCEL,
                            touchesChannel ? 3 : 2,
                            Record.params(thread.index, victim.index, 0, 0),
                            0,
                            Record.result(code, calling ? at : Record.NONE, 0, 0),
                            thread.touch(),
                            victim.touch(),
                            touchesChannel && channel != null ? channel.touch() : 0);
                }
            }
            ThreadLocks.release(core, thread, victim);
            if (channel != null) {
                if (stable) {
                    settlement.settle(core, channel);
                }
                channel.lock.release(core);
            }
            if (stable) {
                return;
            }
        }
    }

    /** Ends {@code victim}'s call if its deadline has passed; called from timer interrupts. */
    @Emits("TimeOut")
    @SuppressWarnings("index") // What is not NONE is a channel's index.
    public void timeOut(Core core, Thread victim, long now) {
        int at = victim.channel();
        if (at == Record.NONE) {
            return;
        }
        Channel channel = channels[at];
        channel.lock.acquire(core);
        victim.lock.acquire(core);
        long deadline = victim.deadline();
        if (victim.channel() == at && victim.calling() && deadline != 0 && deadline <= now) {
            assert victim.timed : "only timed calls have a deadline";
            Checkpoint.before(core, victim, channel);
            int tag = victim.tag;
            takeBack(core, channel, victim, Code.TIMEOUT);
            if (core.recorder.on()) {
                core.recorder.record(
                        Event.TIME_OUT,
                        2,
                        Record.params(victim.index, at, 0, 0),
                        0,
                        Record.result(Code.TIMEOUT, tag, 0, 0),
                        victim.touch(),
                        channel.touch(),
                        0);
            }
        }
        victim.lock.release(core);
        settlement.settle(core, channel);
        channel.lock.release(core);
    }

    /** Spec: Leave. Caller holds both locks. */
    @Holding({"Channel.lock", "Thread.lock"})
    // A thread's tag that is not NONE is a position of the table.
    @SuppressWarnings({"index", "value"})
    private static void takeBack(Core core, Channel channel, Thread victim, int code) {
        int tag = victim.tag;
        if (tag == Record.NONE) {
            channel.waiters.remove(victim);
        } else if (channel.use[tag] == Channel.PENDING) {
            channel.withdraw(tag);
            free(channel, tag);
        } else {
            channel.use[tag] = Channel.ORPHAN;
            channel.owner[tag] = null;
        }
        channel.withdrawDonation(victim.donated);
        victim.finish(code, 0, 0, 0);
        victim.state = Thread.WOKEN;
        core.wake(victim);
    }

    @Holding("Channel.lock")
    static void free(Channel channel, @IntRange(from = 0, to = Limits.TAGS - 1) int tag) {
        channel.free(tag);
    }

    static int index(@Nullable Thread thread) {
        return thread == null ? Record.NONE : thread.index;
    }
}
