package norma.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code norma check}: is the specification right, and is the model the specification? */
@Command(
        name = "check",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description = {
            "Model-checks every specification of spec/manifest.json with TLC, explores the Java"
                    + " reference model, and demands that both full labelled state graphs are"
                    + " equal. Models that must fail are demanded to fail.",
            "Proves everything and compares with spec/evidence.json; --changed proves what has no"
                    + " evidence there for its inputs as they are, and a sample of the rest."
        })
final class CheckCommand implements Callable<Integer> {
    private static final List<String> KINDS =
            List.of("graph", "vacuity", "liveness", "broken", "properties");

    private static final int MOST_SECONDS = 86_400;

    @Spec private CommandSpec spec;

    @Option(
            names = "--spec",
            paramLabel = "NAME",
            description = "Only this specification or item (repeatable; default: all).")
    private List<String> specs = new ArrayList<>();

    @Option(
            names = "--kind",
            paramLabel = "KIND",
            description =
                    "Only items of this kind: graph, vacuity, liveness, broken or properties.")
    private @Nullable String kind;

    @Option(names = "--list", description = "List the items and prove nothing.")
    private boolean list;

    @Option(
            names = "--changed",
            description = {
                "Trust what spec/evidence.json says of unchanged items, but for a sample; fail if it"
                        + " is stale."
            })
    private boolean changed;

    @Option(
            names = "--sample",
            paramLabel = "PERCENT",
            description = "With --changed: how much of the unchanged is proved (default: 10).")
    private @Nullable Integer sample;

    @Option(
            names = "--within",
            paramLabel = "SECONDS",
            description =
                    "With --changed: how long that may take, by what is recorded (default: 150).")
    private @Nullable Integer within;

    @Mixin private SeedOption seed;

    @Option(
            names = "--update-evidence",
            description = "Write spec/evidence.json for what this run has proved.")
    private boolean update;

    @Override
    public Integer call() {
        String only = kind;
        if (only != null && !KINDS.contains(only)) {
            throw new ParameterException(
                    spec.commandLine(),
                    "--kind must be one of " + String.join(", ", KINDS) + ", not " + only);
        }
        if (!changed && (sample != null || within != null || seed.value().isPresent())) {
            throw new ParameterException(
                    spec.commandLine(), "--sample, --within and --seed go with --changed");
        }
        Checks.range(spec, "--sample", sample == null ? 0 : sample, 0, 100);
        Checks.range(spec, "--within", within == null ? 0 : within, 0, MOST_SECONDS);
        List<String> arguments = new ArrayList<>(List.of("--root", Roots.root().toString()));
        specs.forEach(name -> arguments.addAll(List.of("--spec", name)));
        flag(arguments, "--list", list);
        flag(arguments, "--changed", changed);
        flag(arguments, "--update-evidence", update);
        value(arguments, "--kind", kind);
        value(arguments, "--sample", sample);
        value(arguments, "--within", within);
        seed.value().ifPresent(given -> value(arguments, "--seed", given));
        return Engines.runTool(Engines.SPEC_CHECK, arguments);
    }

    private static void flag(List<String> arguments, String name, boolean given) {
        if (given) {
            arguments.add(name);
        }
    }

    private static void value(List<String> arguments, String name, @Nullable Object given) {
        if (given != null) {
            arguments.addAll(List.of(name, given.toString()));
        }
    }
}
