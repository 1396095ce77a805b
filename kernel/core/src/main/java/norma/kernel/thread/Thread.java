// Contract: a thread slot. Spec: Scheduler.tla st gen base eff home; Ipc.tla ipc chan msg don
// timed res srv att; Kernel.tla asleep; AddressSpace.tla space.
// Lock: `lock` guards every field below it unless said otherwise; who may write also holds the
// lock of the queue that the thread is in (channel or core).
package norma.kernel.thread;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import norma.abi.Event;
import norma.abi.Limits;
import norma.abi.Record;
import norma.abi.Snapshot;
import norma.abi.SystemCall;
import norma.kernel.lang.Recorder;
import norma.kernel.lang.TicketLock;
import norma.kernel.lang.Tracked;
import norma.quals.GuardedBy;
import norma.quals.Holding;
import norma.quals.Modelled;
import norma.quals.NoAlloc;
import org.checkerframework.checker.nullness.qual.Nullable;
import org.checkerframework.common.value.qual.IntRange;

/** A thread slot: inactive, or one incarnation of a thread. */
@NoAlloc
public final class Thread extends Tracked {
    /** States (spec: st). */
    public static final int INACTIVE = 0;

    public static final int READY = 1;
    public static final int RUNNING = 2;
    public static final int BLOCKED = 3;
    public static final int WOKEN = 4;
    public static final int FAULTED = 5;

    /** How a thread takes part in IPC (spec: ipc). */
    public static final int IDLE = 0;

    /**
     * A call is outstanding; whether it waits for a tag, is queued or received, the channel knows.
     */
    public static final int CALLING = 1;

    /** Waits in Receive. */
    public static final int RECEIVING = 2;

    /** Has a result that it has not yet returned to user mode with. */
    public static final int DONE = 3;

    private static final VarHandle CHANNEL;
    private static final VarHandle HOME;
    private static final VarHandle EFFECTIVE;
    private static final VarHandle DEADLINE;

    static {
        try {
            MethodHandles.Lookup lookup = MethodHandles.lookup();
            CHANNEL = lookup.findVarHandle(Thread.class, "channel", int.class);
            HOME = lookup.findVarHandle(Thread.class, "home", int.class);
            EFFECTIVE = lookup.findVarHandle(Thread.class, "effective", int.class);
            DEADLINE = lookup.findVarHandle(Thread.class, "deadline", long.class);
        } catch (ReflectiveOperationException e) {
            throw new ExceptionInInitializerError(e);
        }
    }

    /** Slot number. */
    public final int index;

    /** Guards this thread. */
    public final TicketLock lock;

    /** Saved registers; owned by whoever owns the thread (its core while running). */
    public final Frame frame;

    // Guarded by lock (scheduling):
    @Modelled
    @GuardedBy("Thread.lock")
    public int state;

    @Modelled
    @GuardedBy("Thread.lock")
    public int generation;

    @Modelled
    public @IntRange(from = 0, to = Limits.PRIORITIES - 1) int base;

    @Modelled private int effective;
    @Modelled private int home;

    @Modelled
    @GuardedBy("Thread.lock")
    public boolean asleep;

    // Guarded by lock and, while calling or receiving, the channel's lock (IPC):
    @Modelled
    @GuardedBy({"Thread.lock", "Channel.lock"})
    public int ipc;

    @Modelled private int channel = Record.NONE;

    /** Tag that the outstanding call holds, or NONE; guarded by the channel's lock alone. */
    @Modelled
    @GuardedBy("Channel.lock")
    public int tag = Record.NONE;

    @Modelled
    @GuardedBy({"Thread.lock", "Channel.lock"})
    public long message;

    @Modelled
    @GuardedBy({"Thread.lock", "Channel.lock"})
    public int donated = -1;

    @Modelled
    @GuardedBy({"Thread.lock", "Channel.lock"})
    public boolean timed;

    // Fixed while the slot is active; written under lock and the served channel's lock:
    @Modelled public int serves = Record.NONE;
    @Modelled public int attached = -1;

    /** Address space that the thread lives in, or NONE. */
    @Modelled public int space = Record.NONE;

    /** Has the thread a job in its space (spec: changer)? Only its own core asks. */
    public boolean working;

    /** The space that the job makes (spec: child), or NONE; only the thread's own core asks. */
    public int making = Record.NONE;

    /**
     * Cause of the trap that ends the thread when it has taken everything out of its space, or 0:
     * by then its code may be gone, and what it executes again is a fault of another kind. Only the
     * thread's own core asks, as of {@link #endingAt}.
     */
    public int ending;

