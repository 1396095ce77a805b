// Contract: the frames of memory that address spaces use. Spec: AddressSpace.tla refs.
// Lock: `lock`, the last of all in the declared order.
// Invariant: a frame has at most one reference, so a bit says all.
package norma.kernel.mem;

import norma.abi.Event;
import norma.abi.Limits;
import norma.abi.Record;
import norma.abi.Shared;
import norma.kernel.hal.Memory;
import norma.kernel.hal.Tables;
import norma.kernel.lang.Recorder;
import norma.kernel.lang.TicketLock;
import norma.kernel.lang.Tracked;
import norma.quals.GuardedBy;
import norma.quals.Holding;
import norma.quals.Modelled;
import norma.quals.NoAlloc;

/** Which frames are in use. */
@NoAlloc
public final class Frames extends Tracked {
    /** Guards the frames. */
    public final TicketLock lock = new TicketLock(TicketLock.MEMORY_ORDER, 0);

    /** Frames with a reference, a bit each. */
    @Modelled
    @GuardedBy("Frames.lock")
    private long used;

    private int count;
    private long base;

    /** No frames. */
    public Frames() {
        super(Record.object(Record.MEMORY, 0));
        assert Limits.FRAMES <= Long.SIZE : "frames are a bit set";
    }

    /** Takes the frames that the boot block names. */
    public void open() {
        long asked = Memory.load(Shared.OFF_FRAMES);
        assert asked >= 1 && asked <= Limits.FRAMES : "the boot block's count of frames";
        count = (int) asked;
        base = Memory.load(Shared.OFF_FRAMES_AT);
    }

    /** Physical address of a frame. */
    long address(int frame) {
        return base + frame * Tables.FRAME;
    }

    /** The lowest frame that nobody uses, or {@link Space#NOTHING}. */
    @Holding("Frames.lock")
    int free() {
        int frame = Long.numberOfTrailingZeros(~used);
        return frame < count ? frame : Space.NOTHING;
    }

    /** A frame has a reference now, and is all zeros; only emitting actions may. */
    @Holding("Frames.lock")
    void refer(int frame) {
        assert (used >> frame & 1) == 0 : "free before it is used";
        used |= 1L << frame;
        Tables.clear(address(frame));
    }

    /** A frame has no reference any more; only emitting actions may. */
    @Holding("Frames.lock")
    void release(int frame) {
        assert (used >> frame & 1) != 0 : "used before it is free";
        used &= ~(1L << frame);
    }

    @Override
    @Holding("Frames.lock")
    public void snapshot(Recorder to) {
        to.begin(Event.SNAPSHOT, touched(), 1);
        to.part(used, 0, 0, 0, 0);
        to.end();
    }
}
