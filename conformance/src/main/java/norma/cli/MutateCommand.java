package norma.cli;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code norma mutate}: kernels with one bug each, made by operators, and who finds them. */
@Command(
        name = "mutate",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description = {
            "Makes more than a thousand kernels with one small bug each, by operator, and has each found"
                    + " again, on the JVM, by the exploration or the random schedule that a table"
                    + " names; those that are no bugs are compared with the kernel, step by step."
        })
final class MutateCommand implements Callable<Integer> {
    private static final String TABLE = "kernel/sim/src/main/resources/norma/mutate/kills";

    @Spec private CommandSpec spec;

    @Option(
            names = "--only",
            paramLabel = "REGEX",
            description = "Only mutants whose names contain a match.")
    private @Nullable String only;

    @Option(
            names = "--full",
            description = {
                "All of the table (without: a third, another one each time), and those that are no"
                        + " bugs compared in large scenarios, too; with --record: explore these for"
                        + " what nobody has found."
            })
    private boolean full;

    @Option(
            names = "--seed",
            paramLabel = "N",
            description = "The third that a run printed with this number (default: chosen anew).")
    private @Nullable Long seed;

    @Option(
            names = "--record",
            description = "Look for who finds each mutant, and write the table.")
    private boolean record;

    @Option(names = "--list", description = "Print the names of the mutants.")
    private boolean list;

    @Option(
            names = "--classes",
            paramLabel = "DIR",
            description = "Write the class file of one mutant, for conform --mutant-classes DIR.")
    private @Nullable Path classes;

    @Override
    public Integer call() {
        Checks.alone(spec, "--list", "--only");
        Checks.alone(spec, "--classes", "--only");
        Checks.alone(spec, "--seed");
        List<String> arguments = new ArrayList<>();
        if (only != null) {
            arguments.addAll(List.of("--only", only));
        }
        if (full) {
            arguments.add("--full");
        }
        if (seed != null) {
            arguments.addAll(List.of("--seed", seed.toString()));
        }
        if (record) {
            arguments.addAll(
                    List.of("--record", "--table", Roots.root().resolve(TABLE).toString()));
        }
        if (list) {
            arguments.add("--list");
        }
        if (classes != null) {
            arguments.addAll(List.of("--classes", classes.toString()));
        }
        return Engines.runTool(Engines.MUTATE, arguments);
    }
}
