// Contract: decoding of system calls: untrusted words become objects, or the call is refused.
// Decode checks and changes nothing; invoke commits and cannot fail.
package norma.kernel.entry;

import norma.abi.Code;
import norma.abi.Event;
import norma.abi.Limits;
import norma.abi.Record;
import norma.abi.Rights;
import norma.abi.Shared;
import norma.abi.SystemCall;
import norma.kernel.ipc.Channel;
import norma.kernel.ipc.Ipc;
import norma.kernel.ipc.Server;
import norma.kernel.lang.Checkpoint;
import norma.kernel.mem.Space;
import norma.kernel.mem.SpaceCalls;
import norma.kernel.mem.SpaceJobs;
import norma.kernel.mem.Spaces;
import norma.kernel.sched.Scheduler;
import norma.kernel.thread.Core;
import norma.kernel.thread.Frame;
import norma.kernel.thread.Thread;
import norma.quals.Cold;
import norma.quals.Emits;
import norma.quals.Holding;
import norma.quals.Inline;
import norma.quals.NoAlloc;
import org.checkerframework.checker.nullness.qual.Nullable;
import org.checkerframework.common.value.qual.ArrayLen;

/** The one dispatch switch of the kernel. */
@NoAlloc
public final class SystemCalls {
    private final Channel @ArrayLen(Limits.CHANNELS) [] channels;
    private final Thread @ArrayLen(Limits.THREADS) [] threads;
    private final Spaces spaces;
    private final Ipc ipc;
    private final Server server;
    private final Scheduler scheduler;
    private final Timers timers;
    private final SpaceCalls spaceCalls;
    private final SpaceJobs jobs;
    private final LiveThreads live;
    private final Checkpoints checkpoints;

    SystemCalls(
            Channel @ArrayLen(Limits.CHANNELS) [] channels,
            Thread @ArrayLen(Limits.THREADS) [] threads,
            Spaces spaces,
            Ipc ipc,
            Server server,
            Scheduler scheduler,
            Timers timers,
            SpaceJobs jobs,
            LiveThreads live,
            Checkpoints checkpoints) {
        this.channels = channels;
        this.threads = threads;
        this.spaces = spaces;
        this.spaceCalls = new SpaceCalls(spaces);
        this.jobs = jobs;
        this.ipc = ipc;
        this.server = server;
        this.scheduler = scheduler;
        this.timers = timers;
        this.live = live;
        this.checkpoints = checkpoints;
    }

    /** Carries out the system call that the core's thread has put into its frame. */
    @Inline
    @SuppressWarnings("index") // In range if below the limit, whose value the checkers do not see.
    void invoke(Core core) {
        Thread thread = core.caller();
        Frame frame = thread.frame;
        long number = frame.number();
        boolean done =
                switch (number < 0 || number >= SystemCall.LIMIT ? 0 : (int) number) {
                    case SystemCall.CALL -> call(core, thread, frame);
                    case SystemCall.RECEIVE -> receive(core, thread, frame);
                    case SystemCall.REPLY -> reply(core, thread, frame);
                    case SystemCall.CANCEL -> cancel(core, thread, frame);
                    case SystemCall.RESTART -> restart(core, frame);
                    case SystemCall.SPAWN -> spawn(core, thread, frame);
                    case SystemCall.EXIT -> exit(core);
                    case SystemCall.SLEEP -> sleep(core, frame);
                    case SystemCall.YIELD -> giveWay(core);
                    case SystemCall.RECORD -> record(core, thread);
                    case SystemCall.MAP, SystemCall.UNMAP, SystemCall.PROTECT ->
                            pages(core, thread, frame);
                    case SystemCall.FORK -> fork(core, thread, frame);
                    default -> false;
                };
        if (!done) {
            refuse(core, thread, number);
        }
    }

    private boolean call(Core core, Thread thread, Frame frame) {
        Channel channel = channel(frame.argument0());
        long timeout = frame.argument2();
        if (channel == null || channel.index == thread.serves || timeout < 0) {
            return false;
        }
        ipc.call(core, channel, frame.argument1(), timeout);
        return true;
    }

    private boolean receive(Core core, Thread thread, Frame frame) {
        Channel channel = channel(frame.argument0());
        if (channel == null || channel.index != thread.serves) {
            return false;
        }
        ipc.receive(core, channel);
        return true;
    }

    // In range if below the limit, whose value the checkers do not see.
    @SuppressWarnings({"index", "value"})
    private boolean reply(Core core, Thread thread, Frame frame) {
        Channel channel = channel(frame.argument0());
        long tag = frame.argument1();
        if (channel == null || channel.index != thread.serves || tag < 0 || tag >= Limits.TAGS) {
            return false;
        }
        ipc.reply(core, channel, (int) tag, frame.argument2());
        return true;
    }

    private boolean cancel(Core core, Thread thread, Frame frame) {
        Thread victim = thread(frame.argument0());
        if (victim == null || victim == thread) {
            return false;
        }
        ipc.cancel(core, victim);
        return true;
    }

