package norma.conformance.mutant;

import static norma.conformance.mutant.Mutants.at;

import java.util.List;
import norma.conformance.mutant.Mutant.Kind;

/** Address spaces: calls, page faults, jobs, shootdown, tables. */
final class SpaceMutants {
    private static final String JOBS = "mem/SpaceJobs";
    private static final String DUTIES = "mem/SpaceDuties";

    static final List<Mutant> ALL =
            List.of(
                    mutant(
                            "busy-space-changed",
                            "a call changes a space while a job is under way",
                            "pages",
                            at(
                                    "mem/SpaceCalls",
                                    "map",
                                    "invokevirtual Space.busy; *ifeq",
                                    Edit.always())),
                    mutant(
                            "map-over",
                            "mapping takes pages that have an area",
                            "no-memory",
                            at(
                                    "mem/SpaceCalls",
                                    "map",
                                    "invokevirtual Space.fits; istore fits; *iload fits; ifeq",
                                    Edit.constant(1))),
                    mutant(
                            "page-beyond-the-last",
                            "a range may end behind the space's last page",
                            "no-memory",
                            at(
                                    "entry/SystemCalls",
                                    "pages",
                                    "invokevirtual Space.pages; i2l; lcmp; *iflt",
                                    Edit.always())),
                    mutant(
                            "anything-allowed",
                            "a page fault is mended whatever the process may do",
                            "pages shootdown",
                            at(
                                    "mem/PageFaults",
                                    "mend",
                                    "invokestatic Rights.allow; *ifne",
                                    Edit.always())),
                    mutant(
                            "frame-not-cleared",
                            "a frame has what its last owner left there",
                            "pages shootdown",
                            at("mem/Frames", "refer", "*invokestatic Tables.clear", Edit.drop())),
                    mutant(
                            "frame-kept",
                            "a frame is not given back",
                            "pages no-memory",
                            at(
                                    "mem/SpaceJobs",
                                    "freeFrame",
                                    "*invokevirtual Frames.release",
                                    Edit.drop())),
                    mutant(
                            "changer-keeps-translations",
                            "the changer's core does not flush",
                            "shootdown pages",
                            at(JOBS, "shoot", "*invokestatic Tables.flush", Edit.drop())),
                    mutant(
                            "asked-keeps-translations",
                            "a core that is asked to flush says so, and does not",
                            "shootdown",
                            at(DUTIES, "acknowledge", "*invokestatic Tables.flush", Edit.drop())),
                    mutant(
                            "others-not-asked",
                            "only the changer's core flushes",
                            "shootdown pages",
                            at(
                                    JOBS,
                                    "shoot",
                                    "getfield Space.loaded; *const 1",
                                    Edit.constant(-1))),
                    mutant(
                            "no-ipi",
                            "cores that are asked to flush get no IPI",
                            "shootdown pages",
                            at(JOBS, "shoot", "*invokevirtual Core.oweAll", Edit.drop())),
                    mutant(
                            "frames-freed-early",
                            "frames are given back while cores still have translations",
                            "shootdown pages",
                            at(JOBS, "shoot", "iload others; *ifne; const 3", Edit.never())),
                    mutant(
                            "changer-not-woken",
                            "the changer that all cores have flushed for is on no wake list",
                            "shootdown pages",
                            at(DUTIES, "release", "*invokevirtual Core.wake", Edit.drop())),
                    mutant(
                            "nobody-admitted",
                            "who waits for a job's end waits for ever",
                            "pages",
                            at(JOBS, "step", "*invokevirtual SpaceDuties.admitAll", Edit.drop())),
                    mutant(
                            "job-without-answer",
                            "the end of a job does not answer the call",
                            "pages no-memory",
                            at(JOBS, "finish", "*invokevirtual Thread.conclude", Edit.drop())),
                    mutant(
                            "call-not-made-again",
                            "who waits its turn goes on as if its call had been answered",
                            "pages",
                            at(
                                    "mem/SpaceCalls",
                                    "waitTurn",
                                    "*invokevirtual Frame.again",
                                    Edit.drop())),
                    mutant(
                            "other-tables",
                            "a core runs a thread on the tables that it happens to have",
                            "pages shootdown",
                            at(
                                    "sched/Scheduler",
                                    "dispatch",
                                    "invokestatic Scheduler.tablesLoaded; *ifne",
                                    Edit.always())),
                    mutant(
                            "idle-on-tables",
                            "a core halts with a space's tables loaded",
                            "pages shootdown",
                            at(
                                    "sched/Scheduler",
                                    "leave",
                                    "getfield Core.root; const 65535; *if_icmpeq",
                                    Edit.always())),
                    mutant(
                            "born-nowhere",
                            "a new thread lives in no space",
                            "pages shootdown",
                            at("ipc/Server", "spawn", "*invokevirtual Space.join", Edit.drop())),
                    mutant(
                            "dead-thread-lives-on",
                            "a thread that ends still lives in its space",
                            "pages shootdown",
                            at("ipc/Server", "retire", "*invokevirtual Space.quit", Edit.drop())));

    private SpaceMutants() {}

    private static Mutant mutant(String name, String bug, String scenarios, Mutation... edits) {
        return new Mutant(name, Kind.SPACE, bug, List.of(edits), List.of(scenarios.split(" ")));
    }
}
