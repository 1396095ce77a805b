// Contract: a processor core as the scheduler sees it.
// Spec: Scheduler.tla rq cur mode idle level ipi wake kick; AddressSpace.tla root.
// Lock: `lock` guards queue, idle, level. The IPI word is lock-free. The rest is the core's own.
package norma.kernel.thread;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import norma.abi.Event;
import norma.abi.Limits;
import norma.abi.Record;
import norma.abi.Snapshot;
import norma.kernel.hal.Clock;
import norma.kernel.hal.Cpu;
import norma.kernel.lang.Checkpoint;
import norma.kernel.lang.CpuLocal;
import norma.kernel.lang.Epochs;
import norma.kernel.lang.Recorder;
import norma.kernel.lang.TicketLock;
import norma.quals.Cold;
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
    private static final VarHandle ARMED;

    /** The IPI word: pending in bit 0, then the epoch of its last snapshot, then its version. */
    private static final long PENDING = 1;

    private static final int EPOCH_SHIFT = 1;
    private static final int VERSION_SHIFT = 17;
    private static final long EPOCH_BITS = (1L << VERSION_SHIFT) - (1L << EPOCH_SHIFT);

    static {
        try {
            MethodHandles.Lookup lookup = MethodHandles.lookup();
            IPI_WORD = lookup.findVarHandle(Core.class, "ipiWord", long.class);
            READY_HINT = lookup.findVarHandle(Core.class, "readyHint", int.class);
            WAITING = lookup.findVarHandle(Core.class, "waiting", int.class);
            ARMED = lookup.findVarHandle(Core.class, "armedWord", int.class);
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

    /** See {@link #PENDING}; the version counts the changes of the pending bit. */
    @Modelled private long ipiWord;

    /** 1 when the core is armed, for the core that switches the recorder on. */
    private int armedWord;

    /** State of the epochs that this core has caught up with. */
    private long seen;

    /** Ready threads, for cores that look for something to steal: a hint. */
    private int readyHint;

    /** 1 while the core waits for an interrupt: a hint for kickers, and for the end of the run. */
    private int waiting = 1;

    // Owned by this core:
    @Modelled public @Nullable Thread current;

    /** Space whose tables are loaded, or NONE: the kernel's. */
    @Modelled public int root = Record.NONE;

    /** Whose tables the thread needs that the core could run next; {@link #root}: no others. */
    public int wanted = Record.NONE;

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

    /** An idle core. */
    public Core(@IntRange(from = 0, to = Limits.CORES - 1) int index, Epochs epochs) {
        super(index, epochs);
        this.lock = new TicketLock(TicketLock.CORE_ORDER, index);
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

    /** The first thread of the wake list, which is not empty. */
    public Thread firstWoken() {
        Thread thread = wakeFirst;
        assert thread != null : "the wake list is not empty";
        return thread;
    }

    /** Takes {@link #firstWoken} off the wake list. */
    public void takeWoken(Thread thread) {
        wakeFirst = thread.next;
        thread.next = null;
    }

    /** Notes that this core owes {@code core} an IPI. */
    public void owe(Core core) {
        kicks |= 1 << core.index;
    }

    /** Notes that this core owes an IPI to cores, given as a bit set. */
    public void oweAll(int cores) {
        kicks |= cores;
    }

    /** Cores that this core owes an IPI, as a bit set; cleared by {@link #kick}. */
    public int kicks() {
        return kicks;
    }

    /** Sends {@code target} an IPI (spec: Kick). */
    @Emits("Kick")
    @Cold
    public void kick(Core target) {
        long before = target.changeIpi(this, PENDING);
        kicks &= ~(1 << target.index);
        if (recorder.on()) {
            recorder.record(
                    Event.KICK,
                    1,
                    Record.params(target.index, 0, 0, 0),
                    0,
                    0,
                    target.ipiTouched(before) + 1,
                    0,
                    0);
        }
        Cpu.sendIpi(target.index);
    }

    /** Is an IPI pending? If not, the interrupt is a spurious one. */
    public boolean ipiPending() {
        return ((long) IPI_WORD.getVolatile(this) & PENDING) != 0;
    }

    /** Takes the pending IPI (spec: Ipi): nobody else does. */
    @Emits("Ipi")
    public void takeIpi() {
        long before = changeIpi(this, 0);
        if (recorder.on()) {
            recorder.record(Event.IPI, 1, 0, 0, 0, ipiTouched(before) + 1, 0, 0);
        }
    }

    /** Sets this core's pending bit for {@code by}; returns the word before. */
    @Emits({"Kick", "Ipi"})
    private long changeIpi(Core by, long pending) {
        for (; ; ) {
            // Acquire: who is in the epoch of a word has seen that the epoch has begun.
            long before = (long) IPI_WORD.getAcquire(this);
            if (by.armed() && by.ahead(before) > 0) {
                by.mark(epochs.epoch());
            }
            long after = (by.inOwnEpoch(before & ~PENDING) + (1L << VERSION_SHIFT)) | pending;
            if (IPI_WORD.compareAndSet(this, before, after)) {
                saveIpi(by, before, after);
                Checkpoint.before(by);
                return before;
            }
        }
    }

    /** Makes sure that the checkpoint of {@code by}'s epoch has this core's IPI word. */
    @Emits("Snapshot")
    public void sweepIpi(Core by) {
        for (; ; ) {
            // Opaque: epochs only grow, and the compare-and-set finds out what is too old.
            long before = (long) IPI_WORD.getOpaque(this);
            if (by.ahead(before) >= 0) {
                return;
            }
            if (IPI_WORD.compareAndSet(this, before, by.inOwnEpoch(before))) {
                snapshotIpi(by.recorder, before);
                return;
            }
        }
    }

    /** Whoever changes the word's epoch writes what the word was in the epoch before. */
    private void saveIpi(Core by, long before, long after) {
        if (((before ^ after) & EPOCH_BITS) != 0) {
            snapshotIpi(by.recorder, before);
        }
    }

    private void snapshotIpi(Recorder to, long word) {
        to.begin(Event.SNAPSHOT, ipiTouched(word), 1);
        to.part(word & PENDING, 0, 0, 0, 0);
        to.end();
    }

    /** Is an IPI word in a later epoch than this core (above 0), or in an earlier one (below)? */
    private int ahead(long word) {
        return (short) ((word >> EPOCH_SHIFT) - epoch());
    }

    private long inOwnEpoch(long word) {
        return (word & ~EPOCH_BITS) | (((long) epoch() << EPOCH_SHIFT) & EPOCH_BITS);
    }

    private long ipiTouched(long word) {
        return Record.object(Record.IPI_WORD, index) | (word >> VERSION_SHIFT);
    }

    // --- checkpoints ------------------------------------------------------------------------

    /**
     * Has this core caught up with {@code state} of the epochs? From {@link #saw} until the state
     * changes; a core begins with the first state.
     */
    public boolean hasSeen(long state) {
        return seen == state;
    }

    /** This core has caught up with {@code state}. */
    public void saw(long state) {
        seen = state;
    }

    @Override
    public void arm() {
        super.arm();
        ARMED.setOpaque(this, 1); // A core's own promise of what it does next orders nothing.
    }

    /**
     * Will this core look at stamps before it changes anything: armed, or yet to wake up? What it
     * did before it was armed is behind locks that who asks takes later.
     */
    public boolean readyToRecord() {
        return (int) ARMED.getOpaque(this) != 0 || (int) WAITING.getVolatile(this) != 0;
    }

    @Override
    @Emits("Mark")
    public void mark(int next) {
        int before = epoch();
        enter(next);
        recorder.mark(next);
        context(recorder, Event.MARK, before);
    }

    /**
     * Writes what this core keeps to itself, now that every core waits, and nobody sends an IPI:
     * who found that out ({@link #quiescent}) may read plainly.
     */
    public void snapshotContext(Recorder to) {
        context(to, Event.SNAPSHOT, 0);
        snapshotIpi(to, (long) IPI_WORD.get(this));
    }

    private void context(Recorder to, int kind, int before) {
        int woken = 0;
        for (Thread thread = wakeFirst; thread != null; thread = thread.next) {
            woken++;
        }
        Thread running = current;
        int outside = running == null ? Snapshot.HALT : Snapshot.USER;
        to.begin(
                kind,
                Record.object(Record.CONTEXT, index) | recorder.head(),
                1 + Snapshot.listParts(woken));
        to.part(
                Record.params(
                        running == null ? Record.NONE : running.index,
                        inside() ? Snapshot.KERNEL : outside,
                        woken,
                        0),
                kicks,
                donors,
                before,
                0);
        for (Thread thread = wakeFirst; thread != null; thread = thread.next) {
            to.list(thread.index);
        }
        to.end();
    }

    @Override
    @Holding("Core.lock")
    public void snapshot(Recorder to) {
        int ready = queue.count();
        to.begin(Event.SNAPSHOT, touched(), 1 + Snapshot.listParts(ready));
        to.part(
                (idle ? 1 : 0) | level << 8 | (long) ready << 16 | (long) readyHint() << 32,
                queue.levels(),
                0,
                0,
                0);
        queue.list(to);
        to.end();
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
        return !ipiPending() && (int) WAITING.getVolatile(this) != 0;
    }

    /** Sets the timer to {@code time}, earlier or later than it was. */
    public void armFor(long time) {
        if (time != armed) {
            armed = time;
            Clock.arm(time);
        }
    }

    /** Makes sure that the timer fires no later than {@code time}; asks for what it has not. */
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
