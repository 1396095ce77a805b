// Contract: a kernel that is only there to try the tables of an address space on metal: one core,
// one
// thread. Owner: SpaceTablesTest, which says what it must have logged in the end.
package norma.kernel.thread;

import norma.abi.Limits;
import norma.abi.Rights;
import norma.abi.Shared;
import norma.abi.SystemCall;
import norma.kernel.hal.Cpu;
import norma.kernel.hal.Memory;
import norma.kernel.hal.Power;
import norma.kernel.hal.Tables;
import norma.kernel.lang.Panic;
import norma.quals.Entry;

/**
 * The thread gets each page that it faults at, with the right that it asked for; what it has of
 * another kind it loses. Its calls do to tables what it says. All goes to a log, where rings are
 * otherwise: the number of entries, then an entry a word.
 */
public final class TablesKernel {
    private TablesKernel() {}

    /** Entry: the tables lack a right; page, and access from bit 32. */
    public static final long FAULT = 1L << 56;

    /** Entry: the thread says a value. */
    public static final long VALUE = 2L << 56;

    /** Call (value): logged. */
    public static final int SAY = 100;

    /** Call (page): nothing is there any more. */
    public static final int TAKE = 101;

    /** Call (): a flush. */
    public static final int FLUSH = 102;

    /** Call (space): its tables are loaded, until the next fault. */
    public static final int LOAD = 103;

    /** Call (value): logged, and made once more by the same instruction. */
    public static final int TWICE = 104;

    /** So many entries are too many. */
    private static final int MANY = 100;

    private static final Frame FRAME = new Frame(0);

    /** What the tables say of each page. */
    private static final int[] RIGHTS = new int[Limits.PAGES];

    private static boolean again;

    /** The kernel boots. */
    @Entry("norma_boot")
    public static Frame boot() {
        FRAME.start(Cpu.userEntry(), Cpu.userStack(0), Cpu.userStatus(), 0, 0);
        Tables.make(0);
        Tables.load(0);
        return FRAME;
    }

    /** What a core's area is to name. */
    @Entry("norma_core")
    public static Frame core(int index) {
        return FRAME;
    }

    /** There is one core. */
    @Entry("norma_core_main")
    public static Frame coreMain(Frame core) {
        return core;
    }

    /** A broken invariant. */
    @Entry("norma_kernel_trap")
    public static void kernelTrap(int core, int cause, long pc, long address) {
        Panic.trap(core, cause, pc, address);
    }

    /** The thread comes. */
    @Entry("norma_trap")
    public static Frame trap(Frame core, int cause, long pc) {
        if (cause == Cpu.SYSTEM_CALL) {
            call((int) core.number, core.argument0);
        } else if (cause >= Cpu.FAULT) {
            fault(Tables.faultPage(), Tables.faultAccess(cause));
        }
        return core;
    }

    private static void call(int number, long argument) {
        FRAME.result(0, argument);
        switch (number) {
            case SAY -> log(VALUE | argument);
            case TAKE -> enter((int) argument, Rights.NONE);
            case FLUSH -> Tables.flush();
            case LOAD -> Tables.load((int) argument);
            case TWICE -> {
                log(VALUE | argument);
                again = !again;
                if (again) {
                    FRAME.pc -= Cpu.callBytes();
                    FRAME.inCall = 0;
                }
            }
            case SystemCall.EXIT -> end();
            default -> Panic.stop(Shared.PANICKED);
        }
    }

    private static void fault(int page, int access) {
        log(FAULT | (page & 0xffff_ffffL) | (long) access << 32);
        if (page < 0 || access == Rights.NONE) {
            end();
        }
        Tables.load(0);
        if (Rights.allow(RIGHTS[page], access)) {
            return; // It was on other tables.
        }
        if (RIGHTS[page] == Rights.NONE) {
            Tables.clear(frame(page));
        }
        boolean less = RIGHTS[page] != Rights.NONE && !Rights.allow(access, RIGHTS[page]);
        enter(page, access);
        if (less) {
            Tables.flush();
        }
    }

    private static void enter(int page, int rights) {
        Tables.enter(0, page, frame(page), rights);
        RIGHTS[page] = rights;
    }

    private static long frame(int page) {
        int frame = page < Limits.FRAMES ? page : Limits.FRAMES - 1;
        return Memory.load(Shared.OFF_FRAMES_AT) + frame * Tables.FRAME;
    }

    private static void log(long entry) {
        long at = Memory.load(Shared.OFF_RINGS);
        long count = Memory.load(at) + 1;
        Memory.store(at, count);
        Memory.store(at + Long.BYTES * count, entry);
        if (count == MANY) {
            end(); // It faults at the same place for ever.
        }
    }

    private static void end() {
        Memory.storeRelease(Shared.OFF_STATE, Shared.FINISHED);
        Power.off(0);
    }
}
