package norma.model.kernel;

import norma.model.space.SpaceModel;

/**
 * Constants of a kernel machine.
 *
 * <p>Payloads and {@code timeouts} bound only what the explorer enumerates: a step accepts any
 * payload word and a call with or without a deadline.
 *
 * @param cores cores; core 0 boots
 * @param threads thread slots; slot 0 runs first
 * @param channels channel slots
 * @param tags tags a channel
 * @param payloads payloads explored are {@code 0 .. payloads - 1}
 * @param priorities priorities are {@code 0 .. priorities - 1}
 * @param incarnations incarnations count modulo this
 * @param generations generations count modulo this
 * @param timeouts whether calls explored may carry a deadline
 * @param tickets tickets count modulo this
 * @param channelLocks whether channel locks are part of the machine
 * @param coreLocks whether core locks are part of the machine
 * @param threadLocks whether thread locks are part of the machine
 * @param firstPriority priority of the first thread
 * @param spaces address spaces and memory
 * @param spaceLocks whether the locks of spaces are part of the machine
 * @param memoryLock whether the lock of the memory is part of the machine
 */
public record KernelConstants(
        int cores,
        int threads,
        int channels,
        int tags,
        int payloads,
        int priorities,
        int incarnations,
        int generations,
        boolean timeouts,
        int tickets,
        boolean channelLocks,
        boolean coreLocks,
        boolean threadLocks,
        int firstPriority,
        SpaceModel.Constants spaces,
        boolean spaceLocks,
        boolean memoryLock) {
    /** A machine that has the memory's lock if it has those of spaces. */
    public KernelConstants(
            int cores,
            int threads,
            int channels,
            int tags,
            int payloads,
            int priorities,
            int incarnations,
            int generations,
            boolean timeouts,
            int tickets,
            boolean channelLocks,
            boolean coreLocks,
            boolean threadLocks,
            int firstPriority,
            SpaceModel.Constants spaces,
            boolean spaceLocks) {
        this(
                cores,
                threads,
                channels,
                tags,
                payloads,
                priorities,
                incarnations,
                generations,
                timeouts,
                tickets,
                channelLocks,
                coreLocks,
                threadLocks,
                firstPriority,
                spaces,
                spaceLocks,
                spaceLocks);
    }

    /** A machine without address spaces. */
    public KernelConstants(
            int cores,
            int threads,
            int channels,
            int tags,
            int payloads,
            int priorities,
            int incarnations,
            int generations,
            boolean timeouts,
            int tickets,
            boolean channelLocks,
            boolean coreLocks,
            boolean threadLocks,
            int firstPriority) {
        this(
                cores,
                threads,
                channels,
                tags,
                payloads,
                priorities,
                incarnations,
                generations,
                timeouts,
                tickets,
                channelLocks,
                coreLocks,
                threadLocks,
                firstPriority,
                new SpaceModel.Constants(cores, threads, 0, 0, 0, 0),
                false);
    }
}
