// Contract: the job of the core's thread in its address space, page by page.
// Spec: Kernel.tla Clear Tighten Share Shoot FreeFrame Finish.
// Locks: each step is one critical section of the space, and of the copy that it makes, then of
// the thread or the memory.
// A job outlives the kernel entry: after BATCH steps, and when it waits for other cores, its thread
// is to execute the same instruction again, and comes back to it.
package norma.kernel.mem;

import norma.abi.Code;
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

/** What takes rights away. */
@NoAlloc
public final class SpaceJobs {
    /** Steps in one kernel entry: interrupts wait for no longer. */
    static final int BATCH = 16;

    private final Spaces spaces;
    private final Frames memory;
    private final SpaceDuties duties;

    /** Jobs in the kernel's spaces. */
    public SpaceJobs(Spaces spaces, Frames memory, SpaceDuties duties) {
        this.spaces = spaces;
        this.memory = memory;
        this.duties = duties;
    }

    /** The core's thread goes on with its job. */
    public void work(Core core) {
        Thread thread = core.caller();
        Space space = spaces.at(thread.space);
        int steps = 0;
        while (core.current == thread && thread.working && steps < BATCH) {
            step(core, thread, space);
            steps++;
        }
        if (core.current == thread && thread.working) {
            thread.frame.again();
        }
    }

    private void step(Core core, Thread thread, Space space) {
        Space copy = spaces.find(thread.making);
        SpaceLocks.acquire(core, space, copy);
        assert space.changer == thread.index : "its own job";
        if (space.phase != Space.FREE) {
            workOn(core, thread, space, copy);
        } else if (space.dying != 0) {
            freeFrame(core, thread, space, Long.numberOfTrailingZeros(space.dying));
        } else {
            finish(core, thread, space);
            if (copy != null) {
                duties.bear(core, copy);
            }
            duties.admitAll(core, space);
        }
        SpaceLocks.release(core, space, copy);
    }

    /** The next page, or the end of this phase. */
    @Holding("Space.lock")
    private void workOn(Core core, Thread thread, Space space, @Nullable Space copy) {
        int page = space.workLeft();
        if (page == Space.NOTHING) {
            shoot(core, thread, space);
        } else if (copy != null) {
            share(core, thread, space, copy, page);
        } else if (space.job == Space.PROTECT) {
            tighten(core, thread, space, page);
        } else {
            clear(core, thread, space, page);
        }
    }

    /** A page is in the copy, too, with the same frame, which neither may write any more. */
    @Emits("Share")
    @Holding("Space.lock")
    private void share(Core core, Thread thread, Space space, Space copy, int page) {
        memory.lock.acquire(core);
        Checkpoint.before(core, space, copy, memory);
        int frame = space.frame(page);
        int rights = space.hard(page) == Rights.WRITE ? Rights.READ : space.hard(page);
        memory.share(frame);
        space.enter(memory, page, frame, rights);
        copy.enter(memory, page, frame, rights);
        if (core.recorder.on()) {
            core.recorder.record(
                    Event.SHARE,
                    3,
                    Record.params(thread.index, space.index, copy.index, 0),
                    page | (long) frame << 32,
                    0,
                    space.touch(),
                    copy.touch(),
                    memory.touch());
        }
        memory.lock.release(core);
    }

    /** A page leaves the table. */
    @Emits("Clear")
    @Holding("Space.lock")
    private void clear(Core core, Thread thread, Space space, int page) {
        Checkpoint.before(core, space);
        int frame = space.frame(page);
        space.enter(memory, page, Space.NOTHING, Rights.NONE);
        space.dying |= 1L << frame;
        record(core, Event.CLEAR, thread, space, page, frame);
    }

    /** A page becomes one that can only be read: what more it may be, a fault finds out. */
    @Emits("Tighten")
    @Holding("Space.lock")
    private void tighten(Core core, Thread thread, Space space, int page) {
        Checkpoint.before(core, space);
        space.enter(memory, page, space.frame(page), Rights.READ);
        record(core, Event.TIGHTEN, thread, space, page, space.frame(page));
    }

    @Holding("Space.lock")
    private static void record(
            Core core, int kind, Thread thread, Space space, int page, int frame) {
        if (core.recorder.on()) {
            core.recorder.record(
                    kind,
                    1,
                    Record.params(thread.index, space.index, 0, 0),
                    page | (long) frame << 32,
                    0,
                    space.touch(),
                    0,
                    0);
        }
    }

    /**
     * All pages are done: this core flushes, the others that have the tables loaded are asked to,
     * and the thread waits for them.
     */
    @Emits("Shoot")
    @Holding("Space.lock")
    private static void shoot(Core core, Thread thread, Space space) {
        thread.lock.acquire(core);
        Checkpoint.before(core, thread, space);
        Tables.flush();
        int others = space.loaded & ~(1 << core.index);
        space.asked = others;
        space.phase = others == 0 ? Space.FREE : Space.WAIT;
        space.noSpan();
        if (others != 0) {
            thread.state = Thread.BLOCKED;
            thread.frame.again();
            core.current = null;
            core.oweAll(others);
        }
        if (core.recorder.on()) {
            core.recorder.record(
                    Event.SHOOT,
                    2,
                    Record.params(thread.index, space.index, 0, 0),
                    others,
                    0,
                    thread.touch(),
                    space.touch(),
                    0);
        }
        thread.lock.release(core);
    }

    /** A frame that nobody can reach through the space any more. */
    @Emits("FreeFrame")
    @Holding("Space.lock")
    private void freeFrame(Core core, Thread thread, Space space, int frame) {
        memory.lock.acquire(core);
        Checkpoint.before(core, space, memory);
        space.dying &= ~(1L << frame);
        memory.release(frame);
        if (core.recorder.on()) {
            core.recorder.record(
                    Event.FREE_FRAME,
                    2,
                    Record.params(thread.index, space.index, 0, 0),
                    frame,
                    Record.result(0, memory.references(frame), 0, 0),
                    space.touch(),
                    memory.touch(),
                    0);
        }
        memory.lock.release(core);
    }

    /** The job is done; its call is answered, or its fault, or last call, made again. */
    @Emits("Finish")
    @Holding("Space.lock")
    private static void finish(Core core, Thread thread, Space space) {
        thread.lock.acquire(core);
        Checkpoint.before(core, thread, space);
        if (space.job == Space.COPY || space.job == Space.LEAVE) {
            thread.frame.again();
        } else {
            thread.conclude(Code.OK, 0, 0, 0);
        }
        space.end(thread);
        thread.making = Record.NONE;
        if (core.recorder.on()) {
            core.recorder.record(
                    Event.FINISH,
                    2,
                    Record.params(thread.index, space.index, 0, 0),
                    0,
                    0,
                    thread.touch(),
                    space.touch(),
                    0);
        }
        thread.lock.release(core);
    }
}
