package norma.conformance.check;

import java.util.Arrays;
import java.util.List;
import java.util.function.IntPredicate;
import norma.abi.Event;
import norma.abi.Limits;
import norma.model.kernel.KernelState;
import norma.model.sched.SchedState;
import org.jspecify.annotations.Nullable;

/**
 * Fairness during a run: a duty that stays due while every core halts or enters the kernel {@link
 * #PATIENCE} more times is never going to be done.
 *
 * <p>Looked at now and then, a duty counts as the same one only while the object it is about has
 * had no event at all: doing the duty, and making it due again, both are events of that object. An
 * IPI is taken by one core only, and a halted one waits for its turn on the host: there the core
 * itself must have entered the kernel, and more often; a halted core that never wakes is found at
 * the end.
 */
final class DutyAges {
    /** Further kernel entries of every core. */
    static final int PATIENCE = 1_000;

    /** The same for an IPI to a busy core, which the emulator may deliver tens of ms late. */
    static final int IPI_PATIENCE = 100_000;

    private final KernelState state;
    private final int cores;
    private final IntPredicate silent;
    private final long[] entries;
    private final Duty[] donations = new Duty[Limits.THREADS];
    private final Duty[] failures = new Duty[Limits.CHANNELS];
    private final Duty[] interrupts;
    private final Duty[] releases;
    private final Duty[] admissions;
    private final Duty[] births;
    private final Duty[] ends;

    /** A duty seen due, and how far each core was then. */
    private final class Duty {
        private boolean due;
        private long version;
        private final long[] since = new long[cores];

        /** Looks again; true if it has waited too long. */
        boolean overdue(boolean isDue, long objectVersion) {
            return overdue(isDue, objectVersion, -1);
        }

        /** As the other, of a duty that only {@code owner} can do, halted or not. */
        boolean overdue(boolean isDue, long objectVersion, int owner) {
            if (!isDue || !due || version != objectVersion) {
                due = isDue;
                version = objectVersion;
                System.arraycopy(entries, 0, since, 0, cores);
                return false;
            }
            for (int core = 0; core < cores; core++) {
                boolean waits = owner < 0 ? !halted(core) : core == owner;
                long patience = owner < 0 ? PATIENCE : IPI_PATIENCE;
                if (waits && entries[core] - since[core] < patience) {
                    return false;
                }
            }
            return true;
        }
    }

    /** {@code silent}: has everything that a core has recorded been merged? */
    DutyAges(KernelState state, int cores, Memory memory, IntPredicate silent) {
        this.state = state;
        this.cores = cores;
        this.silent = silent;
        entries = new long[cores];
        interrupts = new Duty[cores];
        releases = new Duty[memory.spaces()];
        admissions = new Duty[memory.spaces()];
        births = new Duty[memory.spaces()];
        ends = new Duty[memory.spaces()];
        Arrays.setAll(releases, i -> new Duty());
        Arrays.setAll(admissions, i -> new Duty());
        Arrays.setAll(births, i -> new Duty());
        Arrays.setAll(ends, i -> new Duty());
        Arrays.setAll(donations, i -> new Duty());
        Arrays.setAll(failures, i -> new Duty());
        Arrays.setAll(interrupts, i -> new Duty());
    }

    /** A core that halts for the model may have done much since that is still to be merged. */
    private boolean halted(int core) {
        return state.sched().mode(core) == SchedState.HALT && silent.test(core);
    }

    /** An event was accepted. */
    void accepted(EventView event) {
        if (event.kind() <= Event.IPI) {
            entries[event.core()]++;
        }
    }

    /**
     * The first duty that has waited too long; versions are those of threads, channels, IPI words
     * and spaces.
     */
    @Nullable Finding look(
            long[] threads, long[] channels, long[] words, long[] spaces, long number) {
        String what = null;
        for (int t = 0; t < donations.length && what == null; t++) {
            if (donations[t].overdue(state.donateDue(t), threads[t])) {
                what = "Donate: thread " + t + " donates a priority that it no longer has";
            }
        }
        for (int h = 0; h < failures.length && what == null; h++) {
            if (failures[h].overdue(state.ipc().failDue(h), channels[h])) {
                what = "FailCall: channel " + h + " is dead and not drained";
            }
        }
        for (int core = 0; core < cores && what == null; core++) {
            if (interrupts[core].overdue(state.sched().ipi(core), words[core], core)) {
                what = "Ipi: core " + core + " does not take its IPI";
            }
        }
        for (int of = 0; of < releases.length && what == null; of++) {
            if (releases[of].overdue(state.spaces().releaseDue(of), spaces[of])) {
                what = "Release: all cores have flushed that space " + of + "'s job has asked";
            } else if (admissions[of].overdue(state.spaces().admitDue(of), spaces[of])) {
                what = "Admit: a thread waits for a job of space " + of + " that has ended";
            } else if (births[of].overdue(state.spaces().bearDue(of), spaces[of])) {
                what = "Bear: the first thread of space " + of + " waits, which is whole";
            } else if (ends[of].overdue(state.spaces().freeDue(of), spaces[of])) {
                what = "FreeSpace: nobody is left in space " + of;
            }
        }
        return what == null
                ? null
                : new Finding(
                        Reason.UNDISCHARGED,
                        number,
                        what + ", and has not been done for too many kernel entries",
                        List.of());
    }
}
