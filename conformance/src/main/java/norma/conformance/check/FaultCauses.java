package norma.conformance.check;

import norma.abi.Forbidden;
import norma.abi.Rights;

/**
 * Which cause the kernel must record of a fault: 16 and the architecture's own number. An
 * architecture is told by its cause of a privileged instruction: illegal instruction (2) on
 * riscv64, general protection (13) on x86_64.
 */
public final class FaultCauses {
    private static final int RISCV_ILLEGAL = 18;
    private static final int RISCV_FETCH = 28;
    private static final int RISCV_LOAD = 29;
    private static final int RISCV_STORE = 31;
    private static final int X86_PAGE_FAULT = 30;

    private FaultCauses() {}

    /**
     * The cause of an attempt.
     *
     * @param instruction the architecture's cause of a privileged instruction
     * @param attempt a number of {@link Forbidden}
     */
    public static int of(int instruction, long attempt) {
        if (attempt == Forbidden.INSTRUCTION) {
            return instruction;
        }
        return instruction == RISCV_ILLEGAL ? riscv((int) attempt) : X86_PAGE_FAULT;
    }

    /**
     * The cause of an access to a page that a thread may not have.
     *
     * @param instruction the architecture's cause of a privileged instruction
     * @param access a number of {@link Rights}
     */
    public static int ofPage(int instruction, int access) {
        if (instruction != RISCV_ILLEGAL) {
            return X86_PAGE_FAULT;
        }
        return switch (access) {
            case Rights.EXECUTE -> RISCV_FETCH;
            case Rights.WRITE -> RISCV_STORE;
            default -> RISCV_LOAD;
        };
    }

    /** As {@link #expected}, of an access to a page; the log has it. */
    static int expectedOfPage(int instruction, int access, int recorded) {
        return instruction == 0 ? recorded : ofPage(instruction, access);
    }

    private static int riscv(int attempt) {
        return switch (attempt) {
            case Forbidden.ENTER_KERNEL, Forbidden.EXECUTE_STACK -> RISCV_FETCH;
            case Forbidden.WRITE_KERNEL,
                    Forbidden.WRITE_BLOCK,
                    Forbidden.WRITE_CODE,
                    Forbidden.LEAVE_STACK ->
                    RISCV_STORE;
            default -> RISCV_LOAD;
        };
    }

    /**
     * What must be recorded of a fault.
     *
     * @param instruction the architecture's cause of a privileged instruction; 0: any cause will do
     * @param attempt what the thread's log says that it attempted; -1: its log no longer has it
     * @param recorded the recorded cause
     */
    static int expected(int instruction, long attempt, int recorded) {
        if (instruction == 0) {
            return recorded;
        }
        if (attempt >= 0) {
            return of(instruction, attempt);
        }
        for (int any = 0; any < Forbidden.LIMIT; any++) {
            if (of(instruction, any) == recorded) {
                return recorded;
            }
        }
        return instruction;
    }
}
