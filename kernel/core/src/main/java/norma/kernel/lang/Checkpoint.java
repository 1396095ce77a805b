// Contract: incremental checkpoints by copy on write: before its first event of an epoch, an object
// is written to the ring as it is. Spec: Checkpoint.tla Act, Mark; CutConsistent is why it works.
// Called with the locks of every object that the coming event touches, before its first store.
package norma.kernel.lang;

import norma.quals.Cold;
import norma.quals.Emits;
import norma.quals.Inline;
import norma.quals.NoAlloc;
import org.checkerframework.checker.nullness.qual.Nullable;

/** What an event does before it changes anything. */
@NoAlloc
public final class Checkpoint {
    private Checkpoint() {}

    /** An event that touches no locked object is about to happen. */
    public static void before(CpuLocal core) {
        before(core, null, null, null);
    }

    /** An event is about to change one object. */
    public static void before(CpuLocal core, Tracked only) {
        before(core, only, null, null);
    }

    /** An event is about to change two objects. */
    public static void before(CpuLocal core, Tracked first, @Nullable Tracked second) {
        before(core, first, second, null);
    }

    /** An event is about to change up to three objects. */
    @Inline
    public static void before(
            CpuLocal core,
            @Nullable Tracked first,
            @Nullable Tracked second,
            @Nullable Tracked third) {
        if (core.armed()) {
            prepare(core, first, second, third);
        }
    }

    @Cold
    private static void prepare(
            CpuLocal core,
            @Nullable Tracked first,
            @Nullable Tracked second,
            @Nullable Tracked third) {
        if (newer(first, core) || newer(second, core) || newer(third, core)) {
            core.mark(core.epochs.epoch());
        }
        save(core, first);
        save(core, second);
        save(core, third);
        core.insideEvent();
    }

    /** Is the object in an epoch that this core has not entered? */
    private static boolean newer(@Nullable Tracked object, CpuLocal core) {
        return object != null && object.stamp() - core.epoch() > 0;
    }

    /**
     * Writes the object as it is, unless this core's epoch has it, or a later one: a core that was
     * held up may come to sweep what others have swept long ago. Caller holds its lock.
     */
    @Emits("Snapshot")
    public static void save(CpuLocal core, @Nullable Tracked object) {
        if (object != null && object.stamp() - core.epoch() < 0) {
            assert core.recorder.on() : "a core in an epoch records";
            object.stamp(core.epoch());
            object.snapshot(core.recorder);
        }
    }
}
