// Contract: a processor core as the scheduler sees it.
// Spec: Scheduler.tla rq cur mode idle level ipi wake kick.
// Lock: `lock` guards queue, idle, level. The IPI word is lock-free. The rest is the core's own.
package norma.kernel.thread;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import norma.abi.Event;
import norma.abi.Limits;
import norma.abi.Record;
import norma.kernel.hal.Clock;
import norma.kernel.hal.Cpu;
import norma.kernel.lang.CpuLocal;
import norma.kernel.lang.TicketLock;
import norma.quals.Emits;
import norma.quals.GuardedBy;
import norma.quals.Holding;
import norma.quals.Modelled;
import norma.quals.NoAlloc;
import org.checkerframework.checker.nullness.qual.Nullable;
import org.checkerframework.common.value.qual.IntRange;

/** One core: its run queue, what it publishes, its wake list and the kicks it owes. */
@NoAlloc
public final class Core extends CpuLocal {
    private static final VarHandle IPI_WORD;
    private static final VarHandle READY_HINT;
    private static final VarHandle WAITING;

    static {
        try {
            MethodHandles.Lookup lookup = MethodHandles.lookup();
            IPI_WORD = lookup.findVarHandle(Core.class, "ipiWord", long.class);
            READY_HINT = lookup.findVarHandle(Core.class, "readyHint", int.class);
            WAITING = lookup.findVarHandle(Core.class, "waiting", int.class);
        } catch (ReflectiveOperationException e) {
            throw new ExceptionInInitializerError(e);
        }
    }

    /** Guards the run queue and what the core publishes. */
    public final TicketLock lock;

    /** Guarded by lock: ready threads of this core. */
    public final RunQueue queue = new RunQueue();

    /** Guarded by lock: nothing to run, waiting for an IPI. */
    @Modelled
    @GuardedBy("Core.lock")
    public boolean idle = true;

    /** Guarded by lock: priority that this core runs at. */
    @Modelled
    @GuardedBy("Core.lock")
    public int level;

    /** Bit 0: pending; upper bits count the changes and are the word's version. */
    @Modelled private long ipiWord;

    /** Ready threads, for cores that look for something to steal: a hint. */
    private int readyHint;

    /** 1 while the core waits for an interrupt: a hint for kickers, and for the end of the run. */
    private int waiting = 1;

    // Owned by this core:
    @Modelled public @Nullable Thread current;
    @Modelled private @Nullable Thread wakeFirst;
    private @Nullable Thread wakeLast;
    @Modelled private int kicks;

    /**
     * Threads whose effective priority this core has changed while their call was outstanding:
     * their donations are due (spec: Donate). Bit set by thread index.
     */
    public long donors;

    /** Time at which the current slice ends. */
    public long sliceEnd;

    /** Earliest deadline that this core's timer answers for. */
    public long nextDeadline = Clock.NEVER;

    /** Time that this core's timer is set to. */
    public long armed = Clock.NEVER;

    private long version;

    /** An idle core. */
    public Core(@IntRange(from = 0, to = Limits.CORES - 1) int index) {
        super(index);
        this.lock = new TicketLock(TicketLock.CORE_ORDER, index);
    }

    /** This core as a touched object, with its next version. Caller holds {@code lock}. */
    public long touch() {
        version++;
        return Record.object(Record.CORE, index) | version;
    }

    /** The thread whose system call this core handles. */
    public Thread caller() {
        Thread thread = current;
        assert thread != null : "a core in a system call has a thread";
        return thread;
    }

    /** Puts a thread that this core has just woken on its wake list. */
    @Holding("Thread.lock")
    public void wake(Thread thread) {
        assert thread.state == Thread.WOKEN : "woken first";
        thread.next = null;
        Thread tail = wakeLast;
        if (wakeFirst == null || tail == null) {
            wakeFirst = thread;
        } else {
            tail.next = thread;
        }
        wakeLast = thread;
    }

    /** Does this core owe a woken thread its place in a queue? */
    public boolean hasWoken() {
        return wakeFirst != null;
    }

    /** Takes the first thread off the wake list, which is not empty. */
    public Thread nextWoken() {
        Thread thread = wakeFirst;
        assert thread != null : "the wake list is not empty";
        wakeFirst = thread.next;
        thread.next = null;
        return thread;
    }

    /** Notes that this core owes {@code core} an IPI. */
    public void owe(Core core) {
        kicks |= 1 << core.index;
    }

    /** Cores that this core owes an IPI, as a bit set; cleared by {@link #kick}. */
    public int kicks() {
        return kicks;
    }

    /** Sends {@code target} an IPI (spec: Kick). */
    @Emits("Kick")
    public void kick(Core target) {
        kicks &= ~(1 << target.index);
        long before = (long) IPI_WORD.getVolatile(target);
        while (!IPI_WORD.compareAndSet(target, before, (before | 1) + 2)) {
            before = (long) IPI_WORD.getVolatile(target);
        }
        if (recorder.on()) {
            recorder.record(
                    Event.KICK,
                    1,
                    Record.params(target.index, 0, 0, 0),
                    0,
                    0,
                    target.ipiVersion(before),
                    0,
                    0);
        }
        Cpu.sendIpi(target.index);
    }

    /** Takes a pending IPI (spec: Ipi); false if there is none: a spurious interrupt. */
    @Emits("Ipi")
    public boolean takeIpi() {
        long before = (long) IPI_WORD.getVolatile(this);
        while ((before & 1) != 0) {
            if (IPI_WORD.compareAndSet(this, before, (before & ~1L) + 2)) {
                if (recorder.on()) {
                    recorder.record(Event.IPI, 1, 0, 0, 0, ipiVersion(before), 0, 0);
                }
                return true;
            }
            before = (long) IPI_WORD.getVolatile(this);
        }
        return false;
    }

    private long ipiVersion(long before) {
        return Record.object(Record.IPI_WORD, index) | ((before >> 1) + 1);
    }

    /** Publishes the queue's length to thieves. Caller holds {@code lock}. */
    public void publishReady() {
        READY_HINT.setOpaque(this, queue.count());
    }

    /** Ready threads, perhaps out of date. */
    public int readyHint() {
        return (int) READY_HINT.getOpaque(this);
    }

    /** Publishes whether this core waits for an interrupt. */
    public void publishWaiting(boolean waits) {
        WAITING.setVolatile(this, waits ? 1 : 0);
    }

    /** Does the core wait with no IPI under way? Out of date as soon as it is read. */
    public boolean quiescent() {
        return ((long) IPI_WORD.getVolatile(this) & 1) == 0 && (int) WAITING.getVolatile(this) != 0;
    }

    /** Sets the timer to {@code time}, earlier or later than it was. */
    public void armFor(long time) {
        if (time != armed) {
            armed = time;
            Clock.arm(time);
        }
    }

    /** Makes sure that the timer fires no later than {@code time}. */
    public void armBy(long time) {
        if (time < armed) {
            armed = time;
            Clock.arm(time);
        }
    }

    /** This core answers for a deadline from now on. */
    public void deadline(long time) {
        if (time < nextDeadline) {
            nextDeadline = time;
        }
    }
}
