package norma.conformance.mutant;

import static norma.conformance.mutant.Mutants.at;

import java.util.List;
import norma.conformance.mutant.Mutant.Kind;

/** Who runs where: threads lost, taken out of order, cores not woken. */
final class SchedulerMutants {
    static final List<Mutant> ALL =
            List.of(
                    mutant(
                            "enqueue-lost",
                            "a woken thread is marked ready but put in no queue",
                            "rendezvous",
                            at(
                                    "sched/Scheduler",
                                    "enqueue",
                                    "*invokevirtual RunQueue.insert",
                                    Edit.drop())),
                    mutant(
                            "newest-first",
                            "the newest ready thread of a priority runs first",
                            "priority tagwait",
                            at(
                                    "thread/RunQueue",
                                    "head",
                                    "*getfield RunQueue.first",
                                    Edit.field("last"))),
                    mutant(
                            "ipi-to-first-core",
                            "every IPI goes to core 0",
                            "idle-wake",
                            at(
                                    "thread/Core",
                                    "kick",
                                    "*invokestatic Cpu.sendIpi",
                                    Edit.before((c, slot) -> c.pop().iconst_0()))),
                    mutant(
                            "kick-forgotten",
                            "Enqueue finds the core idle and does not kick it",
                            "idle-wake rendezvous",
                            at(
                                    "sched/Scheduler",
                                    "enqueue",
                                    "iload kick; ifeq; aload core; aload target; *invokevirtual Core.owe",
                                    Edit.drop())),
                    mutant(
                            "idle-not-published",
                            "a core halts without saying that it is idle",
                            "idle-wake",
                            at(
                                    "sched/Scheduler",
                                    "idle",
                                    "aload core; const 1; *putfield Core.idle",
                                    Edit.drop())),
                    mutant(
                            "idle-never-cleared",
                            "a core that runs again still says that it is idle",
                            "idle-wake",
                            at(
                                    "sched/Scheduler",
                                    "run",
                                    "aload core; const 0; *putfield Core.idle",
                                    Edit.drop())),
                    mutant(
                            "idle-without-recheck",
                            "a core goes idle without looking at its queue again",
                            "idle-wake steal sleep churn",
                            at(
                                    "sched/Scheduler",
                                    "idle",
                                    "invokevirtual RunQueue.head; *ifnonnull",
                                    Edit.never())),
                    mutant(
                            "urgent-thread-waits",
                            "the current thread goes on though a more urgent one is ready",
                            "priority inherit",
                            at(
                                    "sched/Scheduler",
                                    "resumeOrPreempt",
                                    "iload urgent; iload priority; *if_icmplt",
                                    Edit.always())),
                    mutant(
                            "stolen-twice",
                            "a stolen thread stays in its victim's queue",
                            "steal idle-wake",
                            at(
                                    "sched/Scheduler",
                                    "steal",
                                    "*invokevirtual RunQueue.remove",
                                    Edit.drop())),
                    mutant(
                            "preempted-lost",
                            "a preempted thread is put in no queue",
                            "priority steal",
                            at(
                                    "sched/Scheduler",
                                    "ready",
                                    "*invokevirtual RunQueue.insert",
                                    Edit.drop())),
                    mutant(
                            "level-is-base",
                            "a core publishes the base priority of what it runs",
                            "inherit chain",
                            at(
                                    "sched/Scheduler",
                                    "run",
                                    "*invokevirtual Thread.effective; putfield Core.level",
                                    Edit.fieldForCall("base"))),
                    mutant(
                            "level-stale",
                            "the core of a running server that is raised still publishes its old priority",
                            "inherit rendezvous chain",
                            at(
                                    "ipc/Settlement",
                                    "inherit",
                                    "iload running; ifeq; aload home; iload priority; *putfield Core.level",
                                    Edit.drop())),
                    mutant(
                            "dispatch-keeps",
                            "a dispatched thread stays in the queue",
                            "rendezvous",
                            at(
                                    "sched/Scheduler",
                                    "dispatch",
                                    "*invokevirtual RunQueue.remove",
                                    Edit.drop())),
                    mutant(
                            "sleeper-not-woken",
                            "a sleeper's deadline clears its state and leaves it off the wake list",
                            "sleep",
                            at("entry/Timers", "wake", "*invokevirtual Core.wake", Edit.drop())));

    private SchedulerMutants() {}

    private static Mutant mutant(String name, String bug, String scenarios, Mutation... edits) {
        return new Mutant(name, Kind.SCHEDULER, bug, List.of(edits), List.of(scenarios.split(" ")));
    }
}
