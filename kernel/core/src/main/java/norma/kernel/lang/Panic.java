// Contract: the end of a kernel whose invariant broke. Owner: kernel/core.
// Neither allocates, locks nor recurses; the rings stay as they are for post-mortem checking.
package norma.kernel.lang;

import norma.abi.Shared;
import norma.kernel.hal.Console;
import norma.kernel.hal.Cpu;
import norma.kernel.hal.Memory;
import norma.kernel.hal.Power;
import norma.quals.NoAlloc;

/** The panic path. */
@NoAlloc
public final class Panic {
    private Panic() {}

    /** Power-off status of a panic. */
    public static final int STATUS = 1;

    /**
     * A trap inside the kernel at {@code pc}: prints the Java file and line, and ends the machine.
     */
    public static void trap(int core, int cause, long pc, long address) {
        Console.print("\nPANIC ");
        String file = Cpu.panicFile(pc);
        if (file != null) {
            Console.print(kind(Cpu.panicKind(pc)));
            String detail = Cpu.panicDetail(pc);
            if (detail != null) {
                Console.put(' ');
                Console.print(detail);
            }
            Console.print(" at ");
            Console.print(file);
            Console.put(':');
            Console.printDecimal(Cpu.panicLine(pc));
        } else {
            Console.print("trap ");
            Console.printDecimal(cause);
            Console.print(" at ");
            Console.printHex(pc);
            Console.print(" address ");
            Console.printHex(address);
        }
        Console.print(" on core ");
        Console.printDecimal(core);
        Console.put('\n');
        Memory.store(Shared.OFF_PANIC, pc);
        stop(Shared.PANICKED);
    }

    /** Names of the kinds of rt.h. */
    private static String kind(int kind) {
        return switch (kind) {
            case 1 -> "NullPointer";
            case 2 -> "ArrayIndex";
            case 3 -> "Arithmetic";
            case 4 -> "ClassCast";
            case 5 -> "ArrayStore";
            case 6 -> "NegativeArraySize";
            case 7 -> "Assertion";
            case 8 -> "Thrown";
            default -> "Unreachable";
        };
    }

    /** Publishes the final state and ends the machine. */
    public static void stop(int state) {
        Memory.storeRelease(Shared.OFF_STATE, state);
        Power.off(STATUS);
        for (; ; ) {
            Cpu.relax();
        }
    }
}
