package norma.cli;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code norma simulate}: the kernel's classes on the simulated machine of the JVM. */
@Command(
        name = "simulate",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description = {
            "Runs the kernel's own classes on a simulated machine in the JVM, under random schedules"
                    + " of its cores, with every memory access watched for data races and every"
                    + " event checked against the model."
        })
final class SimulateCommand implements Callable<Integer> {
    @Spec private CommandSpec spec;

    @Mixin private ScenarioOption scenarios;

    @Option(
            names = "--seeds",
            paramLabel = "N",
            defaultValue = "1000",
            description = "Schedules a scenario (default: ${DEFAULT-VALUE}).")
    private int seeds;

    @Option(
            names = "--seed",
            paramLabel = "S",
            defaultValue = "0",
            description = "First seed (default: ${DEFAULT-VALUE}).")
    private long seed;

    @Mixin private CpusOption cpus;

    @Option(names = "--replay", paramLabel = "FILE", description = "Run a kept schedule again.")
    private @Nullable Path replay;

    @Option(
            names = "--out",
            paramLabel = "DIR",
            description = "Where schedules that fail are kept (default: a temporary folder).")
    private @Nullable Path out;

    @Option(names = "--list", description = "Print the names of the scenarios.")
    private boolean list;

    @Override
    public Integer call() {
        Checks.alone(spec, "--list");
        Checks.alone(spec, "--replay");
        int cores = cpus.checked();
        List<String> arguments = new ArrayList<>();
        if (list) {
            arguments.add("--list");
        } else if (replay != null) {
            arguments.addAll(List.of("--replay", replay.toString()));
        } else {
            scenarios.names().forEach(name -> arguments.addAll(List.of("--scenario", name)));
            arguments.addAll(List.of("--seeds", Integer.toString(seeds)));
            arguments.addAll(List.of("--seed", Long.toString(seed)));
            arguments.addAll(List.of("--cpus", Integer.toString(cores)));
            Path schedules = out;
            if (schedules != null) {
                arguments.addAll(List.of("--out", schedules.toString()));
            }
        }
        return Engines.runTool(Engines.SIMULATE, arguments);
    }
}
