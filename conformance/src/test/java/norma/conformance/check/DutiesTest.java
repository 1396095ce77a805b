package norma.conformance.check;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import norma.abi.Limits;
import norma.model.Observation;
import norma.model.State;
import norma.model.ipc.IpcState;
import norma.model.kernel.KernelModel;
import norma.model.kernel.KernelObserver;
import norma.model.kernel.KernelState;
import norma.model.sched.SchedState;
import norma.model.space.SpaceObserver;
import org.junit.jupiter.api.Test;

/** What a machine in which nothing happens any more must not leave undone. */
class DutiesTest {
    private static final int CORES = 2;
    private static final int LAST_THREAD = Limits.THREADS - 1;
    private static final int LAST_CHANNEL = Limits.CHANNELS - 1;

    private final KernelModel model =
            new KernelModel(Machines.constants(CORES, new Validator.Setup(1, 0, false, false)));
    private final KernelState state = model.initial();
    private final KernelObserver observer = model.observer(state, new Observation());
    private final Duties duties = new Duties(state, CORES, Memory.NONE);

    private void expect(String duty, boolean ended) {
        Finding finding = duties.undischarged(ended, 9);
        assertEquals(new Finding(Reason.UNDISCHARGED, 9, duty, java.util.List.of()), finding);
    }

    private void context(int core, int mode, int current, int... woken) {
        observer.sched().context(core, mode, current, woken, woken.length, 0, false);
    }

    @Test
    void aMachineAtRestOwesNothing() {
        context(0, SchedState.HALT, State.NONE);
        observer.sched().thread(0, SchedState.BLOCKED, 0, 1, 1, 0);
        assertNull(duties.undischarged(false, 0));
        expect("thread 0 has not ended", true);
        observer.sched().thread(0, SchedState.INACTIVE, 0, 1, 1, 0);
        assertNull(duties.undischarged(true, 0));
        observer.sched().thread(LAST_THREAD, SchedState.READY, 0, 1, 1, 0);
        assertNull(duties.undischarged(false, 0));
        expect("thread " + LAST_THREAD + " has not ended", true);
        observer.asleep(LAST_THREAD, true);
        assertNull(duties.undischarged(false, 0));
        expect("Wake: thread " + LAST_THREAD + " still sleeps", true);
    }

    @Test
    void coresOweWhatTheyHaveBegun() {
        context(1, SchedState.HALT, State.NONE, 7, 3);
        expect("Enqueue: core 1 never enqueued thread 7", false);
        context(1, SchedState.HALT, State.NONE);
        observer.sched().context(1, SchedState.HALT, State.NONE, new int[0], 0, 1, true);
        expect("Kick: core 0 is owed an IPI", false);
        context(1, SchedState.HALT, State.NONE);
        observer.sched().ipi(1, true);
        expect("Ipi: core 1 never took its IPI", false);
        observer.sched().ipi(1, false);
        context(1, SchedState.KERNEL, State.NONE);
        expect("core 1 never left the kernel", false);
        context(1, SchedState.HALT, State.NONE);
        assertNull(duties.undischarged(false, 0));
        observer.sched().core(1, false, 0, new int[] {4}, 1);
        expect("Dispatch: core 1 left thread 4 ready", false);
    }

    @Test
    void channelsOweWhatIsDue() {
        observer.ipc().server(LAST_CHANNEL, true, 0);
        observer.ipc().waiters(LAST_CHANNEL, new int[] {4}, 1);
        observer.ipc().call(4, LAST_CHANNEL, 0, state.sched().eff(4), false);
        expect("Grant: channel " + LAST_CHANNEL + " has a free tag and a waiter", false);
        observer.ipc().server(LAST_CHANNEL, false, 0);
        expect("FailCall: channel " + LAST_CHANNEL + " is dead and not drained", false);
        observer.ipc().waiters(LAST_CHANNEL, new int[0], 0);
        observer.ipc().phase(4, false, IpcState.IDLE);
        assertNull(duties.undischarged(false, 0));
        observer.ipc().serves(6, LAST_CHANNEL, 0);
        observer.sched().thread(6, SchedState.BLOCKED, 0, 1, 3, 0);
        expect(
                "Inherit: a server of channel " + LAST_CHANNEL + " does not run at its target",
                false);
    }

