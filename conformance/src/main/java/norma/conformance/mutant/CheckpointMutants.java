package norma.conformance.mutant;

import static norma.conformance.mutant.Mutants.at;

import java.util.List;
import norma.conformance.mutant.Mutant.Kind;

/** Checkpoints: cuts that are none, snapshots that lie; and state that no event shows. */
final class CheckpointMutants {
    private static final String BEFORE = "*invokestatic Checkpoint.before";

    static final List<Mutant> ALL =
            List.of(
                    mutant(
                            "newer-stamp-ignored",
                            "a core that meets an object of a newer epoch stays in its own",
                            "checkpoints overwrite switch-on",
                            at(
                                    "lang/Checkpoint",
                                    "prepare",
                                    "*invokevirtual CpuLocal.mark",
                                    Edit.drop())),
                    mutant(
                            "stamp-kept",
                            "a snapshot does not stamp its object",
                            "checkpoints",
                            at(
                                    "lang/Checkpoint",
                                    "save",
                                    "invokevirtual CpuLocal.epoch; *invokevirtual Tracked.stamp",
                                    Edit.drop())),
                    mutant(
                            "call-not-announced",
                            "a call changes its objects without a snapshot of what they were",
                            "checkpoints",
                            at("ipc/Ipc", "call", BEFORE, Edit.drop())),
                    mutant(
                            "enqueue-not-announced",
                            "an enqueue changes its objects without a snapshot of what they were",
                            "checkpoints",
                            at("sched/Scheduler", "enqueue", BEFORE, Edit.drop())),
                    mutant(
                            "inherit-not-announced",
                            "a change of priority takes no snapshot of what was before",
                            "checkpoints overwrite",
                            at("ipc/Settlement", "inherit", BEFORE, Edit.drop())),
                    mutant(
                            "sweep-forgets-channels",
                            "a checkpoint's sweep leaves out the channels",
                            "checkpoints",
                            at(
                                    "entry/Checkpoints",
                                    "visit",
                                    "aload channel; *invokestatic Checkpoint.save",
                                    Edit.drop())),
                    mutant(
                            "ipi-snapshot-late",
                            "an IPI word's snapshot has the version that comes after it",
                            "checkpoints",
                            at(
                                    "thread/Core",
                                    "snapshotIpi",
                                    "*invokevirtual Core.ipiTouched",
                                    Edit.after((c, slot) -> c.lconst_1().ladd()))),
                    mutant(
                            "snapshot-of-own-priority",
                            "a thread's snapshot says that it runs at its own priority",
                            "checkpoints inherit",
                            at(
                                    "thread/Thread",
                                    "snapshot",
                                    "*invokevirtual Thread.effective",
                                    Edit.fieldForCall("base"))),
                    mutant(
                            "mark-in-wrong-mode",
                            "a core's mark says user mode in the kernel, and the other way round",
                            "checkpoints switch-on",
                            at(
                                    "thread/Core",
                                    "context",
                                    "invokevirtual Core.inside; *ifeq",
                                    Edit.negate())),
                    mutant(
                            "ended-thread-attached",
                            "a thread that has ended keeps the incarnation that it served",
                            "churn death",
                            at("ipc/Server", "retire", "*putfield Thread.attached", Edit.drop())),
                    mutant(
                            "donation-kept-at-death",
                            "a call that fails leaves its donation in the dead channel's count",
                            "death",
                            at(
                                    "ipc/Server",
                                    "failCall",
                                    "*invokevirtual Channel.withdrawDonation",
                                    Edit.drop())));

    private CheckpointMutants() {}

    private static Mutant mutant(String name, String bug, String scenarios, Mutation edit) {
        return new Mutant(name, Kind.RECORDER, bug, List.of(edit), List.of(scenarios.split(" ")));
    }
}
