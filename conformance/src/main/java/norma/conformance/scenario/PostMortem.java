package norma.conformance.scenario;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import norma.abi.Shared;
import norma.conformance.check.Finding;
import norma.conformance.check.Reason;
import norma.conformance.check.Verdict;
import norma.conformance.machine.Machine;
import norma.conformance.machine.MachineException;
import norma.conformance.machine.Silence;
import norma.conformance.saved.Ending;
import norma.conformance.saved.SavedCheck;
import norma.conformance.saved.SavedTrace;
import norma.conformance.saved.SavedTrace.TraceException;
import norma.conformance.saved.TraceWriter;
import norma.conformance.trace.LiveTrace;
import org.jspecify.annotations.Nullable;

/**
 * The field flight recorder: nobody looks at the rings while the guest runs. When it has ended, or
 * is stopped, what they still hold is saved and validated from its oldest complete checkpoint.
 */
final class PostMortem {
    private static final long POLL_NANOS = 1_000_000;

    private final Machine machine;
    private final LiveTrace trace;
    private final Plan plan;
    private final long block;

    /** Why the guest got no time, if it got none. */
    private @Nullable String withheld;

    PostMortem(Machine machine, LiveTrace trace, Plan plan, long block) {
        this.machine = machine;
        this.trace = trace;
        this.plan = plan;
        this.block = block;
    }

    /** Lets the booted guest run until it ends, is quiet for too long, or is out of time. */
    SavedCheck examine(Duration quiet) throws IOException, MachineException {
        Ending ending = await(quiet.toNanos());
        machine.freeze();
        Path file =
                plan.save().isPresent()
                        ? plan.save().get()
                        : Files.createTempFile("norma-rings", ".trace");
        try {
            save(file, ending);
            SavedCheck check = SavedCheck.of(SavedTrace.read(file));
            return ended(check, ending);
        } catch (TraceException e) {
            throw new IOException("the trace just saved cannot be read: " + e.getMessage(), e);
        } finally {
            if (plan.save().isEmpty()) {
                Files.deleteIfExists(file);
            }
        }
    }

    /** Waits until the guest ends, is quiet, or is out of time. */
    private Ending await(long quiet) {
        long written = -1;
        Silence silence = machine.silence();
        while (machine.isAlive() && state() < Shared.FINISHED) {
            if (machine.remaining().isZero()) {
                return Ending.STOPPED;
            }
            long now = written();
            if (now != written) {
                written = now;
                silence.broken();
            } else {
                silence.look();
            }
            if (silence.own() > quiet) {
                return Ending.QUIET;
            }
            if (silence.withheld() > quiet) {
                withheld = silence.why();
                return Ending.STOPPED;
            }
            LockSupport.parkNanos(POLL_NANOS);
        }
        return state() == Shared.FINISHED ? Ending.ENDED : Ending.STOPPED;
    }

    private long state() {
        return machine.memory().getLongAcquire(block + Shared.OFF_STATE);
    }

    private long written() {
        long sum = 0;
        for (int core = 0; core < trace.cores(); core++) {
            sum += trace.written(core);
        }
        return sum;
    }

    private void save(Path file, Ending ending) throws IOException {
        trace.skipOverwritten();
        try (TraceWriter writer = TraceWriter.open(file, plan.cpus(), plan.header(), trace)) {
            writer.rings(trace);
            writer.complete(trace, ending);
        }
    }

    /** What the trace cannot say: how the guest ended. */
    private SavedCheck ended(SavedCheck check, Ending ending) {
        if (check.finding() != null && check.finding().verdict() == Verdict.DIVERGES) {
            return check;
        }
        String tail = machine.consoleTail().strip().lines().reduce("", (a, b) -> b);
        Finding finding = check.finding();
        if (state() == Shared.PANICKED) {
            finding = Finding.of(Reason.PANICKED, tail);
        } else if (finding == null && ending == Ending.QUIET) {
            finding = Finding.of(Reason.TIMED_OUT, "no event for a long time, no duty left");
        } else if (finding == null && withheld != null) {
            finding = Finding.of(Reason.MACHINE, withheld);
        } else if (finding == null && ending == Ending.STOPPED) {
            finding =
                    machine.remaining().isZero()
                            ? Finding.of(
                                    Reason.TIMED_OUT, "the deadline passed while the guest ran")
                            : Finding.of(
                                    Reason.MACHINE,
                                    "the guest ended in the middle: "
                                            + machine.ending()
                                            + "; the console: "
                                            + tail);
        }
        return new SavedCheck(check.validator(), finding, check.from());
    }
}
