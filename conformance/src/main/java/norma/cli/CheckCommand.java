package norma.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code norma check}: is the specification right, and is the model the specification? */
@Command(
        name = "check",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description = {
            "Model-checks every specification of spec/manifest.json with TLC, explores the Java"
                    + " reference model, and demands that both full labelled state graphs are"
                    + " equal. Models that must fail are demanded to fail."
        })
final class CheckCommand implements Callable<Integer> {
    @Option(
            names = "--spec",
            paramLabel = "NAME",
            description = "Only this specification (repeatable; default: all).")
    private List<String> specs = new ArrayList<>();

    @Option(names = "--full", description = "Re-prove what an earlier run has proved unchanged.")
    private boolean full;

    @Override
    public Integer call() {
        List<String> arguments = new ArrayList<>(List.of("--root", Roots.root().toString()));
        specs.forEach(name -> arguments.addAll(List.of("--spec", name)));
        if (full) {
            arguments.add("--full");
        }
        return Engines.runTool(Engines.SPEC_CHECK, arguments);
    }
}
