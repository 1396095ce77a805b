package norma.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code norma bench}: instruction counts and rates, against the baseline. */
@Command(
        name = "bench",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description = "Measures the figures of the benchmark table and compares with the baseline.")
final class BenchCommand implements Callable<Integer> {
    @Mixin private ArchOption arch;

    @Mixin private JsonOption json;

    @Override
    public Integer call() {
        List<String> arguments = new ArrayList<>();
        arguments.addAll(
                List.of("--root", Roots.root().toString(), "--arch", arch.value().label()));
        json.checked().ifPresent(file -> arguments.addAll(List.of("--json", file.toString())));
        return Engines.runTool(Engines.BENCH, arguments);
    }
}
