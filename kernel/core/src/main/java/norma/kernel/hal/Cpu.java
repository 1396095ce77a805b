// Contract: this processor core. Owner: kernel/core; metal side: arch/native/<arch>/hal.h.
package norma.kernel.hal;

import norma.quals.AsmLayout;
import norma.quals.Intrinsic;
import norma.quals.NoAlloc;
import org.checkerframework.checker.nullness.qual.Nullable;

/** The processor core that executes the caller. Interrupts are always off inside the kernel. */
@NoAlloc
@AsmLayout("CAUSE")
public final class Cpu {
    private Cpu() {}

    /** Cause of an interrupt: nothing that concerns the kernel. */
    public static final int SPURIOUS = 0;

    /** Cause of an interrupt: this core's timer. */
    public static final int TIMER = 1;

    /** Cause of an interrupt: another core's IPI. */
    public static final int IPI = 2;

    /** Cause of a kernel entry: a system call. */
    public static final int SYSTEM_CALL = 3;

    /** Causes from here on are faults; the rest is the architecture's own number. */
    public static final int FAULT = 16;

    /** A spin-loop hint that lets another virtual core run. */
    @Intrinsic("norma_relax")
    public static void relax() {
        World.current().relax();
    }

    /**
     * Halts until an interrupt is pending, without taking it; returns {@link #TIMER}, {@link #IPI}
     * or {@link #SPURIOUS}, and makes it no longer pending.
     */
    @Intrinsic("norma_wait_for_interrupt")
    public static int waitForInterrupt() {
        return World.current().waitForInterrupt();
    }

    /** Starts core {@code core}; it calls {@code KernelEntry.coreMain}. */
    @Intrinsic("norma_start_core")
    public static void startCore(int core) {
        World.current().startCore(core);
    }

    /** Raises an IPI on core {@code core}. */
    @Intrinsic("norma_send_ipi")
    public static void sendIpi(int core) {
        World.current().sendIpi(core);
    }

    /** Bytes of the instruction that makes a system call. */
    @Intrinsic("norma_call_bytes")
    public static int callBytes() {
        return 4;
    }

    /** Address of the first instruction of every user thread. */
    @Intrinsic("norma_user_entry")
    public static long userEntry() {
        return 0;
    }

    /** Address of the top of the user stack of thread slot {@code slot}. */
    @Intrinsic("norma_user_stack")
    public static long userStack(int slot) {
        return 0;
    }

    /** Initial status register of a user thread. */
    @Intrinsic("norma_user_status")
    public static long userStatus() {
        return 0;
    }

    /** Kind of the failed check at program counter {@code pc} (rt.h), or 0 if it is none. */
    @Intrinsic("rt_panic_kind")
    public static int panicKind(long pc) {
        return 0;
    }

    /** Source line of the failed check. */
    @Intrinsic("rt_panic_line")
    public static int panicLine(long pc) {
        return 0;
    }

    /** Source file of the failed check, or null. */
    @Intrinsic("rt_panic_file")
    public static @Nullable String panicFile(long pc) {
        return null;
    }

    /** Class thrown by the failed check, or null. */
    @Intrinsic("rt_panic_detail")
    public static @Nullable String panicDetail(long pc) {
        return null;
    }
}
