// Contract: the frames of memory that address spaces use. Spec: AddressSpace.tla refs.
// Lock: `lock`, the last of all in the declared order.
// Invariant: a space has a frame in one place at most, a page or what its job takes out, so a frame
// has no more references than there are spaces.
package norma.kernel.mem;

import norma.abi.Event;
import norma.abi.Limits;
import norma.abi.Record;
import norma.abi.Shared;
import norma.abi.Snapshot;
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

    /** References to a frame. */
    @Modelled
    @GuardedBy("Frames.lock")
    @SuppressWarnings({"index", "value"}) // The checkers do not see the value of an ABI constant.
    private final int[] references = new int[Limits.FRAMES];

    private int count;
    private long base;

    /** No frames. */
    public Frames() {
        super(Record.object(Record.MEMORY, 0));
        assert Limits.FRAMES <= Long.SIZE : "what a job takes out is a bit set";
        assert Limits.SPACES < 1 << Snapshot.REFERENCE_BITS : "references fit a snapshot";
        assert Limits.FRAMES <= Snapshot.PART_WORDS * Snapshot.WORD_FRAMES : "so do frames";
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
        for (int frame = 0; frame < count; frame++) {
            if (references(frame) == 0) {
                return frame;
            }
        }
        return Space.NOTHING;
    }

    /** How many pages have a frame, and jobs that take it out of one. */
    @Holding("Frames.lock")
    @SuppressWarnings("index") // Callers pass frames.
    int references(int frame) {
        return references[frame];
    }

    /** A free frame has a reference now, and is all zeros; only emitting actions may. */
    @Holding("Frames.lock")
    void refer(int frame) {
        assert references(frame) == 0 : "free before it is used";
        add(frame, 1);
        Tables.clear(address(frame));
    }

    /** A free frame has a reference now, and the contents of another; only emitting actions may. */
    @Holding("Frames.lock")
    void copy(int from, int to) {
        assert references(to) == 0 : "free before it is used";
        add(to, 1);
        Tables.copy(address(from), address(to));
    }

    /** A frame has one more reference; only emitting actions may. */
    @Holding("Frames.lock")
    void share(int frame) {
        assert references(frame) > 0 : "somebody has it";
        add(frame, 1);
    }

    /** A frame has one less; only emitting actions may. */
    @Holding("Frames.lock")
    void release(int frame) {
        assert references(frame) > 0 : "used before it is free";
        add(frame, -1);
    }

    @Holding("Frames.lock")
    @SuppressWarnings("index") // As above.
    private void add(int frame, int more) {
        references[frame] += more;
    }

    @Override
    @Holding("Frames.lock")
    public void snapshot(Recorder to) {
        to.begin(Event.SNAPSHOT, touched(), 1);
        to.part(word(0), word(1), word(2), word(3), word(4));
        to.end();
    }

    /** References to the frames of one word of a snapshot. */
    @Holding("Frames.lock")
    private long word(int number) {
        long packed = 0;
        int from = number * Snapshot.WORD_FRAMES;
        for (int i = 0; i < Snapshot.WORD_FRAMES && from + i < Limits.FRAMES; i++) {
            packed |= (long) references(from + i) << i * Snapshot.REFERENCE_BITS;
        }
        return packed;
    }
}
