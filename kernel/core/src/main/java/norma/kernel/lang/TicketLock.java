// Contract: fair spin lock. Spec: TicketLock.tla (Take, Enter, Leave), LockTable.tla for many.
// Invariants (spec): HolderIsOwner, TicketsUnique, Accounting, Fifo, IrqOffInCs (interrupts are off
// in the whole kernel). Lock order: design "Scheduling and SMP"; asserted on every take.
package norma.kernel.lang;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import norma.abi.Event;
import norma.abi.Record;
import norma.kernel.hal.Cpu;
import norma.quals.Acquires;
import norma.quals.Cold;
import norma.quals.Emits;
import norma.quals.Inline;
import norma.quals.Modelled;
import norma.quals.NoAlloc;
import norma.quals.Releases;
import org.checkerframework.checker.nullness.qual.Nullable;

/**
 * A ticket lock. {@code next} is drawn from, {@code owner} is the ticket that may enter; both count
 * modulo 2^32, more than cores can ever wait.
 */
@NoAlloc
public final class TicketLock {
    /** Order numbers of the declared order: a core takes locks with rising numbers only. */
    public static final int CHANNEL_ORDER = Record.LOCK_CHANNEL << Record.LOCK_RANK_SHIFT;

    /** Run queues and what cores publish. */
    public static final int CORE_ORDER = Record.LOCK_CORE << Record.LOCK_RANK_SHIFT;

    /** Address spaces. */
    public static final int SPACE_ORDER = Record.LOCK_SPACE << Record.LOCK_RANK_SHIFT;

    /** Threads. */
    public static final int THREAD_ORDER = Record.LOCK_THREAD << Record.LOCK_RANK_SHIFT;

    /** The frames of memory. */
    public static final int MEMORY_ORDER = Record.LOCK_MEMORY << Record.LOCK_RANK_SHIFT;

    private static final VarHandle NEXT;
    private static final VarHandle OWNER;

    static {
        try {
            MethodHandles.Lookup lookup = MethodHandles.lookup();
            NEXT = lookup.findVarHandle(TicketLock.class, "next", int.class);
            OWNER = lookup.findVarHandle(TicketLock.class, "owner", int.class);
        } catch (ReflectiveOperationException e) {
            throw new ExceptionInInitializerError(e);
        }
    }

    /** Place in the declared order: rank and index. */
    public final int order;

    @Modelled private int next;
    @Modelled private int owner;

    /** While the lock is held: the lock that its core had entered last before, if any. */
    @Nullable TicketLock below;

    /** A free lock; {@code rank} is one of the {@code *_ORDER} constants. */
    public TicketLock(int rank, int index) {
        this.order = rank | index;
    }

    /** Takes the lock: spins, interrupts off, until it is this core's turn. */
    @Emits({"LockTake", "LockEnter"})
    @Acquires
    @Inline
    public void acquire(CpuLocal cpu) {
        assert cpu.mayTake(order) : "lock order";
        boolean traced = cpu.tracesLocks();
        int ticket = (int) NEXT.getAndAdd(this, 1);
        if (traced) {
            trace(cpu, Event.LOCK_TAKE, Record.LOCK_NEXT, (ticket & 0xffff_ffffL) + 1);
        }
        while ((int) OWNER.getAcquire(this) != ticket) {
            Cpu.relax();
        }
        cpu.entered(this);
        if (traced) {
            trace(cpu, Event.LOCK_ENTER, Record.LOCK_OWNER, 2 * (ticket & 0xffff_ffffL) + 1);
        }
    }

    /** Leaves the lock to the next ticket. */
    @Emits("LockLeave")
    @Releases
    @Inline
    public void release(CpuLocal cpu) {
        int ticket = (int) OWNER.getOpaque(this);
        cpu.leaving(this);
        if (cpu.tracesLocks()) {
            trace(cpu, Event.LOCK_LEAVE, Record.LOCK_OWNER, 2 * (ticket & 0xffff_ffffL) + 2);
        }
        OWNER.setRelease(this, ticket + 1);
    }

    @Cold
    private void trace(CpuLocal cpu, int kind, int type, long version) {
        cpu.recorder.record(
                kind,
                1,
                Record.params(order, 0, 0, 0),
                0,
                0,
                Record.object(type, order) | version,
                0,
                0);
    }
}
