package norma.conformance.check;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import java.util.HashSet;
import java.util.Set;
import norma.abi.Limits;
import norma.abi.Record;
import norma.conformance.trace.WitnessSource;
import norma.model.State;
import norma.model.kernel.KernelModel;
import org.junit.jupiter.api.Test;

/** The model's numbers of locks. */
class DutyStepperTest {
    private static final int CORES = 3;

    private static DutyStepper stepper(Memory memory) {
        KernelModel model =
                new KernelModel(
                        Machines.constants(CORES, new Validator.Setup(1, 0, true, false, memory)));
        return new DutyStepper(model, model.initial(), new WitnessCheck(WitnessSource.NONE, false));
    }

    private static int count(int rank, Memory memory) {
        return switch (rank) {
            case Record.LOCK_CHANNEL -> Limits.CHANNELS;
            case Record.LOCK_CORE -> CORES;
            case Record.LOCK_SPACE -> memory.spaces();
            case Record.LOCK_THREAD -> Limits.THREADS;
            case Record.LOCK_MEMORY -> memory.spaces() > 0 ? 1 : 0;
            default -> 0;
        };
    }

    /** Every lock of the machine has a number of its own, and what is none has none. */
    @Test
    void locks() {
        for (Memory memory : new Memory[] {Memory.NONE, new Memory(4, 3)}) {
            DutyStepper stepper = stepper(memory);
            Set<Integer> numbers = new HashSet<>();
            int locks = 0;
            for (int rank = 0; rank <= Record.LOCK_MEMORY + 1; rank++) {
                int count = count(rank, memory);
                for (int index = 0; index < count; index++) {
                    int number = stepper.lock(rank << Record.LOCK_RANK_SHIFT | index);
                    assertNotEquals(State.NONE, number);
                    numbers.add(number);
                    locks++;
                }
                for (int more = count; more < count + 3; more++) {
                    int id = rank << Record.LOCK_RANK_SHIFT | more;
                    assertEquals(State.NONE, stepper.lock(id), "rank " + rank + " " + more);
                }
            }
            assertEquals(locks, numbers.size());
        }
    }
}
