package norma.cli;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import norma.conformance.machine.Arch;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code norma bench}: instruction counts and rates, against the baseline. */
@Command(
        name = "bench",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description = "Measures the figures of the benchmark table and compares with the baseline.")
final class BenchCommand implements Callable<Integer> {
    @Spec private CommandSpec spec;

    @Option(
            names = "--arch",
            paramLabel = "ARCH",
            defaultValue = "riscv64",
            converter = LabelConverters.ArchConverter.class,
            completionCandidates = LabelConverters.ArchCandidates.class,
            description = "One of ${COMPLETION-CANDIDATES} (default: ${DEFAULT-VALUE}).")
    private Arch arch;

    @Option(names = "--json", paramLabel = "FILE", description = "Write the figures as JSON.")
    private @Nullable Path json;

    @Override
    public Integer call() {
        Checks.writable(spec, "--json", json);
        List<String> arguments = new ArrayList<>();
        arguments.addAll(List.of("--root", Roots.root().toString(), "--arch", arch.label()));
        if (json != null) {
            arguments.addAll(List.of("--json", json.toString()));
        }
        return Engines.runTool(Engines.BENCH, arguments);
    }
}
