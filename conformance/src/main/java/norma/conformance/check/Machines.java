package norma.conformance.check;

import norma.abi.Limits;
import norma.abi.Record;
import norma.model.kernel.KernelConstants;

/** The model's constants of kernels, and which objects they have. */
final class Machines {
    /** Tickets of a run; the kernel's wrap at 2^32. */
    private static final int TICKETS = 1 << 30;

    private Machines() {}

    /** The machine of a run, with all its slots. */
    static KernelConstants constants(int cores, Validator.Setup setup) {
        return constants(
                cores,
                Limits.THREADS,
                Limits.CHANNELS,
                setup.locks() ? TICKETS : 1,
                setup.locks(),
                setup.firstPriority(),
                setup.memory());
    }

    /**
     * A machine with the tags and priorities of the kernel.
     *
     * @param cores cores
     * @param threads thread slots
     * @param channels channels
     * @param tickets tickets count modulo this
     * @param locks locks are part of it
     * @param firstPriority priority of the first thread
     * @param memory its address spaces
     */
    static KernelConstants constants(
            int cores,
            int threads,
            int channels,
            int tickets,
            boolean locks,
            int firstPriority,
            Memory memory) {
        return new KernelConstants(
                cores,
                threads,
                channels,
                Limits.TAGS,
                1,
                Limits.PRIORITIES,
                Limits.GENERATIONS,
                Limits.GENERATIONS,
                true,
                tickets,
                locks,
                locks,
                locks,
                firstPriority,
                memory.constants(cores, threads),
                locks && memory.spaces() > 0);
    }

    /** Objects of a type. */
    static int count(int type, int cores, Memory memory) {
        return switch (type) {
            case Record.THREAD -> Limits.THREADS;
            case Record.CHANNEL -> Limits.CHANNELS;
            case Record.CORE, Record.IPI_WORD, Record.CONTEXT -> cores;
            case Record.SPACE -> memory.spaces();
            case Record.MEMORY -> memory.spaces() == 0 ? 0 : 1;
            default -> 0;
        };
    }
}
