package norma.conformance.check;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;

import java.util.Arrays;
import norma.abi.Event;
import norma.abi.Limits;
import norma.abi.Record;
import norma.model.Observation;
import norma.model.State;
import norma.model.ipc.IpcState;
import norma.model.kernel.KernelModel;
import norma.model.kernel.KernelObserver;
import norma.model.kernel.KernelState;
import norma.model.sched.SchedState;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** A duty is overdue when every core that runs has entered the kernel often enough, not before. */
class DutyAgesTest {
    private static final int CORES = 3;
    private static final int THREAD = 5;
    private static final int CHANNEL = 2;

    private final KernelModel model =
            new KernelModel(Machines.constants(CORES, new Validator.Setup(1, 0, false, false)));
    private final KernelState state = model.initial();
    private final KernelObserver observer = model.observer(state, new Observation());
    private final boolean[] silent = new boolean[CORES];
    private final DutyAges ages = new DutyAges(state, CORES, Memory.NONE, core -> silent[core]);
    private final long[] threads = new long[Limits.THREADS];
    private final long[] channels = new long[Limits.CHANNELS];
    private final long[] words = new long[CORES];
    private final long[] spaces = new long[1];

    DutyAgesTest() {
        for (int core = 0; core < CORES; core++) {
            mode(core, SchedState.KERNEL);
        }
    }

    private void mode(int core, int mode) {
        observer.sched().context(core, mode, State.NONE, new int[0], 0, 0, false);
    }

    private void enter(int core, int times) {
        EventView event = new EventView();
        event.words[0] = Record.head(Event.TICK, core, 0, 0);
        for (int i = 0; i < times; i++) {
            ages.accepted(event);
        }
    }

    private @Nullable String look() {
        Finding finding = ages.look(threads, channels, words, spaces, 7);
        if (finding == null) {
            return null;
        }
        assertEquals(Reason.UNDISCHARGED, finding.reason());
        assertEquals(7, finding.event());
        return finding.summary();
    }

    private void donationDue() {
        observer.ipc().phase(THREAD, false, IpcState.QUEUED);
        observer.ipc().call(THREAD, CHANNEL, 0, 3, false);
    }

    private static final String DONATE =
            "Donate: thread 5 donates a priority that it no longer has, and has not been done for"
                    + " too many kernel entries";

    @Test
    void everyCoreMustHaveBeenInTheKernel() {
        donationDue();
        enter(0, 50);
        assertNull(look());
        enter(0, 5 * DutyAges.PATIENCE);
        enter(1, DutyAges.PATIENCE);
        enter(2, DutyAges.PATIENCE - 1);
        assertNull(look());
        enter(2, 1);
        assertEquals(DONATE, look());
    }

    @Test
    void onlyEntriesCount() {
        donationDue();
        assertNull(look());
        EventView event = new EventView();
        for (int kind = Event.IPI + 1; kind < Event.LIMIT; kind++) {
            event.words[0] = Record.head(kind, 0, 0, 0);
            for (int i = 0; i <= DutyAges.PATIENCE; i++) {
                ages.accepted(event);
            }
        }
        enter(1, DutyAges.PATIENCE);
        enter(2, DutyAges.PATIENCE);
        assertNull(look());
        event.words[0] = Record.head(Event.IPI, 0, 0, 0);
        for (int i = 0; i < DutyAges.PATIENCE; i++) {
            ages.accepted(event);
        }
        assertEquals(DONATE, look());
    }

    /** A halted core need not enter, if nothing of it is still to be merged. */
    @Test
    void aHaltedCoreThatIsSilentDoesNotCount() {
        donationDue();
        assertNull(look());
        enter(0, DutyAges.PATIENCE);
        enter(2, DutyAges.PATIENCE);
        mode(1, SchedState.HALT);
        assertNull(look());
        silent[1] = true;
        assertEquals(DONATE, look());
        mode(1, SchedState.USER);
        assertNull(look());
    }

    /** Somebody did it, or it became due again: the time begins anew. */
    @Test
    void anEventOfTheObjectBeginsAnew() {
        donationDue();
        assertNull(look());
        enterAll(DutyAges.PATIENCE);
        threads[THREAD]++;
        assertNull(look());
        enterAll(DutyAges.PATIENCE - 1);
        assertNull(look());
        enterAll(1);
        assertEquals(DONATE, look());
        observer.ipc().call(THREAD, CHANNEL, 0, state.sched().eff(THREAD), false);
        assertNull(look());
        enterAll(DutyAges.PATIENCE);
        assertNull(look());
        donationDue();
        assertNull(look());
        enterAll(DutyAges.PATIENCE);
        assertNotNull(look());
    }

    private void enterAll(int times) {
        for (int core = 0; core < CORES; core++) {
            enter(core, times);
        }
    }

    @Test
    void aDeadChannelIsDrained() {
        observer.ipc().server(CHANNEL, false, 1);
        observer.ipc().tag(CHANNEL, 0, IpcState.ORPHAN, true);
        assertEquals(true, state.ipc().failDue(CHANNEL));
        assertNull(look());
        enterAll(DutyAges.PATIENCE);
        channels[CHANNEL]++;
        assertNull(look());
        enterAll(DutyAges.PATIENCE);
        assertEquals(
                "FailCall: channel 2 is dead and not drained, and has not been done for too many"
                        + " kernel entries",
                look());
    }

    /** Only the core itself takes its IPI: it must enter, halted or not, and much more often. */
    @Test
    void anIpiIsTakenByItsCore() {
        observer.sched().ipi(1, true);
        mode(1, SchedState.HALT);
        Arrays.fill(silent, true);
        assertNull(look());
        enterAll(DutyAges.PATIENCE);
        assertNull(look());
        enter(0, DutyAges.IPI_PATIENCE);
        enter(2, DutyAges.IPI_PATIENCE);
        assertNull(look());
        enter(1, DutyAges.IPI_PATIENCE - DutyAges.PATIENCE - 1);
        assertNull(look());
        enter(1, 1);
        assertEquals(
                "Ipi: core 1 does not take its IPI, and has not been done for too many kernel"
                        + " entries",
                look());
        words[1]++;
        assertNull(look());
    }

    /** That of core 0, too: nobody else's entries count, and its own must be as many. */
    @Test
    void anIpiOfTheFirstCore() {
        observer.sched().ipi(0, true);
        assertNull(look());
        enterAll(DutyAges.PATIENCE);
        assertNull(look());
        enter(0, DutyAges.IPI_PATIENCE - DutyAges.PATIENCE - 1);
        assertNull(look());
        enter(0, 1);
        assertNotNull(look());
    }
}
