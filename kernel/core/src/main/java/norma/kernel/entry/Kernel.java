// Contract: the root of all kernel objects; everything is allocated here, before boot.
// A test can build many kernels. Invariants: relations of norma.abi.Limits, asserted here once.
package norma.kernel.entry;

import norma.abi.Limits;
import norma.abi.Shared;
import norma.kernel.ipc.Channel;
import norma.kernel.ipc.Ipc;
import norma.kernel.ipc.Server;
import norma.kernel.ipc.Settlement;
import norma.kernel.lang.Epochs;
import norma.kernel.mem.Frames;
import norma.kernel.mem.PageFaults;
import norma.kernel.mem.SpaceDuties;
import norma.kernel.mem.SpaceJobs;
import norma.kernel.mem.Spaces;
import norma.kernel.sched.Scheduler;
import norma.kernel.thread.Core;
import norma.kernel.thread.Thread;
import org.checkerframework.common.value.qual.ArrayLen;

/** One kernel: its tables, and the parts that work on them. */
public final class Kernel {
    /** Cores, by index. */
    // The checkers do not see the value of a constant of the ABI.
    @SuppressWarnings({"index", "value"})
    public final Core @ArrayLen(Limits.CORES) [] cores = new Core[Limits.CORES];

    /** Thread slots. */
    // The checkers do not see the value of a constant of the ABI.
    @SuppressWarnings({"index", "value"})
    public final Thread @ArrayLen(Limits.THREADS) [] threads = new Thread[Limits.THREADS];

    /** Channel slots. */
    // The checkers do not see the value of a constant of the ABI.
    @SuppressWarnings({"index", "value"})
    public final Channel @ArrayLen(Limits.CHANNELS) [] channels = new Channel[Limits.CHANNELS];

    /** Address spaces. */
    public final Spaces spaces = new Spaces();

    /** Memory for their pages. */
    public final Frames memory = new Frames();

    /** Jobs in address spaces. */
    public final SpaceJobs jobs;

    /** What cores do for them. */
    public final SpaceDuties duties;

    /** Page faults. */
    public final PageFaults pageFaults;

    /** Who runs where. */
    public final Scheduler scheduler;

    /** Grants, inheritance and donations. */
    public final Settlement settlement;

    /** Synchronous calls. */
    public final Ipc ipc;

    /** Life of threads and servers. */
    public final Server server;

    /** Counts threads that have not ended. */
    public final LiveThreads live = new LiveThreads();

    /** Sleepers and time-outs. */
    public final Timers timers;

    /** Checkpoints of the flight recorder. */
    public final Checkpoints checkpoints;

    /** Decoding of system calls. */
    public final SystemCalls systemCalls;

    /** A kernel whose threads are inactive and whose cores are idle. */
    public Kernel() {
        assert Limits.TAGS == Integer.highestOneBit(Limits.TAGS) : "tag rings are masked";
        assert Limits.THREADS <= Long.SIZE : "donors are a bit set";
        assert Limits.PRIORITIES <= Integer.SIZE : "priorities are a bit set";
        assert Limits.TAGS == Long.BYTES : "a snapshot has a byte a tag, and two words of owners";
        assert Limits.PRIORITIES <= Long.BYTES : "a snapshot counts donations in bytes";
        assert Shared.BLOCK_END <= 4096 : "the boot block is a page";
        Epochs epochs = new Epochs();
        for (int i = 0; i < cores.length; i++) {
            cores[i] = new Core(i, epochs);
        }
        for (int i = 0; i < threads.length; i++) {
            threads[i] = new Thread(i);
        }
        for (int i = 0; i < channels.length; i++) {
            channels[i] = new Channel(i);
        }
        duties = new SpaceDuties(spaces, threads);
        jobs = new SpaceJobs(spaces, memory, duties);
        pageFaults = new PageFaults(memory);
        scheduler = new Scheduler(cores, duties);
        settlement = new Settlement(channels, cores, threads);
        ipc = new Ipc(channels, settlement);
        server = new Server(channels, spaces, settlement);
        timers = new Timers(threads, ipc);
        checkpoints = new Checkpoints(epochs, channels, cores, threads, spaces, memory);
        systemCalls =
                new SystemCalls(
                        channels,
                        threads,
                        spaces,
                        ipc,
                        server,
                        scheduler,
                        timers,
                        jobs,
                        live,
                        checkpoints);
    }
}
