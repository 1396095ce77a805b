package norma.kernel.sim.explore;

import java.lang.classfile.CodeBuilder;
import java.lang.classfile.Instruction;
import java.lang.classfile.Label;
import java.lang.classfile.instruction.BranchInstruction;
import java.lang.constant.ClassDesc;
import java.lang.constant.ConstantDescs;
import java.lang.constant.MethodTypeDesc;
import java.util.List;
import java.util.Set;
import java.util.function.ToIntFunction;
import java.util.stream.Stream;
import norma.abi.Limits;
import norma.conformance.mutant.Edit;
import norma.conformance.mutant.Mutant;
import norma.conformance.mutant.Mutant.Kind;
import norma.conformance.mutant.Mutants;
import norma.conformance.mutant.Mutation;

/** Which bug which scenario is there for. */
final class SeededBugs {
    private static final ClassDesc LOCK = Edit.kernelClass("lang.TicketLock");
    private static final MethodTypeDesc RELEASE =
            MethodTypeDesc.of(ConstantDescs.CD_void, Edit.kernelClass("lang.CpuLocal"));
    private static final String CORE_UNLOCKED =
            "getfield Core.lock; aload core; *invokevirtual TicketLock.release";
    private static final String RECORDS =
            "aload core; getfield Core.recorder; *invokevirtual Recorder.on";

