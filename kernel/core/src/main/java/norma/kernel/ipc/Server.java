// Contract: life of threads and servers: Spawn, Exit, Die, FailCall, Restart.
// Spec: Kernel.tla actions of the same names. A server is a channel and the threads attached to its
// living incarnation; the end of any of them ends it.
package norma.kernel.ipc;

import norma.abi.Code;
import norma.abi.Event;
import norma.abi.Limits;
import norma.abi.Record;
import norma.kernel.hal.Cpu;
import norma.kernel.lang.Checkpoint;
import norma.kernel.mem.Space;
import norma.kernel.mem.SpaceCalls;
import norma.kernel.mem.Spaces;
import norma.kernel.thread.Core;
import norma.kernel.thread.Thread;
import norma.kernel.thread.ThreadLocks;
import norma.quals.Emits;
import norma.quals.Holding;
import norma.quals.NoAlloc;
import org.checkerframework.checker.nullness.qual.Nullable;
import org.checkerframework.common.value.qual.ArrayLen;
import org.checkerframework.common.value.qual.IntRange;

/** Threads begin and end; servers die and are restarted. */
@NoAlloc
public final class Server {
    private final Channel @ArrayLen(Limits.CHANNELS) [] channels;
    private final Spaces spaces;
    private final Settlement settlement;

    /** Server life over the kernel's tables. */
    public Server(
            Channel @ArrayLen(Limits.CHANNELS) [] channels, Spaces spaces, Settlement settlement) {
        this.channels = channels;
        this.spaces = spaces;
        this.settlement = settlement;
    }

    /**
     * The core's thread starts {@code slot} at {@code priority}, serving {@code channel} or none.
     * True if the slot was free.
     */
    @Emits("Spawn")
    public boolean spawn(
            Core core,
            Thread slot,
            int program,
            @IntRange(from = 0, to = Limits.PRIORITIES - 1) int priority,
            @Nullable Channel channel) {
        Thread thread = core.caller();
        if (channel != null) {
            channel.lock.acquire(core);
        }
        Space space = spaces.of(thread);
        if (space != null) {
            space.lock.acquire(core);
        }
        ThreadLocks.acquire(core, thread, slot);
        Checkpoint.before(core, thread, slot, channel);
        boolean free = slot.state == Thread.INACTIVE;
        if (free) {
            slot.generation = (slot.generation + 1) & (Limits.GENERATIONS - 1);
            slot.base = priority;
            slot.setEffective(priority);
            slot.serves = channel == null ? Record.NONE : channel.index;
            slot.attached = channel == null ? -1 : channel.incarnation;
            slot.program = program;
            if (space != null) {
                space.join(slot);
            }
            slot.start(Cpu.userEntry(), Cpu.userStack(slot.index), Cpu.userStatus());
            slot.state = Thread.WOKEN;
            core.wake(slot);
            if (channel != null) {
                channel.addServer(slot);
            }
        }
        int code = free ? Code.OK : Code.BUSY;
        thread.conclude(code, 0, 0, 0);
        if (core.recorder.on()) {
            core.recorder.record(
                    Event.SPAWN,
                    channel == null ? 2 : 3,
                    Record.params(
                            thread.index,
                            slot.index,
                            priority,
                            channel == null ? Record.NONE : channel.index),
                    program,
                    Record.result(code, slot.generation, 0, 0),
                    thread.touch(),
                    slot.touch(),
                    channel == null ? 0 : channel.touch());
        }
        ThreadLocks.release(core, thread, slot);
        if (space != null) {
            space.lock.release(core);
        }
        if (channel != null) {
            settlement.settle(core, channel);
            channel.lock.release(core);
        }
        return free;
    }

    /**
     * The core's thread ends, and with it the server it is part of. False if it is the last of an
     * address space and begins to leave that first.
     */
    @SuppressWarnings("index") // What is not NONE is a channel's index.
    public boolean exit(Core core) {
        Thread thread = core.caller();
        Channel channel = thread.serves == Record.NONE ? null : channels[thread.serves];
        if (channel == null) {
            return end(core, thread, null, false);
        }
        channel.lock.acquire(core);
        boolean dies = channel.attached(thread);
        boolean ended = end(core, thread, channel, dies);
        if (dies && ended) {
            settlement.settle(core, channel);
        }
        channel.lock.release(core);
        if (dies && ended) {
            failCalls(core, channel);
        }
        return ended;
    }

    /** See {@link #exit}. The core holds the channel's lock. */
    private boolean end(Core core, Thread thread, @Nullable Channel channel, boolean dies) {
        Space space = spaces.of(thread);
        if (space != null) {
            space.lock.acquire(core);
        }
        thread.lock.acquire(core);
        boolean ended = space == null || !space.leaveDue();
        if (space != null && !ended) {
            SpaceCalls.leave(core, thread, space, Cpu.SYSTEM_CALL, thread.frame.pc());
        } else if (channel != null && dies) {
            die(core, thread, channel, space);
        } else {
            exit(core, thread, channel, space);
        }
        thread.lock.release(core);
        if (space != null) {
            space.lock.release(core);
        }
        return ended;
    }

