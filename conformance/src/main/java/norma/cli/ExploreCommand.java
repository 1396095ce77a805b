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

/** {@code norma explore}: every interleaving of small scenarios, on the JVM. */
@Command(
        name = "explore",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description = {
            "Explores every interleaving of the kernel's own classes in small scenarios: each state"
                    + " once, each step checked for races and against the model, the counts against"
                    + " a manifest."
        })
final class ExploreCommand implements Callable<Integer> {
    @Spec private CommandSpec spec;

    @Mixin private ScenarioOption scenarios;

    @Option(
            names = "--most",
            paramLabel = "N",
            defaultValue = "50000000",
            description =
                    "States after which a search is given up: INCONCLUSIVE, exit 3"
                            + " (default: ${DEFAULT-VALUE}).")
    private long most;

    @Option(
            names = "--all",
            description = "Compare with the reduced search in every scenario, not only small ones.")
    private boolean all;

    @Option(
            names = "--locks",
            description = "Record and check lock events, too, in every scenario that can.")
    private boolean locks;

    @Option(
            names = "--script",
            paramLabel = "FILE",
            description = "Explore a scenario of your own (repeatable).")
    private List<Path> scripts = new ArrayList<>();

    @Option(
            names = "--manifest",
            paramLabel = "FILE",
            description = "Counts to compare with (default: those of the built-in scenarios).")
    private @Nullable Path manifest;

    @Option(
            names = "--mutants",
            description =
                    "Check that each scenario finds the bugs it is there for, and that random runs"
                            + " as long as its whole exploration do not.")
    private boolean mutants;

    @Option(
            names = "--seeds",
            paramLabel = "N",
            defaultValue = "2",
            description = "Random runs for each mutant (default: ${DEFAULT-VALUE}).")
    private int seeds;

    @Option(
            names = "--operations",
            description =
                    "Check that something is lost without each operation of each scenario: states,"
                            + " or one of its mutants.")
    private boolean operations;

    @Option(names = "--replay", paramLabel = "FILE", description = "Follow a kept way.")
    private @Nullable Path replay;

    @Option(
            names = "--out",
            paramLabel = "DIR",
            description = "Where ways to failures are kept (default: a temporary folder).")
    private @Nullable Path out;

    @Option(names = "--list", description = "Print the names of the scenarios.")
    private boolean list;

    @Override
    public Integer call() {
        Checks.alone(spec, "--list");
        Checks.alone(spec, "--replay", "--script", "--locks");
        Checks.alone(spec, "--mutants", "--scenario", "--script", "--manifest", "--seeds");
        Checks.alone(spec, "--operations", "--scenario", "--script", "--manifest");
        List<String> arguments = new ArrayList<>();
        if (list) {
            arguments.add("--list");
        } else if (replay != null) {
            arguments.addAll(List.of("--replay", replay.toString()));
            scripts.forEach(file -> arguments.addAll(List.of("--script", file.toString())));
            if (locks) {
                arguments.add("--locks");
            }
        } else {
            scenarios.names().forEach(name -> arguments.addAll(List.of("--scenario", name)));
            scripts.forEach(file -> arguments.addAll(List.of("--script", file.toString())));
            arguments.addAll(List.of("--most", Long.toString(most)));
            arguments.addAll(List.of("--seeds", Integer.toString(seeds)));
            Path counts = manifest;
            if (counts != null) {
                arguments.addAll(List.of("--manifest", counts.toString()));
            }
            Path ways = out;
            if (ways != null) {
                arguments.addAll(List.of("--out", ways.toString()));
            }
            if (mutants) {
                arguments.add("--mutants");
            }
            if (operations) {
                arguments.add("--operations");
            }
            if (all) {
                arguments.add("--all");
            }
            if (locks) {
                arguments.add("--locks");
            }
        }
        return Engines.runTool(Engines.EXPLORE, arguments);
    }
}
