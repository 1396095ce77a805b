// Contract: every way into the kernel. Called by arch/native/<arch>/{entry,trap}.S on the core's
// own
// kernel stack, interrupts off; returns the frame to resume. Flow: trap.S -> KernelEntry -> decode
// (SystemCalls) -> invoke (Ipc, Server, ...) -> Scheduler.leave -> resume.
package norma.kernel.entry;

import norma.abi.Limits;
import norma.abi.Shared;
import norma.kernel.hal.Clock;
import norma.kernel.hal.Console;
import norma.kernel.hal.Cpu;
import norma.kernel.hal.Memory;
import norma.kernel.hal.Power;
import norma.kernel.lang.Panic;
import norma.kernel.mem.PageFaults;
import norma.kernel.mem.Space;
import norma.kernel.thread.Core;
import norma.kernel.thread.Frame;
import norma.kernel.thread.Thread;
import norma.quals.Cold;
import norma.quals.Emits;
import norma.quals.Entry;
import norma.quals.Inline;
import norma.quals.NoAlloc;
import org.checkerframework.checker.nullness.qual.Nullable;
import org.checkerframework.common.value.qual.IntRange;

/** Entries from assembly. */
@NoAlloc
public final class KernelEntry {
    private static final Kernel KERNEL = new Kernel();

    private KernelEntry() {}

    /** The core object of index {@code core}; assembly keeps its address per core. */
    @Entry("norma_core")
    public static Core core(@IntRange(from = 0, to = Limits.CORES - 1) int core) {
        return KERNEL.cores[core];
    }

    /** Boots on core 0: returns the first thread's frame. */
    @Entry("norma_boot")
    public static Frame boot() {
        return boot(KERNEL);
    }

    /** Another core has been started: waits for work. */
    @Entry("norma_core_main")
    public static Frame coreMain(Core core) {
        return coreMain(KERNEL, core);
    }

    /** An interrupt, system call or fault in user mode. */
    @Entry("norma_trap")
    public static Frame trap(Core core, int cause, long pc) {
        return trap(KERNEL, core, cause, pc);
    }

    /** A trap inside the kernel: a broken invariant. */
    @Entry("norma_kernel_trap")
    public static void kernelTrap(int core, int cause, long pc, long address) {
        Panic.trap(core, cause, pc, address);
    }

    /** See {@link #boot()}; for any kernel. */
    @Emits("Init")
    // Boot: this core alone, before the others start, with what the boot block says; its words are
    // asserted before they are cut to 32 bits.
    @SuppressWarnings({"guard", "index", "value"})
    public static Frame boot(Kernel kernel) {
        Console.print("Norma\n");
        if (Memory.load(Shared.OFF_MAGIC) != Shared.MAGIC
                || Memory.load(Shared.OFF_VERSION) != Shared.VERSION) {
            Console.print("no boot block: nothing to run\n");
            Power.off(0);
        }
        long asked = Memory.load(Shared.OFF_CORES);
        assert asked >= 1 && asked <= Limits.CORES : "the boot block's core count";
        int count = (int) asked;
        kernel.scheduler.configure(count, Memory.load(Shared.OFF_SLICE));
        for (int i = 0; i < count; i++) {
            kernel.cores[i].openRecorder();
        }
        kernel.checkpoints.open(count, Memory.load(Shared.OFF_FLAGS));
        for (Thread thread : kernel.threads) {
            thread.setHome(thread.index % count); // New threads are spread over the cores.
        }
        Core core = kernel.cores[0];
        Thread first = kernel.threads[0];
        long program = Memory.load(Shared.OFF_FIRST_PROGRAM);
        assert program >= 0 && program < Shared.PROGRAMS : "the boot block's first program";
        first.program = (int) program;
        long priority = Memory.load(Shared.OFF_FIRST_PRIORITY);
        assert priority >= 0 && priority < Limits.PRIORITIES : "the boot block's priority";
        first.base = (int) priority;
        first.setEffective(first.base);
        first.state = Thread.RUNNING;
        first.start(Cpu.userEntry(), Cpu.userStack(first.index), Cpu.userStatus());
        long pages = Memory.load(Shared.OFF_PAGES);
        if (pages != 0) {
            openSpace(kernel, core, first, pages);
        }
        core.current = first;
        core.idle = false;
        core.level = first.base;
        core.publishWaiting(false);
        kernel.live.begin();
        Memory.store(Shared.OFF_FIRST_EVENT_TIME, Clock.now());
        Memory.storeRelease(Shared.OFF_STATE, Shared.RUNNING);
        for (int i = 1; i < count; i++) {
            Cpu.startCore(i);
        }
        kernel.scheduler.startSlice(core);
        return first.frame;
    }

    /** The first thread lives in an address space of its own. */
    @Emits("Init")
    private static void openSpace(Kernel kernel, Core core, Thread first, long pages) {
        kernel.memory.open();
        for (int i = 0; i < kernel.spaces.count(); i++) {
            kernel.spaces.at(i).open(pages);
        }
        Space space = kernel.spaces.at(0);
        space.begin();
        first.space = space.index;
        core.root = space.index;
    }

