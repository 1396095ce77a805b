package norma.cli;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import norma.conformance.job.ConformEngine;
import norma.conformance.job.ConformOptions;
import norma.conformance.machine.Accel;
import norma.conformance.machine.Arch;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code norma conform}: the differential conformance run, and the mutants' kill matrix. */
@Command(
        name = "conform",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description = {
            "Runs every scenario on every architecture, number of CPUs and seed, and checks each"
                    + " trace against the model; a failure prints the command that replays it.",
            "With --mutants, kernels with seeded bugs instead: each must be killed."
        })
final class ConformCommand implements Callable<Integer> {
    private static final int SEEDS = 3;
    private static final int MUTANT_SEEDS = 7;

    @Spec private CommandSpec spec;

    @Option(names = "--mutants", description = "Print the kill matrix of the seeded bugs.")
    private boolean mutants;

    @Option(
            names = "--mutant-classes",
            paramLabel = "DIR",
            description =
                    "Mutants of your own, instead of the built-in ones: DIR/NAME/ holds replacement"
                            + " class files under their package paths. Implies --mutants.")
    private @Nullable Path mutantClasses;

    @Option(
            names = "--mutant",
            paramLabel = "NAME",
            split = ",",
            description = "Only these mutants (repeatable; default: all). Implies --mutants.")
    private List<String> mutantNames = new ArrayList<>();

    @Mixin private ScenarioOption scenarios;

    @Option(
            names = "--arch",
            paramLabel = "ARCH",
            split = ",",
            converter = LabelConverters.ArchConverter.class,
            completionCandidates = LabelConverters.ArchCandidates.class,
            description = "Only these of ${COMPLETION-CANDIDATES} (repeatable; default: all).")
    private List<Arch> archs = new ArrayList<>();

    @Option(
            names = "--cpus",
            paramLabel = "N",
            split = ",",
            description = "Only these numbers of virtual CPUs (repeatable; default: all).")
    private List<Integer> cpus = new ArrayList<>();

    @Option(
            names = "--accel",
            paramLabel = "WAY",
            split = ",",
            converter = LabelConverters.AccelConverter.class,
            completionCandidates = LabelConverters.AccelCandidates.class,
            description = "Only these of ${COMPLETION-CANDIDATES} (repeatable; default: all).")
    private List<Accel> accels = new ArrayList<>();

    @Option(
            names = "--seed",
            paramLabel = "N",
            defaultValue = "1",
            description = "The first seed (default: ${DEFAULT-VALUE}).")
    private long firstSeed;

    @Option(
            names = "--seeds",
            paramLabel = "N",
            description =
                    "How many seeds, counted up (default: 3; with mutants, whose bug may be a race,"
                            + " at most 7).")
    private @Nullable Integer seedCount;

    @Option(names = "--quick", description = "The subset that 'norma test --quick' runs.")
    private boolean quick;

    @Mixin private JsonOption json;

    @Option(names = "--junit", paramLabel = "FILE", description = "Write JUnit XML.")
    private @Nullable Path junit;

    @Override
    public Integer call() throws Exception {
        boolean bugs = mutants || mutantClasses != null || !mutantNames.isEmpty();
        int seeds = seedCount != null ? seedCount : bugs ? MUTANT_SEEDS : SEEDS;
        Checks.range(spec, "--seeds", seeds, 1, 1_000_000);
        cpus.forEach(n -> Checks.range(spec, "--cpus", n, 1, CpusOption.MOST));
        Checks.folder(spec, "--mutant-classes", mutantClasses);
        Checks.writable(spec, "--junit", junit);
        ConformOptions options =
                new ConformOptions(
                        bugs,
                        Optional.ofNullable(mutantClasses),
                        List.copyOf(mutantNames),
                        scenarios.names(),
                        List.copyOf(archs),
                        List.copyOf(cpus),
                        List.copyOf(accels),
                        firstSeed,
                        seeds,
                        quick,
                        json.checked(),
                        Optional.ofNullable(junit));
        return Engines.require(ConformEngine.class).conform(options, System.out);
    }
}
