package norma.conformance.scenario;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import norma.abi.Shared;
import norma.conformance.check.Blocked;
import norma.conformance.check.Finding;
import norma.conformance.check.Reason;
import norma.conformance.check.Validator;
import norma.conformance.machine.GuestMemory;
import norma.conformance.machine.Machine;
import norma.conformance.machine.MachineConfig;
import norma.conformance.machine.MachineException;
import norma.conformance.machine.Silence;
import norma.conformance.saved.Ending;
import norma.conformance.saved.SavedCheck;
import norma.conformance.saved.TraceWriter;
import norma.conformance.trace.LiveTrace;
import norma.conformance.trace.Recording;
import norma.conformance.trace.SharedLayout;
import org.jspecify.annotations.Nullable;

/**
 * Boots a machine, lets it run a script, and validates every event while it happens.
 *
 * <p>The guest ends by itself (all threads ended, all cores idle), or panics, or is stopped when
 * nothing has happened for {@link #QUIET_NANOS} or at the deadline; in every case the rings are
 * drained before the verdict. A guest that stopped making events with a duty undone diverges; one
 * that merely did not finish is inconclusive, and so is one that the host gave no time to ({@link
 * Silence}).
 */
public final class Session {
    /** A guest without any event for this long will not make one. */
    private static final long QUIET_NANOS = 10_000_000_000L;

    private static final long POLL_NANOS = 200_000;
    private static final long STATUS_NANOS = 200_000_000L;
    private static final int LIVE_RECORDS = 1 << 15;
    private static final int LIVE_WITNESS = 1 << 8;

    /** More of each thread's log is left than one thread's calls in rings of usual size. */
    private static final int OVERWRITTEN_WITNESS = 1 << 11;

    /** Two virtual nanoseconds an instruction: sleeps weigh as they do without counting. */
    private static final int ICOUNT_SHIFT = 1;

    private static final long MIB = 1 << 20;

    /** RAM behind the block: the kernel's own is below it. */
    private static final long SPARE = 16 * MIB;

    /** With more RAM QEMU could put an archive of programs into the block (riscv64). */
    private static final long MOST_WITH_ARCHIVE = 1024 * MIB;

    private final Plan plan;
    private final Progress progress;
    private final long quiet;
    private Ending ending = Ending.STOPPED;

    /** Sees the run while it happens. */
    public interface Progress {
        /** The validator that will see every event, before the machine boots. */
        default void begins(Validator validator) {}

        /** Called a few times a second. */
        void status(Validator validator, double seconds);
    }

    /** A run of the plan. */
    public Session(Plan plan, Progress progress) {
        this(plan, progress, Duration.ofNanos(QUIET_NANOS));
    }

    /**
     * A run of the plan that takes a guest as stuck that has had no event for {@code quiet}, and
     * for as long again as the script says that threads sleep.
     */
    public Session(Plan plan, Progress progress, Duration quiet) {
        this.plan = plan;
        this.progress = progress;
        long longest = Math.min(plan.script().longestSleep(), plan.deadline().toNanos());
        this.quiet = longest + quiet.toNanos();
    }

    private MachineConfig config(SharedLayout layout) throws IOException {
        long ram = (Shared.BASE + layout.bytes() + MIB - 1) / MIB * MIB + SPARE;
        MachineConfig config =
                MachineConfig.of(plan.arch(), plan.kernel())
                        .withCpus(plan.cpus())
                        .withAccel(plan.accel())
                        .withRam(ram)
                        .withIcountShift(ICOUNT_SHIFT)
                        .withDeadline(plan.deadline());
        if (plan.archive().isEmpty()) {
            return config;
        }
        Path archive = plan.archive().get();
        if (!Files.isRegularFile(archive)) {
            throw new IOException("no archive of programs: " + archive);
        }
        // QEMU puts it in the middle of RAM (riscv64), not above 512 MiB, or at its end (x86_64).
        long room = 2 * ram + (Files.size(archive) + MIB - 1) / MIB * 2 * MIB;
        if (room > MOST_WITH_ARCHIVE) {
            throw new IOException(
                    "no room for an archive of programs beside the rings: fewer events are needed");
        }
        return config.withRam(room).withInitrd(archive);
    }

    /** Runs to the verdict. */
    public Outcome run() throws IOException {
        int ring = plan.script().recording().overwritten();
        if (plan.postMortem() && ring < least()) {
            String small = Recording.tooSmall(ring, plan.cpus(), spaces());
            return nothing(Finding.of(Reason.TRUNCATED, small), 0);
        }
        SharedLayout layout = layout();
        MachineConfig config = config(layout);
        long start = System.nanoTime();
        try (Machine machine = Machine.create(config)) {
            long block = plan.arch().ramBase() + Shared.BASE;
            BootBlock.write(machine.memory(), block, layout, plan);
            LiveTrace trace = new LiveTrace(machine.memory(), block, layout, !plan.wholeRun());
            if (plan.postMortem()) {
                machine.boot();
                SavedCheck check =
                        new PostMortem(machine, trace, plan, block)
                                .examine(Duration.ofNanos(quiet));
                return outcome(
                        machine, block, check.validator(), check.finding(), check.from(), start);
            }
            try (TraceWriter writer =
                    TraceWriter.open(plan.save().orElse(null), plan.cpus(), plan.header(), trace)) {
                Validator validator = new Validator(trace, writer, plan.header().setup());
                validator.addSink(writer);
                progress.begins(validator);
                machine.boot();
                Finding finding = follow(machine, block, trace, validator, start);
                if (finished(machine, block)) {
                    ending = Ending.ENDED;
                }
                writer.complete(trace, ending);
                return outcome(machine, block, validator, finding, -1, start);
            }
        } catch (MachineException e) {
            Reason reason =
                    e.kind() == MachineException.Kind.DEADLINE ? Reason.TIMED_OUT : Reason.MACHINE;
            return nothing(
                    Finding.of(reason, String.valueOf(e.getMessage())),
                    (System.nanoTime() - start) / 1e9);
        }
    }