    /** See {@link #coreMain(Core)}; for any kernel. */
    public static Frame coreMain(Kernel kernel, Core core) {
        core.publishWaiting(false);
        // An IPI sent while this core was starting has left its word but no interrupt: firmware and
        // local interrupt controllers drop what they cannot deliver yet.
        Thread next = interrupt(kernel, core, Cpu.IPI) ? leave(kernel, core) : null;
        return run(kernel, core, next);
    }

    /** See {@link #trap(Core, int, long)}; for any kernel. */
    public static Frame trap(Kernel kernel, Core core, int cause, long pc) {
        Thread before = core.caller();
        if (cause == Cpu.SYSTEM_CALL) {
            kernel.checkpoints.enter(core);
            if (before.working) {
                kernel.jobs.work(core);
            } else {
                kernel.systemCalls.invoke(core);
            }
        } else if (cause >= Cpu.FAULT) {
            kernel.checkpoints.enter(core);
            if (!faulted(kernel, core, before, cause, pc)) {
                core.left();
                return before.frame;
            }
        } else if (!interrupt(kernel, core, cause)) {
            return before.frame;
        }
        if (core.donors != 0) {
            kernel.settlement.donateAll(core);
        }
        Thread next = leave(kernel, core);
        if (next != before) {
            return run(kernel, core, next);
        }
        if (cause == Cpu.TIMER) {
            kernel.scheduler.continueSlice(core);
        }
        return before.frame;
    }

    /** Everything that the kernel owes is done: what runs on this core now, or null. */
    @Inline
    private static @Nullable Thread leave(Kernel kernel, Core core) {
        kernel.checkpoints.sweep(core);
        Thread next = kernel.scheduler.leave(core);
        core.left();
        return next;
    }

    /** Starts the slice of {@code next}, or waits for interrupts until there is a thread. */
    @Inline
    private static Frame run(Kernel kernel, Core core, @Nullable Thread next) {
        Thread chosen = next == null ? await(kernel, core) : next;
        kernel.scheduler.startSlice(core);
        return chosen.frame;
    }

    /** Nothing is ready: waits until something is. */
    @Cold
    private static Thread await(Kernel kernel, Core core) {
        Thread chosen = null;
        while (chosen == null) {
            waitForInterrupt(kernel, core);
            if (core.donors != 0) {
                kernel.settlement.donateAll(core);
            }
            chosen = leave(kernel, core);
        }
        return chosen;
    }

    /** An idle core: tickless but for deadlines; ends with an interrupt that means something. */
    private static void waitForInterrupt(Kernel kernel, Core core) {
        core.armFor(core.nextDeadline);
        boolean taken = false;
        while (!taken) {
            core.publishWaiting(true);
            if (kernel.live.count() == 0) {
                endOfRun(kernel, core);
            }
            int cause = Cpu.waitForInterrupt();
            core.publishWaiting(false);
            // When all threads have ended no deadline is left: a timer interrupt is a late one.
            boolean late = cause == Cpu.TIMER && kernel.live.count() == 0;
            taken = !late && interrupt(kernel, core, cause);
        }
    }

    /** Handles an interrupt; false if it was spurious and nothing happened. */
    private static boolean interrupt(Kernel kernel, Core core, int cause) {
        if (cause == Cpu.TIMER) {
            kernel.checkpoints.enter(core);
            kernel.timers.tick(core);
            return true;
        }
        if (cause == Cpu.IPI && core.ipiPending()) {
            kernel.checkpoints.enter(core);
            core.takeIpi();
            kernel.duties.acknowledgeIfAsked(core);
            return true;
        }
        return false;
    }

    /** The core's thread has faulted; false if it goes on at once. */
    @Cold
    private static boolean faulted(Kernel kernel, Core core, Thread thread, int cause, long pc) {
        if (thread.working) {
            kernel.jobs.work(core);
            return true;
        }
        if (thread.ending == Cpu.SYSTEM_CALL) {
            kernel.systemCalls.exit(core); // Its code is gone, so that it could not call again.
            return true;
        }
        int why = cause;
        long at = pc;
        if (thread.ending != 0) {
            why = thread.ending;
            at = thread.endingAt;
        }
        int taken = kernel.pageFaults.take(core, kernel.spaces.of(thread), why, at);
        if (taken == PageFaults.FATAL) {
            kernel.server.exit(core);
            kernel.live.end();
        } else if (core.current == thread && thread.working) {
            kernel.jobs.work(core);
        }
        return taken != PageFaults.OVER;
    }

    /**
     * All threads have ended, and this core waits: it ends the machine if every core waits with no
     * IPI under way. Another that does not will look again when it does.
     *
     * <p>A core stops waiting before it takes an IPI or looks at a timer interrupt (and then finds
     * that all is over), so one that waits with no IPI pending will do nothing more, unless another
     * that did not wait yet kicks it; the second look finds that kick.
     */
    private static void endOfRun(Kernel kernel, Core core) {
        if (allWait(kernel) && allWait(kernel) && kernel.checkpoints.end(core)) {
            Memory.storeRelease(Shared.OFF_STATE, Shared.FINISHED);
            Power.off(0);
        }
    }

    private static boolean allWait(Kernel kernel) {
        for (int i = 0; i < kernel.scheduler.coresInUse(); i++) {
            if (!kernel.cores[i].quiescent()) {
                return false;
            }
        }
        return true;
    }
}