    @Test
    void donationsFollowPriorities() {
        observer.ipc().phase(LAST_THREAD, false, IpcState.QUEUED);
        observer.ipc().call(LAST_THREAD, 0, 0, 2, false);
        expect(
                "Donate: thread " + LAST_THREAD + " donates a priority that it no longer has",
                false);
    }

    /** Words behind those of the last core and of the last space are of something else. */
    @Test
    void spacesAreNoMoreThanThereAre() {
        Memory memory = new Memory(3, 2);
        KernelModel with =
                new KernelModel(
                        Machines.constants(CORES, new Validator.Setup(1, 0, false, false, memory)));
        KernelState there = with.initial();
        SpaceObserver space =
                new SpaceObserver(
                        there.spaces(), memory.constants(CORES, Limits.THREADS), new Observation());
        int protect = 2;
        int work = 1;
        space.job(0, 0, protect, work, 2, 2);
        assertNull(new Duties(there, CORES, memory).undischarged(false, 0));
        space.dying(0, 1);
        assertNull(new Duties(there, CORES, memory).undischarged(false, 0));
        space.cores(0, 0b11, 0b10);
        assertEquals(
                "Acknowledge: core 1 was asked to flush and has not",
                new Duties(there, CORES, memory).undischarged(false, 0).summary());
    }

    /** Of a machine that uses only some objects the others may be anything. */
    @Test
    void whatIsNotUsedOwesNothing() {
        Duties few = new Duties(state, CORES, 1, 2, Memory.NONE);
        observer.ipc().server(1, false, 0);
        observer.ipc().tag(1, 0, IpcState.ORPHAN, true);
        observer.sched().thread(0, SchedState.INACTIVE, 0, 1, 1, 0);
        observer.sched().thread(2, SchedState.BLOCKED, 0, 1, 1, 0);
        assertNull(few.undischarged(true, 0));
        observer.sched().thread(1, SchedState.BLOCKED, 0, 1, 1, 0);
        assertEquals("thread 1 has not ended", few.undischarged(true, 0).summary());
        observer.ipc().server(0, false, 0);
        observer.ipc().tag(0, 0, IpcState.ORPHAN, true);
        assertEquals(
                "FailCall: channel 0 is dead and not drained", few.undischarged(true, 0).summary());
    }

    @Test
    void deadlinesCome() {
        assertNull(duties.overdue(thread -> 5, 3));
        observer.ipc().phase(LAST_THREAD, false, IpcState.SERVED);
        observer.ipc().call(LAST_THREAD, 2, 0, 1, false);
        assertNull(duties.overdue(thread -> 5, 3));
        observer.ipc().call(LAST_THREAD, 2, 0, 1, true);
        assertNull(duties.overdue(thread -> -1, 3));
        assertNull(duties.overdue(thread -> Duties.OVERDUE_NANOS + 1, 3));
        assertEquals(
                new Finding(
                        Reason.UNDISCHARGED,
                        3,
                        "TimeOut: thread "
                                + LAST_THREAD
                                + " called channel 2 for at most 1000000000 ns, and its deadline"
                                + " never came",
                        java.util.List.of()),
                duties.overdue(t -> t == LAST_THREAD ? Duties.OVERDUE_NANOS : 0, 3));
        observer.ipc().phase(LAST_THREAD, false, IpcState.IDLE);
        assertNull(duties.overdue(thread -> 5, 3));
        observer.asleep(0, true);
        assertEquals(
                "Wake: thread 0 went to sleep for at most 0 ns, and its deadline never came",
                duties.overdue(thread -> 0, 3).summary());
    }
}
