package norma.bench;

import java.io.IOException;
import java.nio.file.Path;
import norma.abi.Event;
import norma.conformance.machine.Arch;
import norma.conformance.machine.MachineException;

/**
 * What one repetition of a workload costs in one image: a run of 2N repetitions less a run of N.
 *
 * @param kernel instructions in the kernel
 * @param user instructions of the user program
 * @param events recorded events
 * @param touched objects touched by them
 * @param recorder instructions in the function that writes records, where the image has it
 * @param trace of the longer run
 */
record Operation(
        double kernel, double user, double events, double touched, double recorder, Trace trace) {
    private static final int REPETITIONS = 1000;
    private static final int FEW = 100;
    static final String RECORD = "norma_kernel_lang_Recorder_record";

    static Operation measure(Arch arch, Path elf, Path plugin, Workload workload, long flags)
            throws IOException, MachineException {
        Guest guest = new Guest(arch, elf, plugin, flags);
        Guest.Run one = guest.run(workload.script(REPETITIONS), Guest.USER_MAIN);
        Guest.Run two = guest.run(workload.script(2 * REPETITIONS), Guest.USER_MAIN);
        return new Operation(
                each(one.profile().kernel(), two.profile().kernel()),
                each(one.profile().user(), two.profile().user()),
                each(one.trace().events(), two.trace().events()),
                each(one.trace().touched(), two.trace().touched()),
                each(one.profile().in(RECORD), two.profile().in(RECORD)),
                two.trace());
    }

    /** Locks that one repetition takes, by the events of locks. */
    static double locks(Arch arch, Path elf, Path plugin, Workload workload)
            throws IOException, MachineException {
        Guest guest = new Guest(arch, elf, plugin, Guest.RECORDING_LOCKS);
        Trace one = guest.run(workload.script(FEW), Guest.USER_MAIN).trace();
        Trace two = guest.run(workload.script(2 * FEW), Guest.USER_MAIN).trace();
        return (two.events(Event.LOCK_TAKE) - one.events(Event.LOCK_TAKE)) / (double) FEW;
    }

    private static double each(long one, long two) {
        return (two - one) / (double) REPETITIONS;
    }

    boolean sameTrace(Operation other) {
        return trace.same(other.trace);
    }
}
