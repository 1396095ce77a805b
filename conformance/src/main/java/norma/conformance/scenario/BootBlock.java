package norma.conformance.scenario;

import java.util.List;
import norma.abi.Limits;
import norma.abi.Shared;
import norma.conformance.machine.GuestMemory;
import norma.conformance.trace.Recording;
import norma.conformance.trace.SharedLayout;

/** Writes the shared block that the kernel and the script runner read at boot. */
public final class BootBlock {
    private static final long SEED_STEP = 0x9E3779B97F4A7C15L;

    private BootBlock() {}

    /** Writes the block of {@code layout} at guest address {@code block}, the magic word last. */
    public static void write(GuestMemory memory, long block, SharedLayout layout, Plan plan) {
        long flags =
                recording(plan.script().recording())
                        | (plan.wholeRun() && !plan.postMortem() ? Shared.WHOLE_RUN : 0)
                        | (plan.script().locks() ? Shared.RECORD_LOCKS : 0);
        memory.putLong(block + Shared.OFF_VERSION, Shared.VERSION);
        memory.putLong(block + Shared.OFF_CORES, plan.cpus());
        memory.putLong(block + Shared.OFF_FLAGS, flags);
        memory.putLong(block + Shared.OFF_SLICE, plan.slice());
        memory.putLong(block + Shared.OFF_RING_RECORDS, layout.ringRecords());
        memory.putLong(block + Shared.OFF_RINGS, layout.ring(0));
        memory.putLong(block + Shared.OFF_SCRIPTS, layout.scripts());
        memory.putLong(block + Shared.OFF_WITNESS, layout.witness(0));
        memory.putLong(block + Shared.OFF_WITNESS_ENTRIES, layout.witnessEntries());
        memory.putLong(block + Shared.OFF_FIRST_PROGRAM, 0);
        memory.putLong(block + Shared.OFF_FIRST_PRIORITY, plan.script().firstPriority());
        memory.putLong(block + Shared.OFF_CHECKPOINT, plan.script().recording().checkpoint());
        memory.putLong(block + Shared.OFF_PAGES, plan.script().pages());
        memory.putLong(block + Shared.OFF_FRAMES, plan.script().frames());
        memory.putLong(block + Shared.OFF_TOUR, layout.tourAt());
        memory.putLong(
                block + layout.tourAt() + Shared.TOUR_NEXT, layout.tourAt() + Shared.TOUR_LEGS);
        operations(memory, block + layout.tourAt() + Shared.TOUR_LEGS, plan.script().tour());
        programs(memory, block, layout, plan.script().programs());
        for (int slot = 0; slot < Limits.THREADS; slot++) {
            memory.putLong(
                    block + layout.witness(slot) + Shared.WITNESS_SEED,
                    (plan.seed() + slot + 1) * SEED_STEP);
        }
        memory.putLongRelease(block + Shared.OFF_MAGIC, Shared.MAGIC);
    }

    /** Writes what the threads do, each program from its beginning on. */
    public static void programs(
            GuestMemory memory, long block, SharedLayout layout, List<long[][]> programs) {
        for (int p = 0; p < programs.size(); p++) {
            operations(
                    memory,
                    block + layout.scripts() + (long) p * Shared.PROGRAM_BYTES,
                    List.of(programs.get(p)));
        }
    }

    private static long recording(Recording recording) {
        return switch (recording.mode()) {
            case LIVE -> Shared.RECORD | (recording.checkpoint() > 0 ? Shared.CHECKPOINTS : 0);
            case OVERWRITE -> Shared.RECORD | Shared.OVERWRITE;
            case LATER -> Shared.OVERWRITE;
        };
    }

    private static void operations(GuestMemory memory, long at, List<long[]> ops) {
        for (int i = 0; i < ops.size(); i++) {
            for (int word = 0; word < ops.get(i).length; word++) {
                memory.putLong(at + (long) i * Shared.OP_BYTES + 8L * word, ops.get(i)[word]);
            }
        }
    }
}
