package norma.conformance.mutant;

import java.util.List;
import java.util.stream.Stream;

/** The catalogue. */
public final class Mutants {
    /** Every mutant, by kind. */
    public static final List<Mutant> ALL =
            Stream.of(
                            LockMutants.ALL,
                            SchedulerMutants.ALL,
                            IpcMutants.ALL,
                            InheritanceMutants.ALL,
                            SpaceMutants.ALL,
                            ProcessMutants.ALL,
                            RecorderMutants.ALL,
                            CheckpointMutants.ALL)
                    .flatMap(List::stream)
                    .toList();

    private Mutants() {}

    static Mutation at(String className, String method, String anchor, Edit edit) {
        return new Mutation(className, method, anchor, edit);
    }
}
