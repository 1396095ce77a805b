package norma.conformance.mutant;

import static norma.conformance.mutant.Mutants.at;

import java.util.List;
import norma.conformance.mutant.Mutant.Kind;

/** The flight recorder: events missing, versions wrong, lies. */
final class RecorderMutants {
    static final List<Mutant> ALL =
            List.of(
                    mutant(
                            "kick-unrecorded",
                            "a kick is not recorded",
                            "idle-wake",
                            at(
                                    "thread/Core",
                                    "kick",
                                    "*invokevirtual Recorder.record",
                                    Edit.drop())),
                    mutant(
                            "wake-unrecorded",
                            "a wake-up is not recorded",
                            "sleep",
                            at(
                                    "entry/Timers",
                                    "wake",
                                    "*invokevirtual Recorder.record",
                                    Edit.drop())),
                    mutant(
                            "version-frozen",
                            "versions do not advance",
                            "rendezvous",
                            at(
                                    "lang/Tracked",
                                    "touch",
                                    "getfield Tracked.version; *const 1; ladd",
                                    Edit.replace((c, slot) -> c.lconst_0()))),
                    mutant(
                            "version-skipped",
                            "versions advance by two",
                            "rendezvous",
                            at(
                                    "lang/Tracked",
                                    "touch",
                                    "getfield Tracked.version; *const 1; ladd",
                                    Edit.replace((c, slot) -> c.loadConstant(2L)))),
                    mutant(
                            "wrong-payload-recorded",
                            "an answer's payload is recorded as nothing",
                            "rendezvous",
                            at(
                                    "ipc/Ipc",
                                    "reply",
                                    "invokestatic Record.params; *lload payload",
                                    Edit.replace((c, slot) -> c.lconst_0()))),
                    mutant(
                            "sequence-skipped",
                            "records are numbered one too high",
                            "rendezvous",
                            at(
                                    "lang/Recorder",
                                    "write",
                                    "getfield Recorder.head; *invokestatic Record.head",
                                    Edit.before((c, slot) -> c.lconst_1().ladd()))),
                    mutant(
                            "lie-about-cancel",
                            "Cancel records what it did and tells the caller that it did it",
                            "cancel",
                            at(
                                    "ipc/Ipc",
                                    "cancel",
                                    "*iload code; const 0; const 0",
                                    Edit.constant(0))),
                    mutant(
                            "lie-about-reply",
                            "Reply records success and tells the server otherwise",
                            "rendezvous",
                            at(
                                    "ipc/Ipc",
                                    "reply",
                                    "*iload code; const 0; const 0",
                                    Edit.constant(2))),
                    mutant(
                            "touch-forgotten",
                            "a theft does not say that it touched the thread",
                            "steal idle-wake",
                            at("sched/Scheduler", "steal", "const 24; *const 3", Edit.constant(2))),
                    mutant(
                            "length-wrong",
                            "Receive records a queue that is longer by one",
                            "rendezvous",
                            at(
                                    "ipc/Ipc",
                                    "receive",
                                    "*invokevirtual Channel.queueLength; invokestatic Record.result",
                                    Edit.after((c, slot) -> c.iconst_1().iadd()))));

    private RecorderMutants() {}

    private static Mutant mutant(String name, String bug, String scenarios, Mutation... edits) {
        return new Mutant(name, Kind.RECORDER, bug, List.of(edits), List.of(scenarios.split(" ")));
    }
}
