package norma.cli;

import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Option;

/** {@code --scenario}, for commands that run scenarios. */
final class ScenarioOption {
    @Option(
            names = "--scenario",
            paramLabel = "NAME",
            split = ",",
            description = "Only these scenarios (repeatable; default: all).")
    private List<String> names = new ArrayList<>();

    List<String> names() {
        return List.copyOf(names);
    }
}
