// Contract: the flight recorder's checkpoints, from the kernel's entries: cores catch up with the
// present epoch, begin the next, and sweep what no event has reached.
// Spec: Checkpoint.tla RequestRecording, Arm, BeginCheckpoint, Mark, Sweep. Locks: one object's at
// a
// time, by a core that holds none.
package norma.kernel.entry;

import norma.abi.Shared;
import norma.kernel.hal.Memory;
import norma.kernel.ipc.Channel;
import norma.kernel.lang.Checkpoint;
import norma.kernel.lang.Epochs;
import norma.kernel.lang.Recorder;
import norma.kernel.mem.Frames;
import norma.kernel.mem.Space;
import norma.kernel.mem.Spaces;
import norma.kernel.thread.Core;
import norma.kernel.thread.Thread;
import norma.quals.Cold;
import norma.quals.NoAlloc;

/**
 * Incremental checkpoints.
 *
 * <p>A core that enters the kernel in an old epoch marks the new one before it does anything else.
 * An event snapshots what it touches first in an epoch ({@link Checkpoint}); the rest is visited
 * here, one object each time that a core leaves the kernel. The snapshots of an epoch and the marks
 * of the cores are then a state that the kernel could have been in, and every event lies wholly
 * before or wholly after it.
 */
@NoAlloc
public final class Checkpoints {
    private final Epochs epochs;
    private final Channel[] channels;
    private final Core[] cores;
    private final Thread[] threads;
    private final Spaces spaces;
    private final Frames memory;

    /** Address spaces in use; the memory is one object more if there are any. */
    private int spacesInUse;

    private int coresInUse;

    Checkpoints(
            Epochs epochs,
            Channel[] channels,
            Core[] cores,
            Thread[] threads,
            Spaces spaces,
            Frames memory) {
        this.spaces = spaces;
        this.memory = memory;
        this.epochs = epochs;
        this.channels = channels;
        this.cores = cores;
        this.threads = threads;
    }

    /** Sets what the boot block asks for, before any other core starts. */
    @SuppressWarnings("index") // The boot block's count is asserted.
    void open(int count, long flags) {
        coresInUse = count;
        spacesInUse = Memory.load(Shared.OFF_PAGES) == 0 ? 0 : spaces.count();
        epochs.configure(channels.length + threads.length + spaceObjects() + 2 * count);
        // A recorder that is off arms nobody: its cores do so when they see that it is asked for.
        boolean now = (flags & Shared.RECORD) != 0 && Recorder.checkpoints(flags);
        for (int i = 0; i < count && now; i++) {
            cores[i].arm();
        }
    }

    /** A core has entered the kernel, or woken up, and no event of its has happened since. */
    void enter(Core core) {
        long state = epochs.state();
        if (core.armed() || !core.hasSeen(state)) {
            catchUp(core, state);
        }
    }

    /** Who begins an epoch is in it, and has marked it, before it does anything else. */
    @Cold
    private void catchUp(Core core, long before) {
        arm(core, before);
        boolean begins = due(core, before) && epochs.begin(before);
        follow(core, begins ? epochs.state() : before);
    }

    /** The first that a core does with a state that it has not seen (spec: Arm). */
    private static void arm(Core core, long state) {
        if (Epochs.requested(state) && !core.armed()) {
            core.arm();
        }
    }

    /** The core, armed if that state asks for it, is in its epoch from now on (spec: Mark). */
    @Cold
    private static void follow(Core core, long state) {
        if (Epochs.epoch(state) != core.epoch()) {
            core.mark(Epochs.epoch(state));
        }
        core.saw(state);
    }

    /**
     * Should this core begin the next epoch? The first of a recorder that was off: when all know.
     */
    private boolean due(Core core, long state) {
        if (core.recorder.on()) {
            return core.recorder.due();
        }
        return Epochs.epoch(state) == 0 && Epochs.requested(state) && allReady();
    }

    @SuppressWarnings("index") // At most as many cores as there are.
    private boolean allReady() {
        for (int i = 0; i < coresInUse; i++) {
            if (!cores[i].readyToRecord()) {
                return false;
            }
        }
        return true;
    }

