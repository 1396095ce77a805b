// Contract: who runs where. Spec: Scheduler.tla, one method per action.
// Locks: each action is one critical section of the run queue of the core it touches (Steal: of
// two, by rising index), then of the thread. Called by norma.kernel.entry alone: operations return
// wake lists, they never call the scheduler.
package norma.kernel.sched;

import norma.abi.Code;
import norma.abi.Event;
import norma.abi.Limits;
import norma.abi.Record;
import norma.kernel.hal.Clock;
import norma.kernel.lang.Checkpoint;
import norma.kernel.mem.SpaceDuties;
import norma.kernel.thread.Core;
import norma.kernel.thread.Thread;
import norma.quals.Cold;
import norma.quals.Emits;
import norma.quals.Holding;
import norma.quals.Inline;
import norma.quals.NoAlloc;
import org.checkerframework.checker.nullness.qual.Nullable;
import org.checkerframework.common.value.qual.ArrayLen;
import org.checkerframework.common.value.qual.IntRange;

/**
 * Per-core run queues with fixed priorities, round robin inside each, stealing, and idle cores that
 * wait for an IPI.
 *
 * <p>A core leaves the kernel in {@link #leave}: it first enqueues what it has woken, sends the
 * IPIs it owes, and then resumes, dispatches, steals or goes idle. It runs a thread on the tables
 * of the thread's space, which it loads while it runs nobody, and idles on the kernel's. "Idle" is
 * published under the run queue's lock after the queue was seen empty under the same lock, so a
 * waker either finds the core idle and kicks it, or the core finds the thread.
 */
@NoAlloc
public final class Scheduler {
    /** A queue longer than this invites an idle core to steal from it. */
    private static final int CROWD = 2;

    private final Core @ArrayLen(Limits.CORES) [] cores;
    private final SpaceDuties spaces;
    private @IntRange(from = 1, to = Limits.CORES) int coresInUse = 1;
    private long slice = 1_000_000;

    /** A scheduler for the given cores. */
    public Scheduler(Core @ArrayLen(Limits.CORES) [] cores, SpaceDuties spaces) {
        this.cores = cores;
        this.spaces = spaces;
    }

    /** Sets what the boot block asks for, before any other core starts. */
    public void configure(@IntRange(from = 1, to = Limits.CORES) int count, long sliceNanoseconds) {
        coresInUse = count;
        slice = sliceNanoseconds;
    }

    /** Number of cores that schedule. */
    public @IntRange(from = 1, to = Limits.CORES) int coresInUse() {
        return coresInUse;
    }

    /** Settles what the core owes and picks what it runs; null: it has gone idle. */
    @Inline
    public @Nullable Thread leave(Core core) {
        for (; ; ) {
            while (core.hasWoken()) {
                enqueue(core);
            }
            payKicks(core);
            Thread current = core.current;
            if (current != null && resumeOrPreempt(core, current)) {
                return current;
            }
            core.wanted = core.root;
            Thread next = dispatch(core);
            if (next == null && core.wanted == core.root) {
                next = steal(core);
            }
            if (next != null) {
                return next;
            }
            if (core.wanted != core.root) {
                spaces.load(core, core.wanted);
            } else if (core.root != Record.NONE) {
                spaces.load(core, Record.NONE);
            } else if (core.current == null && idle(core)) {
                return null;
            }
        }
    }

    /** Has the core the thread's tables loaded? If not, it knows which it needs. */
    private static boolean tablesLoaded(Core core, Thread thread) {
        core.wanted = thread.space;
        return core.root == thread.space;
    }

    @SuppressWarnings("index") // Only bits of cores are set in kicks.
    private void payKicks(Core core) {
        int owed = core.kicks();
        while (owed != 0) {
            int target = Integer.numberOfTrailingZeros(owed);
            owed &= owed - 1;
            core.kick(cores[target]);
        }
    }