    private boolean spaces() {
        return plan.script().pages() > 0;
    }

    private int least() {
        return Recording.least(plan.cpus(), spaces());
    }

    /** There was no machine. */
    private static Outcome nothing(Finding finding, double seconds) {
        return new Outcome(
                finding, new norma.conformance.check.Counts(), -1, 0, 0, 0, seconds, List.of());
    }

    private SharedLayout layout() {
        Recording recording = plan.script().recording();
        if (plan.postMortem()) {
            return new SharedLayout(plan.cpus(), recording.overwritten(), OVERWRITTEN_WITNESS);
        }
        return new SharedLayout(
                plan.cpus(),
                plan.wholeRun() ? Recording.powerOfTwo(plan.script().records()) : LIVE_RECORDS,
                plan.wholeRun() ? Recording.powerOfTwo(plan.script().entries()) : LIVE_WITNESS,
                plan.script().tour().size());
    }

    private static boolean finished(Machine machine, long block) {
        return machine.memory().getLongAcquire(block + Shared.OFF_STATE) == Shared.FINISHED;
    }

    private static Outcome outcome(
            Machine machine,
            long block,
            Validator validator,
            @Nullable Finding finding,
            long from,
            long start) {
        return new Outcome(
                finding,
                validator.counts(),
                from,
                validator.compared(),
                validator.witnessed(),
                machine.memory().getLong(block + Shared.OFF_FIRST_EVENT_TIME),
                (System.nanoTime() - start) / 1e9,
                machine.consoleTail().lines().toList());
    }

    private @Nullable Finding follow(
            Machine machine, long block, LiveTrace trace, Validator validator, long start) {
        GuestMemory memory = machine.memory();
        Silence silence = machine.silence();
        long lastStatus = System.nanoTime();
        while (true) {
            boolean alive = machine.isAlive();
            long state = memory.getLongAcquire(block + Shared.OFF_STATE);
            long taken = validator.advance();
            long now = System.nanoTime();
            if (taken > 0) {
                silence.broken();
            } else {
                silence.look();
            }
            if (now - lastStatus > STATUS_NANOS) {
                lastStatus = now;
                progress.status(validator, (now - start) / 1e9);
            }
            String overflow = trace.overflow();
            if (overflow != null) {
                return Finding.of(Reason.OVERFLOW, overflow);
            }
            if (validator.finding() != null) {
                return validator.finding();
            }
            if (state >= Shared.FINISHED || !alive) {
                return ended(machine, block, validator);
            }
            if (silence.own() > quiet || machine.remaining().isZero()) {
                return stopped(machine, validator, silence.own() > quiet);
            }
            if (silence.withheld() > quiet) {
                return Finding.of(Reason.MACHINE, silence.why());
            }
            if (taken == 0) {
                validator.pollWitness();
                LockSupport.parkNanos(POLL_NANOS);
            }
        }
    }

    /** The guest has ended by itself. */
    private static @Nullable Finding ended(Machine machine, long block, Validator validator) {
        long state = machine.memory().getLongAcquire(block + Shared.OFF_STATE);
        String tail = lastLine(machine);
        if (state == Shared.FINISHED) {
            validator.finish(true);
            return validator.finding();
        }
        validator.advance();
        if (validator.finding() != null) {
            return validator.finding();
        }
        if (state == Shared.PANICKED) {
            return Finding.of(Reason.PANICKED, tail);
        }
        if (state == Shared.OVERFLOW) {
            return Finding.of(Reason.OVERFLOW, "the guest found a full ring that nobody drained");
        }
        if (validator.counts().events() == 0) {
            return Finding.of(
                    machine.remaining().isZero() ? Reason.TIMED_OUT : Reason.MACHINE,
                    "the guest never recorded an event: "
                            + machine.ending()
                            + "; the console: "
                            + tail);
        }
        return Finding.of(
                machine.remaining().isZero() ? Reason.TIMED_OUT : Reason.MACHINE,
                "the guest ended in the middle: " + machine.ending() + "; the console: " + tail);
    }

    /** The guest is stopped: is a duty left undone, or was there just not enough time? */
    private Finding stopped(Machine machine, Validator validator, boolean quiet) {
        validator.advance();
        if (validator.finding() == null && validator.counts().events() == 0) {
            return Finding.of(
                    Reason.TIMED_OUT, "the guest never recorded an event: " + lastLine(machine));
        }
        if (quiet) {
            ending = Ending.QUIET;
        }
        if (validator.finding() == null && quiet) {
            validator.finish(false);
        }
        Finding found = validator.finding();
        return found != null
                ? found
                : new Finding(
                        Reason.TIMED_OUT,
                        validator.counts().events(),
                        quiet
                                ? "no event for " + this.quiet / 1_000_000_000 + " s, no duty left"
                                : "the deadline passed while events were still coming",
                        Blocked.threads(validator.state()));
    }

    private static String lastLine(Machine machine) {
        List<String> lines = machine.consoleTail().strip().lines().toList();
        return lines.isEmpty() ? "(nothing on the console)" : lines.getLast();
    }
}