    /**
     * Visits one object, if the epoch's sweep is not over (spec: Sweep): channels, then threads,
     * then address spaces and memory, then of each core its queue and its IPI word.
     */
    void sweep(Core core) {
        if (core.armed()) {
            visit(core);
        }
    }

    @Cold
    @SuppressWarnings("index") // Numbers of objects are below the sum that open() has set.
    private void visit(Core core) {
        int object = epochs.next(core.epoch());
        if (object == Epochs.NONE) {
            return;
        }
        int at = object;
        if (at < channels.length) {
            Channel channel = channels[at];
            channel.lock.acquire(core);
            Checkpoint.save(core, channel);
            channel.lock.release(core);
        } else if (at < channels.length + threads.length) {
            Thread thread = threads[at - channels.length];
            thread.lock.acquire(core);
            Checkpoint.save(core, thread);
            thread.lock.release(core);
        } else {
            at -= channels.length + threads.length;
            if (at < spaceObjects()) {
                sweepSpaces(core, at);
            } else {
                at -= spaceObjects();
                sweepCore(core, cores[at >> 1], (at & 1) != 0);
            }
        }
        epochs.visited(core.epoch(), object);
    }

    private int spaceObjects() {
        return spacesInUse == 0 ? 0 : spacesInUse + 1;
    }

    private void sweepSpaces(Core core, int at) {
        if (at < spacesInUse) {
            Space space = spaces.at(at);
            space.lock.acquire(core);
            Checkpoint.save(core, space);
            space.lock.release(core);
        } else {
            memory.lock.acquire(core);
            Checkpoint.save(core, memory);
            memory.lock.release(core);
        }
    }

    private static void sweepCore(Core core, Core visited, boolean ipi) {
        if (ipi) {
            visited.sweepIpi(core);
            return;
        }
        visited.lock.acquire(core);
        Checkpoint.save(core, visited);
        visited.lock.release(core);
    }

    /** The recorder is wanted (spec: RequestRecording). */
    void request() {
        epochs.request();
    }

    /**
     * Every core waits for good: one of them writes everything as it is, for the comparison with
     * the model. True for that core.
     *
     * <p>It may have slept since the recorder was switched on, or through an epoch, and have woken
     * up for nothing: it catches up as with any entry, so that what it writes is behind its mark.
     * It also completes the checkpoint that has begun: nobody else will. It need not be armed,
     * since nothing changes any more.
     */
    @Cold
    @SuppressWarnings({"guard", "index"}) // Nobody else is in the kernel. Tables have these sizes.
    boolean end(Core core) {
        if (!epochs.claimEnd()) {
            return false;
        }
        follow(core, epochs.state());
        Recorder recorder = core.recorder;
        if (recorder.on()) {
            complete(core);
            recorder.beginFinal();
            for (Channel channel : channels) {
                channel.snapshot(recorder);
            }
            for (Thread thread : threads) {
                thread.snapshot(recorder);
            }
            for (int i = 0; i < spacesInUse; i++) {
                spaces.at(i).snapshot(recorder);
            }
            if (spacesInUse != 0) {
                memory.snapshot(recorder);
            }
            for (int i = 0; i < coresInUse; i++) {
                cores[i].snapshot(recorder);
                cores[i].snapshotContext(recorder);
            }
        }
        return true;
    }

    /** Saves what this core's epoch does not have yet, with no locks: every core waits for good. */
    @Cold
    @SuppressWarnings("index") // The boot block's count is asserted.
    private void complete(Core core) {
        for (Channel channel : channels) {
            Checkpoint.save(core, channel);
        }
        for (Thread thread : threads) {
            Checkpoint.save(core, thread);
        }
        for (int i = 0; i < spacesInUse; i++) {
            Checkpoint.save(core, spaces.at(i));
        }
        if (spacesInUse != 0) {
            Checkpoint.save(core, memory);
        }
        for (int i = 0; i < coresInUse; i++) {
            Checkpoint.save(core, cores[i]);
            cores[i].sweepIpi(core);
        }
    }
}
