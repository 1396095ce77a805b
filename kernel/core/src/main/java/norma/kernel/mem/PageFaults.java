// Contract: page faults of user mode. Spec: Kernel.tla Fill Allow WaitTurn.
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

/** A thread has reached for a page that its tables do not give it. */
@NoAlloc
public final class PageFaults {
    /** The thread may not do that, or there is no memory. */
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

    /** What becomes of the fault that the core's thread, which lives in {@code space}, has made. */
    public int take(Core core, Space space, int cause) {
        int page = Tables.faultPage();
        int access = Tables.faultAccess(cause);
        if (page < 0 || page >= space.pages() || access == Rights.NONE) {
            return FATAL;
        }
        Thread thread = core.caller();
        space.lock.acquire(core);
        thread.lock.acquire(core);
        int result = MENDED;
        if (space.busy()) {
            SpaceCalls.waitTurn(core, thread, space);
        } else {
            memory.lock.acquire(core);
            result = mend(core, thread, space, page, access);
            memory.lock.release(core);
        }
        thread.lock.release(core);
        space.lock.release(core);
        if (result == OVER) {
            Tables.flush();
        }
        return result;
    }

    @Holding({"Space.lock", "Thread.lock", "Frames.lock"})
    private int mend(Core core, Thread thread, Space space, int page, int access) {
        if (!Rights.allow(space.area(page), access)) {
            return FATAL;
        }
        if (space.frame(page) == Space.NOTHING) {
            int frame = memory.free();
            return frame == Space.NOTHING ? FATAL : fill(core, thread, space, page, frame);
        }
        return space.hard(page) == space.area(page) ? OVER : allow(core, thread, space, page);
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
