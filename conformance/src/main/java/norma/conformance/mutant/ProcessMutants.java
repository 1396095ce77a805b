package norma.conformance.mutant;

import static norma.conformance.mutant.Mutants.at;

import java.util.List;
import norma.conformance.mutant.Mutant.Kind;

/** Processes: how they are copied, what copies have in common, and how they end. */
final class ProcessMutants {
    private static final String CALLS = "mem/SpaceCalls";
    private static final String JOBS = "mem/SpaceJobs";
    private static final String DUTIES = "mem/SpaceDuties";
    private static final String FAULTS = "mem/PageFaults";

    static final List<Mutant> ALL =
            List.of(
                    mutant(
                            "fork-into-slot-in-use",
                            "a copy's first thread takes the slot of one that has not ended",
                            at(CALLS, "fork", "getfield Thread.state; *ifne", Edit.never())),
                    mutant(
                            "original-goes-on-writing",
                            "who is copied may still write what the copy has, too",
                            at(
                                    JOBS,
                                    "share",
                                    "invokevirtual Space.hard; const 2; *if_icmpne",
                                    Edit.always())),
                    mutant(
                            "share-uncounted",
                            "a frame that a copy has, too, has one reference",
                            at(JOBS, "share", "*invokevirtual Frames.share", Edit.drop())),
                    mutant(
                            "copy-left-out",
                            "the copy's tables do not have the pages",
                            at(
                                    JOBS,
                                    "share",
                                    "aload copy; aload this; getfield SpaceJobs.memory; iload page; iload frame; *iload rights",
                                    Edit.constant(0))),
                    mutant(
                            "first-thread-not-woken",
                            "the first thread of a copy is on no wake list",
                            at(DUTIES, "bear", "*invokevirtual Core.wake", Edit.drop())),
                    mutant(
                            "nobody-born",
                            "a copy that is whole does not begin",
                            at(JOBS, "step", "*invokevirtual SpaceDuties.bear", Edit.drop())),
                    mutant(
                            "written-in-place",
                            "who writes a page that others have, too, writes theirs",
                            at(
                                    FAULTS,
                                    "mend",
                                    "invokevirtual Frames.references; const 1; *if_icmple",
                                    Edit.always())),
                    mutant(
                            "copy-without-contents",
                            "a page that gets a frame of its own is empty",
                            at("mem/Frames", "copy", "*invokestatic Tables.copy", Edit.drop())),
                    mutant(
                            "original-kept",
                            "the frame that a page had before it was copied stays in use",
                            at(FAULTS, "copy", "*invokevirtual Frames.release", Edit.drop())),
                    mutant(
                            "last-leaves-all-behind",
                            "the last thread ends with pages in its space",
                            at(
                                    "ipc/Server",
                                    "end",
                                    "invokevirtual Space.leaveDue; *ifne",
                                    Edit.never())),
                    mutant(
                            "faulted-thread-stays",
                            "a thread that has faulted still lives in its space",
                            at(FAULTS, "fault", "*invokevirtual Space.quit", Edit.drop())),
                    mutant(
                            "space-never-free",
                            "a space that nobody lives in any more stays in use",
                            at(
                                    DUTIES,
                                    "load",
                                    "*invokestatic SpaceDuties.freeSpace",
                                    Edit.drop())));

    private ProcessMutants() {}

    private static Mutant mutant(String name, String bug, Mutation... edits) {
        return new Mutant(name, Kind.PROCESS, bug, List.of(edits), List.of("processes"));
    }
}