    /** Puts the first thread of the core's wake list on its home core's queue. */
    @Emits("Enqueue")
    private void enqueue(Core core) {
        Thread thread = core.firstWoken();
        Core target = cores[thread.home()];
        target.lock.acquire(core);
        thread.lock.acquire(core);
        Checkpoint.before(core, thread, target);
        core.takeWoken(thread);
        assert thread.state == Thread.WOKEN : "woken before it is ready";
        int priority = thread.effective();
        thread.state = Thread.READY;
        thread.setHome(target.index);
        target.queue.insert(thread);
        target.publishReady();
        boolean kick = target != core && (target.idle || priority > target.level);
        if (kick) {
            core.owe(target);
        }
        boolean crowded = !kick && target.queue.count() > CROWD;
        if (core.recorder.on()) {
            core.recorder.record(
                    Event.ENQUEUE,
                    2,
                    Record.params(thread.index, target.index, priority, 0),
                    0,
                    Record.result(kick ? 1 : 0, 0, 0, target.queue.count()),
                    thread.touch(),
                    target.touch(),
                    0);
        }
        thread.lock.release(core);
        target.lock.release(core);
        if (crowded) {
            inviteThief(core);
        }
    }

    /**
     * More threads are ready than {@link #CROWD}: a core that waits, if one is seen, is kicked so
     * that it steals.
     */
    @Cold
    private void inviteThief(Core core) {
        for (int i = 0; i < coresInUse; i++) {
            Core other = cores[i];
            if (other != core && other.quiescent()) {
                core.owe(other);
                return;
            }
        }
    }

    /** The current thread goes on, unless a more urgent one waits or its slice is over. */
    @Emits({"Resume", "Preempt"})
    private boolean resumeOrPreempt(Core core, Thread thread) {
        core.lock.acquire(core);
        thread.lock.acquire(core);
        assert thread.state == Thread.RUNNING : "the current thread runs";
        int priority = thread.effective();
        int urgent = core.queue.urgent();
        boolean resumes = urgent < priority || (urgent == priority && Clock.now() < core.sliceEnd);
        Checkpoint.before(core, core, thread);
        if (resumes) {
            thread.returnToUser();
            core.level = priority;
            if (core.recorder.on()) {
                core.recorder.record(
                        Event.RESUME,
                        2,
                        Record.params(thread.index, priority, 0, 0),
                        0,
                        0,
                        core.touch(),
                        thread.touch(),
                        0);
            }
        } else {
            ready(core, thread);
            if (core.recorder.on()) {
                core.recorder.record(
                        Event.PREEMPT,
                        2,
                        Record.params(thread.index, 0, 0, 0),
                        0,
                        Record.result(0, 0, 0, core.queue.count()),
                        core.touch(),
                        thread.touch(),
                        0);
            }
        }
        thread.lock.release(core);
        core.lock.release(core);
        return resumes;
    }

    @Holding({"Core.lock", "Thread.lock"})
    private static void ready(Core core, Thread thread) {
        thread.state = Thread.READY;
        thread.setHome(core.index);
        core.queue.insert(thread);
        core.publishReady();
        core.current = null;
    }

    /** The core's thread gives way to others of its priority (system call). */
    @Emits("Yield")
    public void yield(Core core) {
        Thread thread = core.caller();
        core.lock.acquire(core);
        thread.lock.acquire(core);
        Checkpoint.before(core, core, thread);
        ready(core, thread);
        thread.conclude(Code.OK, 0, 0, 0);
        if (core.recorder.on()) {
            core.recorder.record(
                    Event.YIELD,
                    2,
                    Record.params(thread.index, 0, 0, 0),
                    0,
                    Record.result(0, 0, 0, core.queue.count()),
                    core.touch(),
                    thread.touch(),
                    0);
        }
        thread.lock.release(core);
        core.lock.release(core);
    }