    /** Where that trap was. */
    public long endingAt;

    /**
     * Time at which a blocked call or sleep ends, or 0. Written by the thread's own core when it
     * blocks and by whoever unblocks it; read by timer interrupts without a lock, then rechecked.
     */
    private long deadline;

    /**
     * Link of the one list that the thread is in: run queue, waiters, receivers or wake list.
     * Guarded by that list's lock.
     */
    public @Nullable Thread next;

    /** Back link in a run queue. */
    public @Nullable Thread previous;

    /** Link of the threads that serve one channel; guarded by the channel's lock. */
    public @Nullable Thread nextServer;

    /** Program that the thread runs; set at spawn. */
    public int program;

    /** An inactive slot. */
    public Thread(int index) {
        super(Record.object(Record.THREAD, index));
        this.index = index;
        this.lock = new TicketLock(TicketLock.THREAD_ORDER, index);
        this.frame = new Frame(index);
    }

    /**
     * Channel that the thread calls or receives from, or NONE. Stable under {@code lock}; a hint to
     * be rechecked without it.
     */
    public int channel() {
        return (int) CHANNEL.getOpaque(this);
    }

    /** Core whose queue holds or held the thread. A hint without {@code lock}. */
    // Only setHome and the field's 0 are read here.
    @SuppressWarnings({"index", "value"})
    public @IntRange(from = 0, to = Limits.CORES - 1) int home() {
        return (int) HOME.getOpaque(this);
    }

    /** Effective priority. Stable under {@code lock}, or under the lock of the channel served. */
    // Only setEffective and the field's 0 are read here.
    @SuppressWarnings({"index", "value"})
    public @IntRange(from = 0, to = Limits.PRIORITIES - 1) int effective() {
        return (int) EFFECTIVE.getOpaque(this);
    }

    /** See {@link #deadline}. */
    public long deadline() {
        return (long) DEADLINE.getOpaque(this);
    }

    /** Sets or clears (0) the deadline. */
    public void deadline(long time) {
        DEADLINE.setOpaque(this, time);
    }

    /** Writes {@link #channel()}; only emitting actions may. */
    public void setChannel(int index) {
        CHANNEL.setOpaque(this, index);
    }

    /** Writes {@link #home()}; only emitting actions may. */
    public void setHome(@IntRange(from = 0, to = Limits.CORES - 1) int core) {
        HOME.setOpaque(this, core);
    }

    /** Writes {@link #effective()}; only emitting actions may. */
    public void setEffective(@IntRange(from = 0, to = Limits.PRIORITIES - 1) int priority) {
        EFFECTIVE.setOpaque(this, priority);
    }

    /** Is a call of this thread outstanding (spec: Calling)? Caller holds this lock. */
    @Holding("Thread.lock")
    public boolean calling() {
        return ipc == CALLING;
    }

    /** Ends an outstanding call or receive with the given result. Caller holds both locks. */
    @Holding({"Channel.lock", "Thread.lock"})
    public void finish(int code, int messageTag, int caller, long word) {
        setChannel(Record.NONE);
        tag = Record.NONE;
        donated = -1;
        timed = false;
        deadline(0);
        conclude(code, messageTag, caller, word);
    }

    /** The operation in progress has a result. */
    @Holding("Thread.lock")
    public void conclude(int code, int messageTag, int caller, long word) {
        ipc = DONE;
        frame.result(SystemCall.result(code, messageTag, caller), word);
    }

    /** The thread goes back to user mode, with its result if it has one. */
    @Holding("Thread.lock")
    public void returnToUser() {
        ipc = IDLE;
    }

    @Override
    @Holding("Thread.lock")
    public void snapshot(Recorder recorder) {
        recorder.begin(Event.SNAPSHOT, touched(), 1);
        boolean due = ipc == DONE;
        int lives = space == Record.NONE ? 0 : (space + 1) << Snapshot.SPACE_SHIFT;
        long flags = (asleep ? Snapshot.ASLEEP : 0) | (timed ? Snapshot.TIMED : 0) | lives;
        recorder.part(
                state
                        | (long) ipc << 8
                        | (long) base << 16
                        | (long) effective() << 24
                        | (long) home() << 32
                        | flags << 48
                        | (donated & 0xffL) << 56,
                Record.params(generation, channel(), serves, attached),
                calling() ? message : 0,
                due ? frame.result() : 0,
                due ? frame.word() : 0);
        recorder.end();
    }

    /** Makes the slot start its program at the user entry. */
    public void start(long entry, long stack, long status) {
        frame.start(entry, stack, status, index, program);
    }
}
