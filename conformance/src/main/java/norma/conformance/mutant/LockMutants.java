package norma.conformance.mutant;

import static norma.conformance.mutant.Edit.kernelClass;
import static norma.conformance.mutant.Mutants.at;

import java.lang.classfile.CodeBuilder;
import java.lang.constant.ConstantDescs;
import java.lang.constant.MethodTypeDesc;
import java.util.List;
import java.util.function.ToIntFunction;
import norma.conformance.mutant.Mutant.Kind;

/** Locks: not waited for, not taken, left too early, never left. */
final class LockMutants {
    static final List<Mutant> ALL =
            List.of(
                    mutant(
                            "lock-no-wait",
                            "a ticket is drawn but its turn is not awaited",
                            "locks churn idle-wake steal rendezvous",
                            at(
                                    "lang/TicketLock",
                                    "acquire",
                                    "invokevirtual VarHandle.getAcquire; iload ticket; *if_icmpeq",
                                    Edit.always())),
                    mutant(
                            "lock-owner-stays",
                            "release does not let the next ticket in",
                            "locks rendezvous",
                            at(
                                    "lang/TicketLock",
                                    "release",
                                    "iload ticket; *const 1; iadd",
                                    Edit.constant(0))),
                    mutant(
                            "lock-skips-a-ticket",
                            "release lets in the ticket after the next",
                            "locks rendezvous",
                            at(
                                    "lang/TicketLock",
                                    "release",
                                    "iload ticket; *const 1; iadd",
                                    Edit.constant(2))),
                    mutant(
                            "enqueue-without-queue-lock",
                            "Enqueue does not take the lock of the run queue",
                            "locks steal idle-wake churn sleep",
                            at(
                                    "sched/Scheduler",
                                    "enqueue",
                                    "aload target; getfield Core.lock; aload core; *invokevirtual TicketLock.acquire",
                                    Edit.drop()),
                            at(
                                    "sched/Scheduler",
                                    "enqueue",
                                    "aload target; getfield Core.lock; aload core; *invokevirtual TicketLock.release",
                                    Edit.drop())),
                    mutant(
                            "enqueue-unlocks-before-event",
                            "Enqueue leaves the run queue's lock before it records",
                            "locks steal idle-wake churn sleep",
                            at(
                                    "sched/Scheduler",
                                    "enqueue",
                                    "aload core; getfield Core.recorder; *invokevirtual Recorder.on",
                                    Edit.after(LockMutants::releaseTarget)),
                            at(
                                    "sched/Scheduler",
                                    "enqueue",
                                    "aload thread; getfield Thread.lock; aload core; invokevirtual TicketLock.release; aload target; getfield Core.lock; aload core; *invokevirtual TicketLock.release",
                                    Edit.drop())),
                    mutant(
                            "call-without-channel-lock",
                            "Call does not take the lock of the channel",
                            "locks idle-wake rendezvous tagwait timeout",
                            at(
                                    "ipc/Ipc",
                                    "call",
                                    "aload channel; getfield Channel.lock; aload core; *invokevirtual TicketLock.acquire",
                                    Edit.drop()),
                            at(
                                    "ipc/Ipc",
                                    "call",
                                    "aload channel; getfield Channel.lock; aload core; *invokevirtual TicketLock.release",
                                    Edit.drop())),
                    mutant(
                            "grant-without-receiver-lock",
                            "Grant does not take the lock of the thread that receives",
                            "crowd",
                            at(
                                    "ipc/Settlement",
                                    "grant",
                                    "aload receiver; getfield Thread.lock; aload core; *invokevirtual TicketLock.acquire",
                                    Edit.drop()),
                            at(
                                    "ipc/Settlement",
                                    "grant",
                                    "aload receiver; getfield Thread.lock; aload core; *invokevirtual TicketLock.release",
                                    Edit.drop())),
                    mutant(
                            "time-out-without-caller-lock",
                            "TimeOut does not take the lock of the caller",
                            "crowd",
                            at(
                                    "ipc/Ipc",
                                    "timeOut",
                                    "aload victim; getfield Thread.lock; aload core; *invokevirtual TicketLock.acquire",
                                    Edit.drop()),
                            at(
                                    "ipc/Ipc",
                                    "timeOut",
                                    "aload victim; getfield Thread.lock; aload core; *invokevirtual TicketLock.release",
                                    Edit.drop())),
                    mutant(
                            "restart-without-thread-lock",
                            "Restart does not take the lock of the thread that asks",
                            "crowd",
                            at(
                                    "ipc/Server",
                                    "restart",
                                    "aload thread; getfield Thread.lock; aload core; *invokevirtual TicketLock.acquire",
                                    Edit.drop()),
                            at(
                                    "ipc/Server",
                                    "restart",
                                    "aload thread; getfield Thread.lock; aload core; *invokevirtual TicketLock.release",
                                    Edit.drop())),
                    mutant(
                            "donate-without-caller-lock",
                            "Donate does not take the lock of the caller",
                            "locks crowd",
                            at(
                                    "ipc/Settlement",
                                    "donate",
                                    "aload caller; getfield Thread.lock; aload core; *invokevirtual TicketLock.acquire",
                                    Edit.drop()),
                            at(
                                    "ipc/Settlement",
                                    "donate",
                                    "aload caller; getfield Thread.lock; aload core; *invokevirtual TicketLock.release",
                                    Edit.drop())),
                    mutant(
                            "lock-kept",
                            "Yield does not release the thread",
                            "locks steal inherit",
                            at(
                                    "sched/Scheduler",
                                    "yield",
                                    "aload thread; getfield Thread.lock; aload core; *invokevirtual TicketLock.release",
                                    Edit.drop())));

    private LockMutants() {}

    private static Mutant mutant(String name, String bug, String scenarios, Mutation... edits) {
        return new Mutant(name, Kind.LOCK, bug, List.of(edits), List.of(scenarios.split(" ")));
    }

    private static void releaseTarget(CodeBuilder code, ToIntFunction<String> slot) {
        code.aload(slot.applyAsInt("target"))
                .getfield(kernelClass("thread.Core"), "lock", kernelClass("lang.TicketLock"))
                .aload(slot.applyAsInt("core"))
                .invokevirtual(
                        kernelClass("lang.TicketLock"),
                        "release",
                        MethodTypeDesc.of(ConstantDescs.CD_void, kernelClass("lang.CpuLocal")));
    }
}