    /** A thread that is part of no living server ends. */
    @Emits("Exit")
    @Holding("Thread.lock")
    private static void exit(
            Core core, Thread thread, @Nullable Channel channel, @Nullable Space space) {
        Checkpoint.before(core, thread, channel, space);
        if (channel != null) {
            channel.removeServer(thread);
        }
        retire(core, thread, space);
        if (core.recorder.on()) {
            recordEnd(core, Event.EXIT, thread, channel, space);
        }
    }

    /** A thread of a living server ends: the server is dead. */
    @Emits("Die")
    @Holding("Thread.lock")
    private static void die(Core core, Thread thread, Channel channel, @Nullable Space space) {
        Checkpoint.before(core, thread, channel, space);
        channel.live = false;
        channel.removeServer(thread);
        channel.unsettle();
        retire(core, thread, space);
        if (core.recorder.on()) {
            recordEnd(core, Event.DIE, thread, channel, space);
        }
    }

    /** A thread ends that perhaps served a channel and perhaps lived in a space. */
    @Holding("Thread.lock")
    private static void recordEnd(
            Core core, int kind, Thread thread, @Nullable Channel channel, @Nullable Space space) {
        long one = channel == null ? 0 : channel.touch();
        long two = space == null ? 0 : space.touch();
        core.recorder.record(
                kind,
                1 + (channel == null ? 0 : 1) + (space == null ? 0 : 1),
                Record.params(
                        thread.index,
                        channel == null ? Record.NONE : channel.index,
                        space == null ? Record.NONE : space.index,
                        0),
                0,
                0,
                thread.touch(),
                channel == null ? two : one,
                channel == null ? 0 : two);
    }

    @Holding("Thread.lock")
    @SuppressWarnings("guard") // And the lock of the space, if there is one.
    private static void retire(Core core, Thread thread, @Nullable Space space) {
        assert thread.ipc == Thread.IDLE : "a running thread has no call outstanding";
        assert !thread.working : "a job ends before its thread";
        if (space != null) {
            space.quit(thread);
        }
        thread.serves = Record.NONE;
        thread.attached = -1;
        thread.ending = 0;
        thread.state = Thread.INACTIVE;
        core.current = null;
    }

    /** Releases every victim of a dead server, one critical section each. */
    private void failCalls(Core core, Channel channel) {
        boolean more = true;
        while (more) {
            channel.lock.acquire(core);
            more = !channel.live && !channel.drained();
            if (more) {
                failCall(core, channel);
            }
            channel.lock.release(core);
        }
    }

    /** One victim of a dead server is released: by tag, then waiters, then receivers. */
    @Emits("FailCall")
    @Holding("Channel.lock")
    @SuppressWarnings("index") // A tag in use that is not NONE is a position of the table.
    private void failCall(Core core, Channel channel) {
        int tag = channel.usedTag();
        Thread victim;
        if (tag != Record.NONE) {
            victim = channel.owner[tag];
        } else if (!channel.waiters.isEmpty()) {
            victim = channel.waiters.first();
        } else {
            victim = channel.receivers.first();
        }
        if (victim != null) {
            victim.lock.acquire(core);
        }
        Checkpoint.before(core, channel, victim);
        release(channel, tag, victim);
        if (victim != null) {
            if (victim.calling()) {
                channel.withdrawDonation(victim.donated);
            }
            victim.finish(Code.DEAD, 0, 0, 0);
            victim.state = Thread.WOKEN;
            core.wake(victim);
        }
        if (core.recorder.on()) {
            core.recorder.record(
                    Event.FAIL_CALL,
                    victim == null ? 1 : 2,
                    Record.params(channel.index, 0, 0, 0),
                    0,
                    Record.result(Code.DEAD, Ipc.index(victim), tag, 0),
                    channel.touch(),
                    victim == null ? 0 : victim.touch(),
                    0);
        }
        if (victim != null) {
            victim.lock.release(core);
        }
    }

    @Holding({"Channel.lock", "Thread.lock"})
    // A tag in use that is not NONE is a position of the table.
    @SuppressWarnings({"index", "value"})
    private static void release(Channel channel, int tag, @Nullable Thread victim) {
        if (tag != Record.NONE) {
            channel.withdraw(tag);
            Ipc.free(channel, tag);
        } else if (victim != null && victim.ipc == Thread.CALLING) {
            channel.waiters.remove(victim);
        } else if (victim != null) {
            channel.receivers.remove(victim);
        }
    }

    /** The core's thread gives a dead, drained channel its next incarnation. */
    @Emits("Restart")
    public void restart(Core core, Channel channel) {
        Thread thread = core.caller();
        channel.lock.acquire(core);
        thread.lock.acquire(core);
        Checkpoint.before(core, thread, channel);
        boolean ready = !channel.live && channel.drained();
        if (ready) {
            channel.live = true;
            channel.incarnation = (channel.incarnation + 1) & (Limits.GENERATIONS - 1);
            channel.unsettle();
        }
        int code = ready ? Code.OK : Code.BUSY;
        thread.conclude(code, 0, 0, 0);
        if (core.recorder.on()) {
            core.recorder.record(
                    Event.RESTART,
                    2,
                    Record.params(thread.index, channel.index, 0, 0),
                    0,
                    Record.result(code, channel.incarnation, 0, 0),
                    thread.touch(),
                    channel.touch(),
                    0);
        }
        thread.lock.release(core);
        settlement.settle(core, channel);
        channel.lock.release(core);
    }
}
