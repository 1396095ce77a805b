// Contract: what cores do for the job of another's thread, and which tables they have loaded.
// Spec: Kernel.tla Acknowledge Release Admit Bear Load FreeSpace.
// Locks: one critical section of the space, or of two by rising index, then of a thread.
// Release, Admit, Bear and FreeSpace are part of the section that makes them due.
package norma.kernel.mem;

import norma.abi.Event;
import norma.abi.Limits;
import norma.abi.Record;
import norma.kernel.hal.Tables;
import norma.kernel.lang.Checkpoint;
import norma.kernel.thread.Core;
import norma.kernel.thread.Thread;
import norma.quals.Emits;
import norma.quals.Holding;
import norma.quals.NoAlloc;
import org.checkerframework.checker.nullness.qual.Nullable;
import org.checkerframework.common.value.qual.ArrayLen;

/** Shootdown, as seen by those who are asked; the queue; tables. */
@NoAlloc
public final class SpaceDuties {
    private final Spaces spaces;
    private final Thread @ArrayLen(Limits.THREADS) [] threads;

    /** Duties in the kernel's spaces. */
    public SpaceDuties(Spaces spaces, Thread @ArrayLen(Limits.THREADS) [] threads) {
        this.spaces = spaces;
        this.threads = threads;
    }

    /** The core has taken an IPI: it flushes if it has been asked to. */
    public void acknowledgeIfAsked(Core core) {
        Space space = spaces.find(core.root);
        if (space == null) {
            return;
        }
        space.lock.acquire(core);
        if ((space.asked >> core.index & 1) != 0) {
            acknowledge(core, space);
        }
        space.lock.release(core);
    }

    @Emits("Acknowledge")
    @Holding("Space.lock")
    private void acknowledge(Core core, Space space) {
        Checkpoint.before(core, space);
        Tables.flush();
        space.asked &= ~(1 << core.index);
        if (core.recorder.on()) {
            core.recorder.record(
                    Event.ACKNOWLEDGE,
                    1,
                    Record.params(space.index, 0, 0, 0),
                    0,
                    Record.result(0, 0, 0, Integer.bitCount(space.asked)),
                    space.touch(),
                    0,
                    0);
        }
        releaseIfDue(core, space);
    }

    @Holding("Space.lock")
    @SuppressWarnings("index") // A job is a thread's.
    private void releaseIfDue(Core core, Space space) {
        if (space.releaseDue()) {
            release(core, space, threads[space.changer]);
        }
    }

    /** All cores have flushed: whose job it is goes on. */
    @Emits("Release")
    @Holding("Space.lock")
    private static void release(Core core, Space space, Thread thread) {
        thread.lock.acquire(core);
        Checkpoint.before(core, space, thread);
        space.phase = Space.FREE;
        thread.state = Thread.WOKEN;
        core.wake(thread);
        if (core.recorder.on()) {
            core.recorder.record(
                    Event.RELEASE,
                    2,
                    Record.params(space.index, thread.index, 0, 0),
                    0,
                    0,
                    space.touch(),
                    thread.touch(),
                    0);
        }
        thread.lock.release(core);
    }

    /** A job has ended: all who waited for that go on. */
    @Holding("Space.lock")
    void admitAll(Core core, Space space) {
        while (!space.turns.isEmpty()) {
            admit(core, space);
        }
    }

    @Emits("Admit")
    @Holding("Space.lock")
    private static void admit(Core core, Space space) {
        Thread thread = space.turns.first();
        assert thread != null : "somebody waits";
        thread.lock.acquire(core);
        Checkpoint.before(core, space, thread);
        space.turns.remove(thread);
        thread.state = Thread.WOKEN;
        core.wake(thread);
        if (core.recorder.on()) {
            core.recorder.record(
                    Event.ADMIT,
                    2,
                    Record.params(space.index, thread.index, 0, 0),
                    0,
                    Record.result(0, 0, 0, space.turns.count()),
                    space.touch(),
                    thread.touch(),
                    0);
        }
        thread.lock.release(core);
    }

    /** A copy is whole: its first thread begins. */
    @Emits("Bear")
    @Holding("Space.lock")
    @SuppressWarnings("index") // A copy has a first thread.
    void bear(Core core, Space copy) {
        assert copy.bearDue() : "in the making";
        Thread thread = threads[copy.firstborn];
        thread.lock.acquire(core);
        Checkpoint.before(core, copy, thread);
        copy.life = Space.LIVE;
        copy.firstborn = Record.NONE;
        thread.state = Thread.WOKEN;
        core.wake(thread);
        if (core.recorder.on()) {
            core.recorder.record(
                    Event.BEAR,
                    2,
                    Record.params(copy.index, thread.index, 0, 0),
                    0,
                    0,
                    copy.touch(),
                    thread.touch(),
                    0);
        }
        thread.lock.release(core);
    }

    /**
     * The core, which runs nobody, changes over to the tables of a space, or to the kernel's
     * (NONE): it keeps no translation, so nobody waits for it any more.
     */
    public void load(Core core, int wanted) {
        Space before = spaces.find(core.root);
        Space after = spaces.find(wanted);
        SpaceLocks.acquire(core, before, after);
        // Who was to run may have run elsewhere since, and its process may have ended.
        if (after == null || after.livedIn()) {
            load(core, before, after);
        }
        SpaceLocks.release(core, before, after);
    }

    @Emits("Load")
    @Holding("Space.lock")
    private void load(Core core, @Nullable Space before, @Nullable Space after) {
        int bit = 1 << core.index;
        Checkpoint.before(core, before, after, null);
        Tables.load(after == null ? Tables.KERNEL : after.index);
        core.root = after == null ? Record.NONE : after.index;
        if (before != null) {
            before.loaded &= ~bit;
            before.asked &= ~bit;
        }
        if (after != null) {
            after.loaded |= bit;
        }
        if (core.recorder.on()) {
            recordLoad(core, before, after);
        }
        if (before != null) {
            releaseIfDue(core, before);
            if (before.freeDue()) {
                freeSpace(core, before);
            }
        }
    }

    /** Nobody is left, on no core: the space may be the next copy. */
    @Emits("FreeSpace")
    @Holding("Space.lock")
    private static void freeSpace(Core core, Space space) {
        Checkpoint.before(core, space);
        space.life = Space.FREE_SPACE;
        if (core.recorder.on()) {
            core.recorder.record(
                    Event.FREE_SPACE,
                    1,
                    Record.params(space.index, 0, 0, 0),
                    0,
                    0,
                    space.touch(),
                    0,
                    0);
        }
    }

    @Holding("Space.lock")
    private static void recordLoad(Core core, @Nullable Space before, @Nullable Space after) {
        long one = before == null ? 0 : before.touch();
        long two = after == null ? 0 : after.touch();
        core.recorder.record(
                Event.LOAD,
                before == null || after == null ? 1 : 2,
                Record.params(
                        before == null ? Record.NONE : before.index,
                        after == null ? Record.NONE : after.index,
                        0,
                        0),
                0,
                0,
                before == null ? two : one,
                before == null ? 0 : two,
                0);
    }
}
