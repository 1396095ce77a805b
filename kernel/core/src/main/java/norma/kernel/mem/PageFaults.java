// Contract: faults of user mode. Spec: Kernel.tla Fill Allow Copy WaitTurn Leave Fault.
// Locks: one critical section of the space, the thread, and the memory.
package norma.kernel.mem;

import norma.abi.Event;
import norma.abi.Record;
import norma.abi.Rights;
import norma.kernel.hal.Tables;
import norma.kernel.lang.Checkpoint;
import norma.kernel.thread.Core;
import norma.kernel.thread.Thread;
import norma.quals.Emits;
import norma.quals.Holding;
import norma.quals.NoAlloc;
import org.checkerframework.checker.nullness.qual.Nullable;

/** A thread has reached for a page that its tables do not give it. */
@NoAlloc
public final class PageFaults {
    /** The thread may not do that, or there is no memory: it has left its space. */
    public static final int FATAL = 0;

    /** The thread can go on, now or later. */
    public static final int MENDED = 1;

    /** The tables allow it by now: another core has been faster. */
    public static final int OVER = 2;

    private final Frames memory;

    /** Faults of any space. */
    public PageFaults(Frames memory) {
        this.memory = memory;
    }

    /**
     * What becomes of the fault that the core's thread, which lives in {@code space} if that is not
     * null, has made. If {@link #FATAL}, it is in no space any more, and has to end.
     */
    public int take(Core core, @Nullable Space space, int cause, long pc) {
        Thread thread = core.caller();
        if (space == null) {
            thread.lock.acquire(core);
            fault(core, thread, null, cause, pc);
            thread.lock.release(core);
            return FATAL;
        }
        space.lock.acquire(core);
        thread.lock.acquire(core);
        int result = mend(core, thread, space, cause);
        if (result == FATAL) {
            result = end(core, thread, space, cause, pc);
        }
        thread.lock.release(core);
        space.lock.release(core);
        if (result == OVER) {
            Tables.flush();
        }
        return result;
    }

    /**
     * The fault ends the thread. The last of a space takes everything out of it first, and then
     * does the same again: the fault is the same, as less is allowed now.
     */
    @Holding({"Space.lock", "Thread.lock"})
    private static int end(Core core, Thread thread, Space space, int cause, long pc) {
        if (space.leaveDue()) {
            SpaceCalls.leave(core, thread, space, cause, pc);
            return MENDED;
        }
        fault(core, thread, space, cause, pc);
        return FATAL;
    }

    /** The core's thread did what user mode may not. */
    @Emits("Fault")
    @Holding("Thread.lock")
    @SuppressWarnings("guard") // And the lock of the space, if there is one.
    private static void fault(Core core, Thread thread, @Nullable Space space, int cause, long pc) {
        Checkpoint.before(core, thread, space);
        thread.state = Thread.FAULTED;
        if (space != null) {
            space.quit(thread);
        }
        if (core.recorder.on()) {
            core.recorder.record(
                    Event.FAULT,
                    space == null ? 1 : 2,
                    Record.params(
                            thread.index, cause, space == null ? Record.NONE : space.index, 0),
                    pc,
                    0,
                    thread.touch(),
                    space == null ? 0 : space.touch(),
                    0);
        }
    }

    @Holding({"Space.lock", "Thread.lock"})
    private int mend(Core core, Thread thread, Space space, int cause) {
        int page = Tables.faultPage();
        int access = Tables.faultAccess(cause);
        if (page < 0 || page >= space.pages() || access == Rights.NONE) {
            return FATAL;
        }
        if (space.busy()) {
            SpaceCalls.waitTurn(core, thread, space);
            return MENDED;
        }
        memory.lock.acquire(core);
        int result = mend(core, thread, space, page, access);
        memory.lock.release(core);
        return result;
    }

    @Holding({"Space.lock", "Thread.lock", "Frames.lock"})
    private int mend(Core core, Thread thread, Space space, int page, int access) {
        if (!Rights.allow(space.area(page), access)) {
            return FATAL;
        }
        int present = space.frame(page);
        if (present != Space.NOTHING && Rights.allow(space.hard(page), access)) {
            return OVER;
        }
        boolean shared = present != Space.NOTHING && memory.references(present) > 1;
        if (present != Space.NOTHING && !(shared && access == Rights.WRITE)) {
            return allow(core, thread, space, page);
        }
        int frame = memory.free();
        if (frame == Space.NOTHING) {
            return FATAL;
        }
        return shared
                ? copy(core, thread, space, page, frame)
                : fill(core, thread, space, page, frame);
    }

    /** A page that has none yet gets a frame, zeroed. */
    @Emits("Fill")
    @Holding({"Space.lock", "Thread.lock", "Frames.lock"})
    private int fill(Core core, Thread thread, Space space, int page, int frame) {
        Checkpoint.before(core, thread, space, memory);
        memory.refer(frame);
        space.enter(memory, page, frame, space.area(page));
        record(core, Event.FILL, thread, space, page);
        return MENDED;
    }

    /** The table comes up to what the process may do. */
    @Emits("Allow")
    @Holding({"Space.lock", "Thread.lock", "Frames.lock"})
    private int allow(Core core, Thread thread, Space space, int page) {
        Checkpoint.before(core, thread, space, memory);
        space.enter(memory, page, space.frame(page), space.area(page));
        record(core, Event.ALLOW, thread, space, page);
        return MENDED;
    }

    /**
     * A page that is shared gets a frame of its own, with the same contents. It can be written at
     * once if no other core has the tables loaded; else all flush first, which is a job.
     */
    @Emits("Copy")
    @Holding({"Space.lock", "Thread.lock", "Frames.lock"})
    private int copy(Core core, Thread thread, Space space, int page, int frame) {
        Checkpoint.before(core, thread, space, memory);
        int old = space.frame(page);
        memory.copy(old, frame);
        if (space.loaded == 1 << core.index) {
            space.enter(memory, page, frame, Rights.WRITE);
            Tables.flush();
            memory.release(old);
        } else {
            space.enter(memory, page, frame, Rights.READ);
            space.dying = 1L << old;
            space.begin(thread, Space.COPY, page, page);
        }
        record(core, Event.COPY, thread, space, page);
        return MENDED;
    }

    @Holding({"Space.lock", "Thread.lock", "Frames.lock"})
    private void record(Core core, int kind, Thread thread, Space space, int page) {
        if (core.recorder.on()) {
            core.recorder.record(
                    kind,
                    3,
                    Record.params(thread.index, space.index, space.hard(page), 0),
                    page | (long) space.frame(page) << 32,
                    0,
                    thread.touch(),
                    space.touch(),
                    memory.touch());
        }
    }
}
