// Contract: every way into the kernel. Called by arch/native/<arch>/{entry,trap}.S on the core's
// own
// kernel stack, interrupts off; returns the frame to resume. Flow: trap.S -> KernelEntry -> decode
// (SystemCalls) -> invoke (Ipc, Server, ...) -> Scheduler.leave -> resume.
// Index checker: positions in the kernel's tables are object indices (fixed at construction) or
// were
// checked by SystemCalls; the compiled kernel checks every access again and panics with file:line.
package norma.kernel.entry;

import norma.abi.Event;
import norma.abi.Limits;
import norma.abi.Record;
import norma.abi.Shared;
import norma.kernel.hal.Clock;
import norma.kernel.hal.Console;
import norma.kernel.hal.Cpu;
import norma.kernel.hal.Memory;
import norma.kernel.hal.Power;
import norma.kernel.lang.Panic;
import norma.kernel.thread.Core;
import norma.kernel.thread.Frame;
import norma.kernel.thread.Thread;
import norma.quals.Emits;
import norma.quals.Entry;
import norma.quals.NoAlloc;
import org.checkerframework.checker.nullness.qual.Nullable;

/** Entries from assembly. */
@SuppressWarnings("index")
@NoAlloc
public final class KernelEntry {
    /** How long the last core waits for the others to go idle at the end of a run. */
    private static final long END_LIMIT = 2_000_000_000L;

    private static final Kernel KERNEL = new Kernel();

    private KernelEntry() {}

    /** The core object of index {@code core}; assembly keeps its address per core. */
    @Entry("norma_core")
    public static Core core(int core) {
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
    public static Frame boot(Kernel kernel) {
        Console.print("Norma\n");
        if (Memory.load(Shared.OFF_MAGIC) != Shared.MAGIC
                || Memory.load(Shared.OFF_VERSION) != Shared.VERSION) {
            Console.print("no boot block: nothing to run\n");
            Power.off(0);
        }
        int count = (int) Memory.load(Shared.OFF_CORES);
        assert count >= 1 && count <= Limits.CORES : "the boot block's core count";
        kernel.scheduler.configure(count, Memory.load(Shared.OFF_SLICE));
        for (int i = 0; i < count; i++) {
            kernel.cores[i].recorder.open();
        }
        Core core = kernel.cores[0];
        Thread first = kernel.threads[0];
        first.program = (int) Memory.load(Shared.OFF_FIRST_PROGRAM);
        first.base = (int) Memory.load(Shared.OFF_FIRST_PRIORITY);
        first.setEffective(first.base);
        first.state = Thread.RUNNING;
        first.start(Cpu.userEntry(), Cpu.userStack(first.index), Cpu.userStatus());
        core.current = first;
        core.idle = false;
        core.level = first.base;
        core.publishHalted(false);
        kernel.live.begin();
        Memory.store(Shared.OFF_FIRST_EVENT_TIME, Clock.now());
        Memory.storeRelease(Shared.OFF_STATE, Shared.RUNNING);
        for (int i = 1; i < count; i++) {
            Cpu.startCore(i);
        }
        kernel.scheduler.startSlice(core);
        return first.frame;
    }

    /** See {@link #coreMain(Core)}; for any kernel. */
    public static Frame coreMain(Kernel kernel, Core core) {
        core.publishHalted(false);
        return run(kernel, core, null);
    }

    /** See {@link #trap(Core, int, long)}; for any kernel. */
    public static Frame trap(Kernel kernel, Core core, int cause, long pc) {
        Thread before = core.caller();
        if (cause == Cpu.SYSTEM_CALL) {
            kernel.systemCalls.invoke(core);
        } else if (cause >= Cpu.FAULT) {
            fault(core, before, cause, pc);
            kernel.server.exit(core);
            kernel.live.end();
        } else if (!interrupt(kernel, core, cause)) {
            return before.frame;
        }
        kernel.settlement.donateAll(core);
        Thread next = kernel.scheduler.leave(core);
        if (next != before) {
            return run(kernel, core, next);
        }
        if (cause == Cpu.TIMER) {
            kernel.scheduler.continueSlice(core);
        }
        return before.frame;
    }

    /** Starts the slice of {@code next}, or waits for interrupts until there is a thread. */
    private static Frame run(Kernel kernel, Core core, @Nullable Thread next) {
        Thread chosen = next;
        while (chosen == null) {
            waitForInterrupt(kernel, core);
            kernel.settlement.donateAll(core);
            chosen = kernel.scheduler.leave(core);
        }
        kernel.scheduler.startSlice(core);
        return chosen.frame;
    }

    private static void waitForInterrupt(Kernel kernel, Core core) {
        if (core.nextDeadline < Clock.NEVER) {
            core.armBy(core.nextDeadline);
        }
        boolean taken = false;
        while (!taken) {
            core.publishHalted(true);
            endOfRun(kernel, core);
            int cause = Cpu.waitForInterrupt();
            core.publishHalted(false);
            taken = interrupt(kernel, core, cause);
        }
    }

    /** Handles an interrupt; false if it was spurious and nothing happened. */
    private static boolean interrupt(Kernel kernel, Core core, int cause) {
        if (cause == Cpu.TIMER) {
            kernel.timers.tick(core);
            return true;
        }
        return cause == Cpu.IPI && core.takeIpi();
    }

    /** The core's thread did what user mode may not. */
    @Emits("Fault")
    private static void fault(Core core, Thread thread, int cause, long pc) {
        thread.lock.acquire(core);
        thread.state = Thread.FAULTED;
        if (core.recorder.on()) {
            core.recorder.record(
                    Event.FAULT,
                    1,
                    Record.params(thread.index, cause, 0, 0),
                    pc,
                    0,
                    thread.touch(),
                    0,
                    0);
        }
        thread.lock.release(core);
    }

    /** Ends the machine when every thread has ended and every core is idle for good. */
    private static void endOfRun(Kernel kernel, Core core) {
        if (kernel.live.count() != 0 || !core.quiescent()) {
            return;
        }
        long limit = Clock.now() + END_LIMIT;
        for (int i = 0; i < kernel.scheduler.coresInUse(); i++) {
            while (!kernel.cores[i].quiescent() && Clock.now() < limit) {
                Cpu.relax();
            }
        }
        Memory.storeRelease(Shared.OFF_STATE, Shared.FINISHED);
        Power.off(0);
    }
}
