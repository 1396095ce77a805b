// Contract: system calls that change an address space. Spec: Kernel.tla Map Unmap Protect WaitTurn.
// Locks: each action is one critical section of the space, then of the calling thread.
// What takes rights away is a job (SpaceJobs): its call is answered when it ends.
package norma.kernel.mem;

import norma.abi.Code;
import norma.abi.Event;
import norma.abi.Record;
import norma.abi.Rights;
import norma.kernel.lang.Checkpoint;
import norma.kernel.thread.Core;
import norma.kernel.thread.Thread;
import norma.quals.Emits;
import norma.quals.Holding;
import norma.quals.NoAlloc;

/** Map, unmap, protect; ranges are of pages of the space, from a first to a last. */
@NoAlloc
public final class SpaceCalls {
    /** Calls of any space. */
    public SpaceCalls() {}

    /** Pages without an area get one. */
    public void map(Core core, Space space, int first, int last, int protection) {
        Thread thread = core.caller();
        space.lock.acquire(core);
        thread.lock.acquire(core);
        if (space.busy()) {
            waitTurn(core, thread, space);
        } else {
            map(core, thread, space, first, last, protection);
        }
        thread.lock.release(core);
        space.lock.release(core);
    }

    @Emits("Map")
    @Holding({"Space.lock", "Thread.lock"})
    private static void map(
            Core core, Thread thread, Space space, int first, int last, int protection) {
        Checkpoint.before(core, thread, space);
        boolean fits = space.fits(first, last);
        if (fits) {
            space.setArea(first, last, protection);
        }
        int code = fits ? Code.OK : Code.BUSY;
        thread.conclude(code, 0, 0, 0);
        if (core.recorder.on()) {
            record(core, Event.MAP, thread, space, first, last, protection, code);
        }
    }

    /** Pages lose their areas; a job begins if one of them has a frame. */
    public void unmap(Core core, Space space, int first, int last) {
        Thread thread = core.caller();
        space.lock.acquire(core);
        thread.lock.acquire(core);
        if (space.busy()) {
            waitTurn(core, thread, space);
        } else {
            unmap(core, thread, space, first, last);
        }
        thread.lock.release(core);
        space.lock.release(core);
    }

    @Emits("Unmap")
    @Holding({"Space.lock", "Thread.lock"})
    private static void unmap(Core core, Thread thread, Space space, int first, int last) {
        Checkpoint.before(core, thread, space);
        space.setArea(first, last, Rights.NONE);
        int code = space.begin(thread, Space.UNMAP, first, last) ? Code.WORKING : Code.OK;
        if (code == Code.OK) {
            thread.conclude(code, 0, 0, 0);
        }
        if (core.recorder.on()) {
            record(core, Event.UNMAP, thread, space, first, last, 0, code);
        }
    }

    /** Pages get another protection; a job begins if the table allows more. */
    public void protect(Core core, Space space, int first, int last, int protection) {
        Thread thread = core.caller();
        space.lock.acquire(core);
        thread.lock.acquire(core);
        if (space.busy()) {
            waitTurn(core, thread, space);
        } else {
            protect(core, thread, space, first, last, protection);
        }
        thread.lock.release(core);
        space.lock.release(core);
    }

    @Emits("Protect")
    @Holding({"Space.lock", "Thread.lock"})
    private static void protect(
            Core core, Thread thread, Space space, int first, int last, int protection) {
        Checkpoint.before(core, thread, space);
        int code = Code.INVALID;
        if (space.covers(first, last)) {
            space.setArea(first, last, protection);
            code = space.begin(thread, Space.PROTECT, first, last) ? Code.WORKING : Code.OK;
        }
        if (code != Code.WORKING) {
            thread.conclude(code, 0, 0, 0);
        }
        if (core.recorder.on()) {
            record(core, Event.PROTECT, thread, space, first, last, protection, code);
        }
    }

    @Holding({"Space.lock", "Thread.lock"})
    private static void record(
            Core core,
            int kind,
            Thread thread,
            Space space,
            int first,
            int last,
            int protection,
            int code) {
        core.recorder.record(
                kind,
                2,
                Record.params(thread.index, space.index, protection, 0),
                first | (long) last << 32,
                Record.result(code, 0, 0, 0),
                thread.touch(),
                space.touch(),
                0);
    }

    /**
     * The thread waits until the job of another has ended. What it was about to do, a call or an
     * access to memory, it does again then.
     */
    @Emits("WaitTurn")
    @Holding({"Space.lock", "Thread.lock"})
    static void waitTurn(Core core, Thread thread, Space space) {
        Checkpoint.before(core, thread, space);
        thread.state = Thread.BLOCKED;
        thread.frame.again();
        core.current = null;
        space.turns.append(thread);
        if (core.recorder.on()) {
            core.recorder.record(
                    Event.WAIT_TURN,
                    2,
                    Record.params(thread.index, space.index, 0, 0),
                    0,
                    Record.result(0, 0, 0, space.turns.count()),
                    thread.touch(),
                    space.touch(),
                    0);
        }
    }
}