    static final List<Mutant> OWN =
            List.of(
                    own(
                            "starts-unannounced",
                            "a core that starts passes for one that waits",
                            at(
                                    "entry/KernelEntry",
                                    "coreMain",
                                    "*invokevirtual Core.publishWaiting",
                                    Edit.drop())),
                    own(
                            "wakes-unannounced",
                            "a core that has been woken passes for one that waits",
                            at(
                                    "entry/KernelEntry",
                                    "waitForInterrupt",
                                    "istore cause; aload core; const 0; *invokevirtual Core.publishWaiting",
                                    Edit.drop())),
                    own(
                            "late-ipi-lost",
                            "an IPI that comes when all threads have ended is taken for a late timer",
                            at(
                                    "entry/KernelEntry",
                                    "waitForInterrupt",
                                    "iload cause; const 1; *if_icmpne",
                                    Edit.never())),
                    own(
                            "one-look-at-the-end",
                            "the core that ends the run looks once whether all wait",
                            at(
                                    "entry/KernelEntry",
                                    "endOfRun",
                                    "invokestatic KernelEntry.allWait; ifeq; aload kernel; invokestatic KernelEntry.allWait; *ifeq",
                                    Edit.never())),
                    own(
                            "end-ignores-ipis",
                            "a core with an IPI under way passes for one that does nothing more",
                            at(
                                    "thread/Core",
                                    "quiescent",
                                    "invokevirtual Core.ipiPending; *ifne",
                                    Edit.never())),
                    own(
                            "yield-unlocks-before-event",
                            "Yield leaves the run queue's lock before it records",
                            at("sched/Scheduler", "yield", CORE_UNLOCKED, Edit.drop()),
                            at(
                                    "sched/Scheduler",
                                    "yield",
                                    RECORDS,
                                    Edit.after((c, s) -> unlock(c, s, "core")))),
                    own(
                            "cancel-looks-once",
                            "Cancel does not look again which channel is called",
                            at(
                                    "ipc/Ipc",
                                    "cancel",
                                    "invokevirtual Thread.channel; iload at; *if_icmpne",
                                    Edit.never())),
                    own(
                            "deadline-looked-at-once",
                            "TimeOut does not look again whether the deadline has passed",
                            at(
                                    "ipc/Ipc",
                                    "timeOut",
                                    "aload victim; *invokevirtual Thread.deadline; lstore deadline",
                                    Edit.replace((c, s) -> c.pop().lload(s.applyAsInt("now"))))),
                    own(
                            "home-looked-at-once",
                            "Inherit does not look again which core a thread belongs to",
                            at(
                                    "ipc/Settlement",
                                    "lockHome",
                                    "getfield Core.index; *if_icmpne",
                                    Edit.never())),
                    own(
                            "donate-looks-once",
                            "Donate does not look again which channel is called",
                            at(
                                    "ipc/Settlement",
                                    "donate",
                                    "invokevirtual Thread.channel; iload at; *if_icmpne",
                                    Edit.never())),
                    own(
                            "thief-ignores-own",
                            "a thief does not look again whether it has threads of its own",
                            at(
                                    "sched/Scheduler",
                                    "steal",
                                    "aload core; getfield Core.queue; invokevirtual RunQueue.head; *ifnonnull",
                                    Edit.never())),
                    own(
                            "wake-looks-once",
                            "Wake does not look again whether the deadline has passed",
                            at(
                                    "entry/Timers",
                                    "wake",
                                    "aload thread; *invokevirtual Thread.deadline; lstore deadline",
                                    Edit.replace((c, s) -> c.pop().lload(s.applyAsInt("now"))))),
                    own(
                            "restarts-undrained",
                            "a channel is restarted while calls to its dead server are outstanding",
                            at(
                                    "ipc/Server",
                                    "restart",
                                    "invokevirtual Channel.drained; *ifeq",
                                    Edit.never())),
                    own(
                            "slice-over-gives-way",
                            "a thread whose slice is over gives way to a less urgent one, unless its is the"
                                    + " highest priority",
                            at(
                                    "sched/Scheduler",
                                    "resumeOrPreempt",
                                    "iload urgent; iload priority; *if_icmplt",
                                    SeededBugs::givesWay)),
                    own(
                            "on-before-all-know",
                            "the recorder is on before all cores know",
                            at(
                                    "entry/Checkpoints",
                                    "due",
                                    "*invokevirtual Checkpoints.allReady",
                                    Edit.after((c, s) -> c.pop().iconst_1()))),
                    own(
                            "woken-looks-not",
                            "a core woken by an IPI does not look whether the recorder is wanted",
                            at(
                                    "entry/KernelEntry",
                                    "interrupt",
                                    "aload core; *invokevirtual Checkpoints.enter; aload core; invokevirtual Core.takeIpi",
                                    Edit.drop())),
                    own(
                            "fails-calls-of-the-next",
                            "who releases a dead server's victims does not see that the channel was restarted",
                            at(
                                    "ipc/Server",
                                    "failCalls",
                                    "getfield Channel.live; *ifne",
                                    Edit.never())),
                    own(
                            "works-for-another",
                            "who has waited for a turn does not look whether the thread is still its core's",
                            at(
                                    "entry/SystemCalls",
                                    "workOn",
                                    "getfield Core.current; aload thread; *if_acmpne",
                                    Edit.never())),
                    own(
                            "again-for-another",
                            "who has asked cores to flush does not look whether the thread is still its core's",
                            at(
                                    "mem/SpaceJobs",
                                    "work",
                                    "*if_acmpne; aload thread; getfield Thread.working; ifeq; aload thread; getfield Thread.frame",
                                    Edit.never())),
                    own(
                            "again-when-unlocked",
                            "a call that waits is made again only when the space's lock is free",
                            at(
                                    "mem/SpaceCalls",
                                    "waitTurn",
                                    "*invokevirtual Frame.again",
                                    Edit.drop()),
                            at(
                                    "mem/SpaceCalls",
                                    "map",
                                    "getfield Space.lock; aload core; *invokevirtual TicketLock.release",
                                    Edit.after(SeededBugs::againIfItWaits))),
                    own(
                            "load-releases-nobody",
                            "who is not waited for any more, as it loads other tables, wakes nobody",
                            at(
                                    "mem/SpaceDuties",
                                    "load",
                                    "*invokevirtual SpaceDuties.releaseIfDue",
                                    Edit.drop())),
                    own(
                            "over-is-mended",
                            "a fault at what the tables allow by now counts as one that changed them",
                            at(
                                    "entry/KernelEntry",
                                    "faulted",
                                    "iload taken; const 2; *if_icmpeq",
                                    Edit.never())),
                    own(
                            "sweeps-memory-unlocked",
                            "a checkpoint's sweep saves the memory without its lock",
                            at(
                                    "entry/Checkpoints",
                                    "sweepSpaces",
                                    "getfield Frames.lock; aload core; *invokevirtual TicketLock.acquire",
                                    Edit.drop()),
                            at(
                                    "entry/Checkpoints",
                                    "sweepSpaces",
                                    "getfield Frames.lock; aload core; *invokevirtual TicketLock.release",
                                    Edit.drop())),
                    own(
                            "loads-the-dead",
                            "a core loads the tables of a space in which nobody is left",
                            at(
                                    "mem/SpaceDuties",
                                    "load",
                                    "invokevirtual Space.livedIn; *ifeq",
                                    Edit.never())));

