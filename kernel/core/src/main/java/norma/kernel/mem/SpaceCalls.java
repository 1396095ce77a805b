// Contract: system calls that change an address space.
// Spec: Kernel.tla Map Unmap Protect Fork Leave WaitTurn.
// Locks: each action is one critical section of the space, then of the calling thread.
// What takes rights away is a job (SpaceJobs): its call is answered when it ends.
package norma.kernel.mem;

import norma.abi.Code;
import norma.abi.Event;
import norma.abi.Limits;
import norma.abi.Record;
import norma.abi.Rights;
import norma.kernel.hal.Cpu;
import norma.kernel.lang.Checkpoint;
import norma.kernel.thread.Core;
import norma.kernel.thread.Thread;
import norma.kernel.thread.ThreadLocks;
import norma.quals.Emits;
import norma.quals.Holding;
import norma.quals.NoAlloc;
import org.checkerframework.checker.nullness.qual.Nullable;

/** Map, unmap, protect; ranges are of pages of the space, from a first to a last. */
@NoAlloc
public final class SpaceCalls {
    private final Spaces spaces;

    /** Calls of any of these spaces. */
    public SpaceCalls(Spaces spaces) {
        this.spaces = spaces;
    }

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
        int code = space.beginIfWork(thread, Space.UNMAP, first, last) ? Code.WORKING : Code.OK;
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
            code = space.beginIfWork(thread, Space.PROTECT, first, last) ? Code.WORKING : Code.OK;
        }
        if (code != Code.WORKING) {
            thread.conclude(code, 0, 0, 0);
        }
        if (core.recorder.on()) {
            record(core, Event.PROTECT, thread, space, first, last, protection, code);
        }
    }

    /**
     * The thread's space is copied into a free one, that of {@code slot}, which begins when the
     * copy is whole. True if that is under way; else the slot is in use, no space was found free,
     * or the thread waits its turn.
     */
    public boolean fork(Core core, Space space, Thread slot, int program) {
        Thread thread = core.caller();
        Space found = findFree(core, space);
        SpaceLocks.acquire(core, space, found);
        ThreadLocks.acquire(core, thread, slot);
        boolean begun = false;
        if (space.busy()) {
            waitTurn(core, thread, space);
        } else {
            // Since it was found another may have taken it.
            boolean free = found != null && found.life == Space.FREE_SPACE;
            begun = fork(core, thread, space, slot, program, free ? found : null);
        }
        ThreadLocks.release(core, thread, slot);
        SpaceLocks.release(core, space, found);
        return begun;
    }

    /** A space that is free, if there is one. */
    private @Nullable Space findFree(Core core, Space but) {
        for (int i = 0; i < spaces.count(); i++) {
            Space space = spaces.at(i);
            if (space != but) {
                space.lock.acquire(core);
                boolean free = space.life == Space.FREE_SPACE;
                space.lock.release(core);
                if (free) {
                    return space;
                }
            }
        }
        return null;
    }

    @Emits("Fork")
    @Holding({"Space.lock", "Thread.lock"})
    private static boolean fork(
            Core core, Thread thread, Space space, Thread slot, int program, @Nullable Space copy) {
        boolean begun = copy != null && slot.state == Thread.INACTIVE;
        Checkpoint.before(core, slot, space, begun ? copy : thread);
        if (copy != null && begun) {
            slot.generation = (slot.generation + 1) & (Limits.GENERATIONS - 1);
            slot.base = thread.base;
            slot.setEffective(thread.base);
            slot.serves = Record.NONE;
            slot.attached = -1;
            slot.program = program;
            slot.start(Cpu.userEntry(), Cpu.userStack(slot.index), Cpu.userStatus());
            slot.state = Thread.BLOCKED;
            copy.make(space, slot);
            space.begin(thread, Space.FORK, 0, space.pages() - 1);
            space.child = copy;
            thread.making = copy.index;
        } else {
            thread.conclude(Code.BUSY, 0, 0, 0);
        }
        if (core.recorder.on()) {
            recordFork(core, thread, space, slot, program, begun ? copy : null);
        }
        return begun;
    }

    @Holding({"Space.lock", "Thread.lock"})
    private static void recordFork(
            Core core, Thread thread, Space space, Thread slot, int program, @Nullable Space copy) {
        core.recorder.record(
                Event.FORK,
                3,
                Record.params(
                        thread.index,
                        space.index,
                        slot.index,
                        copy == null ? Record.NONE : copy.index),
                program,
                Record.result(copy == null ? Code.BUSY : Code.WORKING, slot.generation, 0, 0),
                slot.touch(),
                space.touch(),
                copy == null ? thread.touch() : copy.touch());
    }

    /**
     * The thread, the last of its space, begins to take everything out of it; what it was about to
     * do, end by a call or by a fault at {@code pc}, it does again then.
     */
    @Emits("Leave")
    @Holding({"Space.lock", "Thread.lock"})
    public static void leave(Core core, Thread thread, Space space, int cause, long pc) {
        Checkpoint.before(core, thread, space);
        space.setArea(0, space.pages() - 1, Rights.NONE);
        boolean working = space.beginIfWork(thread, Space.LEAVE, 0, space.pages() - 1);
        thread.ending = cause;
        thread.endingAt = pc;
        thread.frame.again();
        if (core.recorder.on()) {
            record(core, Event.LEAVE, thread, space, 0, 0, 0, working ? Code.WORKING : Code.OK);
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