    /** Runs the most urgent ready thread of the core's own queue, or returns null. */
    @Emits("Dispatch")
    private @Nullable Thread dispatch(Core core) {
        core.lock.acquire(core);
        Thread thread = core.queue.head();
        if (thread != null && !tablesLoaded(core, thread)) {
            thread = null;
        }
        if (thread != null) {
            thread.lock.acquire(core);
            Checkpoint.before(core, core, thread);
            core.queue.remove(thread);
            core.publishReady();
            run(core, thread);
            if (core.recorder.on()) {
                core.recorder.record(
                        Event.DISPATCH,
                        2,
                        Record.params(thread.index, core.level, 0, 0),
                        0,
                        Record.result(0, 0, 0, core.queue.count()),
                        core.touch(),
                        thread.touch(),
                        0);
            }
            thread.lock.release(core);
        }
        core.lock.release(core);
        return thread;
    }

    @Holding({"Core.lock", "Thread.lock"})
    private static void run(Core core, Thread thread) {
        assert thread.state == Thread.READY : "only ready threads run";
        thread.state = Thread.RUNNING;
        thread.returnToUser();
        thread.setHome(core.index);
        core.current = thread;
        core.idle = false;
        core.level = thread.effective();
    }

    /** Takes the most urgent thread of another core's queue, or returns null. */
    @SuppressWarnings("index") // Both below coresInUse, so their sum less it is.
    private @Nullable Thread steal(Core core) {
        for (int i = 1; i < coresInUse; i++) {
            int at = core.index + i;
            Core victim = cores[at < coresInUse ? at : at - coresInUse];
            if (victim.readyHint() > 0) {
                Thread thread = steal(core, victim);
                if (thread != null) {
                    return thread;
                }
            }
        }
        return null;
    }

    @Emits("Steal")
    @Cold
    private @Nullable Thread steal(Core core, Core victim) {
        Core low = core.index < victim.index ? core : victim;
        Core high = low == core ? victim : core;
        low.lock.acquire(core);
        high.lock.acquire(core);
        Thread thread = core.queue.head() == null ? victim.queue.head() : null;
        if (thread != null && !tablesLoaded(core, thread)) {
            thread = null;
        }
        if (thread != null) {
            thread.lock.acquire(core);
            Checkpoint.before(core, core, victim, thread);
            victim.queue.remove(thread);
            victim.publishReady();
            run(core, thread);
            if (core.recorder.on()) {
                core.recorder.record(
                        Event.STEAL,
                        3,
                        Record.params(victim.index, thread.index, core.level, 0),
                        0,
                        Record.result(0, 0, 0, victim.queue.count()),
                        core.touch(),
                        victim.touch(),
                        thread.touch());
            }
            thread.lock.release(core);
        }
        high.lock.release(core);
        low.lock.release(core);
        return thread;
    }

    /** Publishes that the core has nothing to run; false if a thread came meanwhile. */
    @Emits("Idle")
    private boolean idle(Core core) {
        core.lock.acquire(core);
        boolean empty = core.queue.head() == null;
        if (empty) {
            Checkpoint.before(core, core);
            core.idle = true;
            if (core.recorder.on()) {
                core.recorder.record(Event.IDLE, 1, 0, 0, 0, core.touch(), 0, 0);
            }
        }
        core.lock.release(core);
        return empty;
    }

    /**
     * A new thread's slice begins, and ends {@link #slice} later; the timer is set for it and for
     * the core's deadlines.
     */
    public void startSlice(Core core) {
        long end = Clock.after(slice);
        core.sliceEnd = end;
        core.armBy(end < core.nextDeadline ? end : core.nextDeadline);
    }

    /** The current thread goes on after a timer interrupt: the timer is set again. */
    public void continueSlice(Core core) {
        if (Clock.now() >= core.sliceEnd) {
            startSlice(core);
        } else {
            core.armBy(core.sliceEnd < core.nextDeadline ? core.sliceEnd : core.nextDeadline);
        }
    }
}
