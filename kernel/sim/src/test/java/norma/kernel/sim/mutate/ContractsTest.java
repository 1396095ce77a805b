package norma.kernel.sim.mutate;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import java.util.List;
import java.util.Map;
import norma.kernel.sim.load.ClassEdit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The kernel keeps its promises, and each check of one finds a kernel that does not. */
class ContractsTest {
    /** For each contract a mutant that breaks it. */
    private static final Map<String, String> BREAKS =
            Map.ofEntries(
                    Map.entry("epochs", "Epochs.begin:constant-2"),
                    Map.entry("checkpoint-due", "Recorder.due:negate-1"),
                    Map.entry("checkpoint-begun", "Checkpoints.catchUp:constant-1"),
                    Map.entry("sweep-order", "Checkpoints.sweepCore:negate-1"),
                    Map.entry("catching-up", "Core.saw:drop-store-1"),
                    Map.entry("stalls", "Recorder.waitForRoom:off-by-one-3"),
                    Map.entry("giving-up", "Recorder.waitForRoom:swap-3"),
                    Map.entry("round-robin", "Scheduler.resumeOrPreempt:negate-3"),
                    Map.entry("timer", "Core.armBy:drop-store-1"),
                    Map.entry("invitation", "Scheduler.inviteThief:negate-2"),
                    Map.entry("record-answer", "SystemCalls.record:constant-4"),
                    Map.entry("first-registers", "Frame.start:constant-1"),
                    Map.entry("orderings", "Epochs.state:weaken-2"),
                    Map.entry("kick-behind-mark", "Core.changeIpi:negate-1"),
                    Map.entry("boot", "KernelEntry.boot:drop-call-11"),
                    Map.entry("first-nanosecond", "Timers.wake:constant-1"),
                    Map.entry("faults", "KernelEntry.trap:off-by-one-1"),
                    Map.entry("whole-run", "Recorder.open:constant-17"),
                    Map.entry("stealing", "Scheduler.steal:negate-3"),
                    Map.entry("inherit-kicks", "Settlement.inherit:constant-8"),
                    Map.entry("refused-record", "SystemCalls.record:constant-1"),
                    Map.entry("donations", "KernelEntry.await:constant-1"),
                    Map.entry("limits", "SystemCalls.spawn:constant-4"),
                    Map.entry("no-boot-block", "KernelEntry.boot:drop-call-1"),
                    Map.entry("lock-order", "CpuLocal.mayTake:off-by-one-1"),
                    Map.entry("room", "Recorder.waitForRoom:drop-store-1"),
                    Map.entry("long-list", "Channel.snapshot:swap-3"),
                    Map.entry("all-priorities", "RunQueue.list:off-by-one-1"),
                    Map.entry("entries-mark", "KernelEntry.trap:drop-call-4"),
                    Map.entry("one-look", "Checkpoints.catchUp:constant-2"),
                    Map.entry("end-marks", "Checkpoints.end:drop-call-1"),
                    Map.entry("timer-noted", "Core.armBy:swap-1"),
                    Map.entry("context-first", "Core.snapshotContext:swap-1"),
                    Map.entry("saved-in-order", "Checkpoint.prepare:swap-2"),
                    Map.entry("snapshots", "Settlement.donate:drop-call-1"),
                    Map.entry("looks-again", "Timers.wake:swap-1"),
                    Map.entry("page-limits", "SystemCalls.pages:off-by-one-3"),
                    Map.entry("page-tables", "Frames.address:constant-1"),
                    Map.entry("fatal-faults", "PageFaults.mend:off-by-one-2"),
                    Map.entry("batches", "KernelEntry.faulted:drop-call-1"),
                    Map.entry("same-instruction", "Frame.returned:constant-1"),
                    Map.entry("armed-at-boot", "Checkpoints.open:constant-8"),
                    Map.entry("pages-swept", "Checkpoints.sweepSpaces:drop-call-1"),
                    Map.entry("pages-at-the-end", "Checkpoints.complete:drop-call-3"),
                    Map.entry("pages-listed", "Space.snapshot:constant-5"),
                    Map.entry("job-undone", "Space.end:drop-call-1"),
                    Map.entry("job-epochs", "SpaceJobs.finish:swap-1"),
                    Map.entry("release-saves", "SpaceDuties.release:swap-1"),
                    Map.entry("bear-saves", "SpaceDuties.bear:swap-3"),
                    Map.entry("share-saves", "SpaceJobs.share:swap-1"),
                    Map.entry("fork-limits", "SystemCalls.fork:constant-1"),
                    Map.entry("first-thread", "SpaceCalls.fork:drop-store-3"),
                    Map.entry("leaves-first", "SpaceCalls.leave:drop-call-3"),
                    Map.entry("faults-work", "KernelEntry.faulted:drop-call-3"));

    private static final Map<String, Mutant> MUTANTS = Catalogue.possibleOfKernel().mutants();

    static List<String> names() {
        return Contracts.names();
    }

    @Test
    void theKernelKeepsAll() {
        for (String name : names()) {
            assertNull(Contracts.finding(ClassEdit.NONE, name), name);
        }
    }

    @ParameterizedTest
    @MethodSource("names")
    void isBroken(String name) {
        Mutant mutant = MUTANTS.get(BREAKS.get(name));
        if (mutant == null) {
            throw new IllegalStateException("no mutant breaks " + name);
        }
        assertEquals(name, Contracts.broken(mutant));
    }
}