    private boolean restart(Core core, Frame frame) {
        Channel channel = channel(frame.argument0());
        if (channel == null) {
            return false;
        }
        server.restart(core, channel);
        return true;
    }

    // In range if below the limit, whose value the checkers do not see.
    @SuppressWarnings({"index", "value"})
    private boolean spawn(Core core, Thread thread, Frame frame) {
        Thread slot = thread(frame.argument0());
        long program = frame.argument1();
        long priority = frame.argument2();
        long served = frame.argument3();
        Channel channel = channel(served);
        if (slot == null
                || slot == thread
                || program < 0
                || program >= Shared.PROGRAMS
                || priority < 0
                || priority >= Limits.PRIORITIES
                || (channel == null && served != Record.NONE)) {
            return false;
        }
        if (server.spawn(core, slot, (int) program, (int) priority, channel)) {
            live.begin();
        }
        return true;
    }

    /** The thread ends; the last of its space leaves that first. */
    boolean exit(Core core) {
        if (server.exit(core)) {
            live.end();
        } else {
            workOn(core, core.caller());
        }
        return true;
    }

    private boolean sleep(Core core, Frame frame) {
        long nanoseconds = frame.argument0();
        if (nanoseconds < 0) {
            return false;
        }
        timers.sleep(core, nanoseconds);
        return true;
    }

    private boolean giveWay(Core core) {
        scheduler.yield(core);
        return true;
    }

    /** A call about pages of the thread's space; a job that it begins is gone on with at once. */
    @Cold
    // In range if below the limit, whose value the checkers do not see.
    @SuppressWarnings({"index", "value"})
    private boolean pages(Core core, Thread thread, Frame frame) {
        Space space = spaces.of(thread);
        long first = frame.argument0();
        long last = frame.argument1();
        if (space == null || first < 0 || first > last || last >= space.pages()) {
            return false;
        }
        if (frame.number() == SystemCall.UNMAP) {
            spaceCalls.unmap(core, space, (int) first, (int) last);
        } else {
            long protection = frame.argument2();
            if (protection <= Rights.NONE || protection >= Rights.LIMIT) {
                return false;
            }
            if (frame.number() == SystemCall.MAP) {
                spaceCalls.map(core, space, (int) first, (int) last, (int) protection);
            } else {
                spaceCalls.protect(core, space, (int) first, (int) last, (int) protection);
            }
        }
        workOn(core, thread);
        return true;
    }

    /** A process is copied; the job is gone on with at once. */
    @Cold
    // In range if below the limit, whose value the checkers do not see.
    @SuppressWarnings({"index", "value"})
    private boolean fork(Core core, Thread thread, Frame frame) {
        Space space = spaces.of(thread);
        Thread slot = thread(frame.argument0());
        long program = frame.argument1();
        if (space == null
                || slot == null
                || slot == thread
                || program < 0
                || program >= Shared.PROGRAMS) {
            return false;
        }
        if (spaceCalls.fork(core, space, slot, (int) program)) {
            live.begin();
        }
        workOn(core, thread);
        return true;
    }

    /** The core's thread goes on with its job, if it has one. */
    private void workOn(Core core, Thread thread) {
        if (core.current == thread && thread.working) {
            jobs.work(core);
        }
    }

    /**
     * The thread asks for the recorder: granted if it is off, which leaves no event, else refused.
     * Which of the two, only {@code before} can tell: it may be what switches the recorder on. The
     * answer is the code, and nothing else.
     */
    @Emits({"RequestRecording", "Refuse"})
    private boolean record(Core core, Thread thread) {
        thread.lock.acquire(core);
        Checkpoint.before(core, thread);
        if (core.recorder.on()) {
            refused(core, thread, SystemCall.RECORD);
        } else {
            thread.conclude(Code.OK, 0, 0, 0);
            checkpoints.request();
        }
        thread.lock.release(core);
        return true;
    }

    /** The arguments are such that no state of the kernel allows the call. */
    private void refuse(Core core, Thread thread, long number) {
        thread.lock.acquire(core);
        Checkpoint.before(core, thread);
        refused(core, thread, number);
        thread.lock.release(core);
    }

    @Emits("Refuse")
    @Holding("Thread.lock")
    private static void refused(Core core, Thread thread, long number) {
        thread.conclude(Code.INVALID, 0, 0, 0);
        if (core.recorder.on()) {
            core.recorder.record(
                    Event.REFUSE,
                    1,
                    Record.params(thread.index, (int) number, 0, 0),
                    0,
                    Record.result(Code.INVALID, 0, 0, 0),
                    thread.touch(),
                    0,
                    0);
        }
    }

    @SuppressWarnings("index") // In range if below the limit, whose value the checkers do not see.
    private @Nullable Channel channel(long index) {
        return index >= 0 && index < Limits.CHANNELS ? channels[(int) index] : null;
    }

    @SuppressWarnings("index") // In range if below the limit, whose value the checkers do not see.
    private @Nullable Thread thread(long index) {
        return index >= 0 && index < Limits.THREADS ? threads[(int) index] : null;
    }
}
