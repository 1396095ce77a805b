// Contract: deadlines of blocked calls and sleepers. Spec: Kernel.tla Sleep, Wake, TimeOut.
// A deadline is a word of its thread; a timer interrupt scans the table (THREADS words).
package norma.kernel.entry;

import norma.abi.Code;
import norma.abi.Event;
import norma.abi.Record;
import norma.kernel.hal.Clock;
import norma.kernel.ipc.Ipc;
import norma.kernel.lang.Checkpoint;
import norma.kernel.thread.Core;
import norma.kernel.thread.Thread;
import norma.quals.Emits;
import norma.quals.NoAlloc;

/** Sleep, and what a timer interrupt does. */
@NoAlloc
public final class Timers {
    private final Thread[] threads;
    private final Ipc ipc;

    Timers(Thread[] threads, Ipc ipc) {
        this.threads = threads;
        this.ipc = ipc;
    }

    /** The core's thread sleeps for {@code nanoseconds}. */
    @Emits("Sleep")
    void sleep(Core core, long nanoseconds) {
        Thread thread = core.caller();
        long deadline = Clock.after(nanoseconds);
        thread.lock.acquire(core);
        Checkpoint.before(core, thread);
        thread.asleep = true;
        thread.state = Thread.BLOCKED;
        thread.deadline(deadline);
        core.current = null;
        if (core.recorder.on()) {
            core.recorder.record(
                    Event.SLEEP,
                    1,
                    Record.params(thread.index, 0, 0, 0),
                    nanoseconds,
                    0,
                    thread.touch(),
                    0,
                    0);
        }
        thread.lock.release(core);
        core.deadline(deadline);
    }

    /** A timer interrupt: ends calls and sleeps whose deadline has come. */
    @Emits("Tick")
    void tick(Core core) {
        Checkpoint.before(core);
        if (core.recorder.on()) {
            core.recorder.record(Event.TICK, 0, 0, 0, 0, 0, 0, 0);
        }
        core.armed = Clock.NEVER;
        long now = Clock.now();
        if (now >= core.nextDeadline) {
            expire(core, now);
        }
    }

    private void expire(Core core, long now) {
        long earliest = Clock.NEVER;
        for (Thread thread : threads) {
            long deadline = thread.deadline();
            if (deadline != 0 && deadline <= now) {
                if (thread.channel() == Record.NONE) {
                    wake(core, thread, now);
                } else {
                    ipc.timeOut(core, thread, now);
                }
                deadline = thread.deadline();
            }
            if (deadline != 0 && deadline < earliest) {
                earliest = deadline;
            }
        }
        core.nextDeadline = earliest;
    }

    /** A sleeper's deadline has come. */
    @Emits("Wake")
    private void wake(Core core, Thread thread, long now) {
        thread.lock.acquire(core);
        long deadline = thread.deadline();
        if (thread.asleep && deadline != 0 && deadline <= now) {
            Checkpoint.before(core, thread);
            thread.asleep = false;
            thread.deadline(0);
            thread.conclude(Code.OK, 0, 0, 0);
            thread.state = Thread.WOKEN;
            core.wake(thread);
            if (core.recorder.on()) {
                core.recorder.record(
                        Event.WAKE,
                        1,
                        Record.params(thread.index, 0, 0, 0),
                        0,
                        0,
                        thread.touch(),
                        0,
                        0);
            }
        }
        thread.lock.release(core);
    }
}