    /** By scenario, in their order. */
    static final List<SeededBug> ALL =
            List.of(
                    rare("donate", "idle-never-cleared", "RESULT_MISMATCH"),
                    common("donate", "donate-skipped", "UNDISCHARGED"),
                    common("donate", "boost-misses-top", "UNDISCHARGED"),
                    rare("call-death", "idle-without-recheck", "ACTION_NOT_ENABLED"),
                    rare("refuse-fault", "late-ipi-lost", "UNDISCHARGED"),
                    rare("queue-death", "wakes-unannounced", "POST_STATE_MISMATCH"),
                    rare("spawn-exit", "preempted-lost", "POST_STATE_MISMATCH"),
                    rare("reply-cancel", "answered-not-woken", "ACTION_NOT_ENABLED"),
                    rare("reply-cancel", "lie-about-cancel", "WITNESS_MISMATCH"),
                    rare("call-reply", "starts-unannounced", "POST_STATE_MISMATCH"),
                    rare("steal-wake", "end-ignores-ipis", "UNDISCHARGED"),
                    rare("tags-cancel", "idle-without-recheck", "ACTION_NOT_ENABLED"),
                    common("tags", "waiters-newest-first", "POST_STATE_MISMATCH"),
                    common("tags-cancel", "time-out-waits-on", "POST_STATE_MISMATCH"),
                    rare("park-ipi", "late-ipi-lost", "UNDISCHARGED"),
                    rare("tags", "enqueue-unlocks-before-event", "RACE"),
                    rare("restart", "thief-ignores-own", "ACTION_NOT_ENABLED"),
                    rare("die-full", "preempted-lost", "POST_STATE_MISMATCH"),
                    rare("checkpoints", "newer-stamp-ignored", "POST_STATE_MISMATCH"),
                    rare("contended", "enqueue-unlocks-before-event", "RACE"),
                    rare("receivers", "urgent-thread-waits", "ACTION_NOT_ENABLED"),
                    rare("preempt", "slice-over-gives-way", "ACTION_NOT_ENABLED"),
                    rare("sleep-wake", "preempted-lost", "POST_STATE_MISMATCH"),
                    rare("inherit-chain", "idle-never-cleared", "RESULT_MISMATCH"),
                    rare("reply-timeout", "deadline-looked-at-once", "PANICKED"),
                    rare("switch-on", "on-before-all-know", "INVARIANT_VIOLATED"),
                    rare("fault-fault", "end-ignores-ipis", "UNDISCHARGED"),
                    common("fault-fault", "over-is-mended", "ACTION_NOT_ENABLED"),
                    rare("admit-map", "again-when-unlocked", "WITNESS_MISMATCH"),
                    rare("unmap-sleep", "again-for-another", "RACE"),
                    common("unmap-sleep", "load-releases-nobody", "UNDISCHARGED"),
                    rare("two-unmap", "works-for-another", "PANICKED"),
                    rare("unmap-touch", "again-for-another", "RACE"),
                    common("unmap-touch", "frames-freed-early", "UNDISCHARGED"),
                    rare("protect-touch", "again-for-another", "RACE"),
                    rare("sweep-pages", "sweeps-memory-unlocked", "RACE"),
                    rare("last-leaves", "loads-the-dead", "ACTION_NOT_ENABLED"),
                    rare("fork-both", "again-for-another", "RACE"),
                    rare("fork-map", "loads-the-dead", "ACTION_NOT_ENABLED"));

    private SeededBugs() {}

    private static SeededBug rare(String scenario, String mutant, String kind) {
        return new SeededBug(scenario, named(mutant), Set.of(kind), true);
    }

    private static SeededBug common(String scenario, String mutant, String kind) {
        return new SeededBug(scenario, named(mutant), Set.of(kind), false);
    }

    /** A mutant of this list or of the catalogue. */
    static Mutant named(String name) {
        return Stream.concat(OWN.stream(), Mutants.ALL.stream())
                .filter(mutant -> mutant.name().equals(name))
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("no mutant " + name));
    }

    private static Mutant own(String name, String bug, Mutation... edits) {
        return new Mutant(name, Kind.SCHEDULER, bug, List.of(edits), List.of());
    }

    private static Mutation at(String className, String method, String anchor, Edit edit) {
        return new Mutation(className, method, anchor, edit);
    }

    private static void givesWay(CodeBuilder code, Instruction at, ToIntFunction<String> slot) {
        Label resumes = ((BranchInstruction) at).target();
        Label on = code.newLabel();
        code.if_icmpge(on)
                .iload(slot.applyAsInt("priority"))
                .loadConstant(Limits.PRIORITIES - 1)
                .if_icmpeq(resumes)
                .iload(slot.applyAsInt("urgent"))
                .iflt(resumes)
                .invokestatic(
                        Edit.kernelClass("hal.Clock"),
                        "now",
                        MethodTypeDesc.of(ConstantDescs.CD_long))
                .aload(slot.applyAsInt("core"))
                .getfield(Edit.kernelClass("thread.Core"), "sliceEnd", ConstantDescs.CD_long)
                .lcmp()
                .iflt(resumes)
                .labelBinding(on);
    }

    private static void againIfItWaits(CodeBuilder code, ToIntFunction<String> slot) {
        ClassDesc thread = Edit.kernelClass("thread.Thread");
        ClassDesc frame = Edit.kernelClass("thread.Frame");
        Label runs = code.newLabel();
        code.aload(slot.applyAsInt("core"))
                .getfield(Edit.kernelClass("thread.Core"), "current", thread)
                .ifnonnull(runs)
                .aload(slot.applyAsInt("thread"))
                .getfield(thread, "frame", frame)
                .invokevirtual(frame, "again", MethodTypeDesc.of(ConstantDescs.CD_void))
                .labelBinding(runs);
    }

    private static void unlock(CodeBuilder code, ToIntFunction<String> slot, String core) {
        code.aload(slot.applyAsInt(core))
                .getfield(Edit.kernelClass("thread.Core"), "lock", LOCK)
                .aload(slot.applyAsInt("core"))
                .invokevirtual(LOCK, "release", RELEASE);
    }
}
