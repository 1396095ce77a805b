package norma.cli;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import norma.conformance.conform.GivenClasses;
import norma.conformance.job.UsageException;
import norma.conformance.machine.Arch;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code norma force}: chosen interleavings of the kernel's machine code. */
@Command(
        name = "force",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description = {
            "Makes the kernel's machine code, with gates at its schedule points, take chosen ways"
                    + " through the explored scenarios under QEMU: every step at the place, and"
                    + " every record with the words, that the kernel's classes have on the JVM."
        })
final class ForceCommand implements Callable<Integer> {
    @Spec private CommandSpec spec;

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
            names = "--ways",
            paramLabel = "N",
            defaultValue = "20",
            description = "Different ways a scenario (default: ${DEFAULT-VALUE}).")
    private int ways;

    @Option(
            names = "--seed",
            paramLabel = "S",
            defaultValue = "1",
            description = "Seed of the choice of ways (default: ${DEFAULT-VALUE}).")
    private long seed;

    @Option(
            names = "--overlay",
            paramLabel = "DIR",
            description = "Classes that replace the kernel's in the image.")
    private @Nullable Path overlay;

    @Option(
            names = "--mutants",
            description =
                    "Take the simplest ways to the bugs of the scenarios, on images with the bug.")
    private boolean mutants;

    @Option(names = "--replay", paramLabel = "FILE", description = "Take a kept way.")
    private @Nullable Path replay;

    @Option(
            names = "--out",
            paramLabel = "DIR",
            description = "Where ways that differ are kept (default: a temporary folder).")
    private @Nullable Path out;

    @Override
    public Integer call() throws UsageException {
        Checks.alone(spec, "--replay", "--arch", "--overlay", "--out");
        Checks.alone(spec, "--mutants", "--arch", "--scenario");
        Path classes = overlay;
        if (classes != null) {
            Checks.folder(spec, "--overlay", classes);
            GivenClasses.check("--overlay", classes);
        }
        List<String> arguments = new ArrayList<>();
        archs.forEach(arch -> arguments.addAll(List.of("--arch", arch.label())));
        scenarios.names().forEach(name -> arguments.addAll(List.of("--scenario", name)));
        arguments.addAll(List.of("--ways", Integer.toString(ways), "--seed", Long.toString(seed)));
        if (mutants) {
            arguments.add("--mutants");
        }
        path("--overlay", overlay, arguments);
        path("--replay", replay, arguments);
        path("--out", out, arguments);
        return Engines.runTool(Engines.FORCE, arguments);
    }

    private static void path(String option, @Nullable Path value, List<String> arguments) {
        if (value != null) {
            arguments.addAll(List.of(option, value.toString()));
        }
    }
}
