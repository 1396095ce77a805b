package norma.conformance.mutant;

import static norma.conformance.mutant.Mutants.at;

import java.util.List;
import norma.conformance.mutant.Mutant.Kind;

/** Priority inheritance and donation: forgotten, not undone, wrong. */
final class InheritanceMutants {
    static final List<Mutant> ALL =
            List.of(
                    mutant(
                            "inherit-skipped",
                            "a server does not take its caller's priority",
                            "inherit rendezvous",
                            at(
                                    "ipc/Settlement",
                                    "settle",
                                    "*invokevirtual Settlement.inherit",
                                    Edit.drop())),
                    mutant(
                            "inherit-unsettled",
                            "only the first change of a boost is settled",
                            "inherit rendezvous",
                            at(
                                    "ipc/Channel",
                                    "beginSettling",
                                    "aload this; iload boost; *putfield Channel.settled",
                                    Edit.before((c, slot) -> c.pop().loadConstant(0)))),
                    mutant(
                            "donate-skipped",
                            "a raised server's own call does not donate more",
                            "chain",
                            at(
                                    "ipc/Settlement",
                                    "donateAll",
                                    "*invokevirtual Settlement.donate",
                                    Edit.drop())),
                    mutant(
                            "not-lowered-after-reply",
                            "an answered caller's priority stays donated",
                            "inherit rendezvous",
                            at(
                                    "ipc/Ipc",
                                    "reply",
                                    "*invokevirtual Channel.withdrawDonation",
                                    Edit.drop())),
                    mutant(
                            "not-lowered-after-cancel",
                            "a cancelled caller's priority stays donated",
                            "cancel timeout inherit",
                            at(
                                    "ipc/Ipc",
                                    "takeBack",
                                    "*invokevirtual Channel.withdrawDonation",
                                    Edit.drop())),
                    mutant(
                            "boost-misses-top",
                            "callers of the highest priority count for nothing",
                            "inherit",
                            at(
                                    "ipc/Channel",
                                    "donate",
                                    "*iload priority; aload this; getfield Channel.boost",
                                    Edit.after((c, slot) -> c.loadConstant(7).irem()))),
                    mutant(
                            "donates-base",
                            "a caller donates its base priority, not its effective one",
                            "chain",
                            at(
                                    "ipc/Ipc",
                                    "call",
                                    "*invokevirtual Thread.effective; istore donated",
                                    Edit.fieldForCall("base"))),
                    mutant(
                            "raised-not-kicked",
                            "a server raised on another core is not kicked",
                            "inherit idle-wake chain",
                            at(
                                    "ipc/Settlement",
                                    "inherit",
                                    "*invokevirtual Core.owe",
                                    Edit.drop())),
                    mutant(
                            "raised-not-moved",
                            "a ready server that is raised leaves its queue",
                            "inherit chain rendezvous",
                            at(
                                    "ipc/Settlement",
                                    "inherit",
                                    "*invokevirtual RunQueue.insert",
                                    Edit.drop())),
                    mutant(
                            "boost-of-dead-kept",
                            "threads of a dead server keep its callers' priority",
                            "restart death inherit",
                            at(
                                    "ipc/Channel",
                                    "attached",
                                    "aload this; getfield Channel.live; *ifeq",
                                    Edit.never())));

    private InheritanceMutants() {}

    private static Mutant mutant(String name, String bug, String scenarios, Mutation... edits) {
        return new Mutant(
                name, Kind.INHERITANCE, bug, List.of(edits), List.of(scenarios.split(" ")));
    }
}
