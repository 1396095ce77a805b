package norma.bench;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.spi.ToolProvider;
import norma.conformance.job.Images;
import norma.conformance.job.Verdicts;
import norma.conformance.machine.Arch;
import norma.conformance.machine.MachineException;
import norma.conformance.machine.Plugin;
import norma.conformance.saved.Unfinished;
import org.jspecify.annotations.Nullable;

/**
 * {@code norma-bench --root DIR --arch ARCH [--json FILE] [--only GROUP,...]}: measures, prints the
 * table, and compares with {@code benchmarks/baseline.json}. Groups: kernel, boot, build,
 * validator, explorer. Exit codes of {@link Verdicts}: 0 no exact figure is worse than the baseline
 * by more than the tolerance, 1 one is, 2 usage, 3 a figure could not be measured. A missed target
 * is shown, and is no failure.
 */
public final class BenchTool implements ToolProvider {
    private static final Set<String> GROUPS =
            Set.of("kernel", "boot", "build", "validator", "explorer");

    /** For the service loader. */
    public BenchTool() {}

    @Override
    public String name() {
        return "norma-bench";
    }

    /** The options of one call. */
    private record Options(Path root, Arch arch, @Nullable Path json, Set<String> groups) {
        static Options parse(String... arguments) {
            Path root = null;
            Arch arch = null;
            Path json = null;
            Set<String> groups = GROUPS;
            if (arguments.length % 2 != 0) {
                throw new IllegalArgumentException("an option lacks its value");
            }
            for (int i = 0; i < arguments.length; i += 2) {
                String value = arguments[i + 1];
                switch (arguments[i]) {
                    case "--root" -> root = Path.of(value).toAbsolutePath().normalize();
                    case "--arch" -> arch = arch(value);
                    case "--json" -> json = Path.of(value);
                    case "--only" -> groups = groups(value);
                    default -> throw new IllegalArgumentException("unknown option " + arguments[i]);
                }
            }
            if (root == null || arch == null) {
                throw new IllegalArgumentException("--root DIR --arch ARCH are needed");
            }
            return new Options(root, arch, json, groups);
        }

        private static Arch arch(String label) {
            for (Arch arch : Arch.values()) {
                if (arch.label().equals(label)) {
                    return arch;
                }
            }
            throw new IllegalArgumentException("unknown architecture " + label);
        }

        private static Set<String> groups(String list) {
            Set<String> groups = Set.of(list.split(",", -1));
            if (!GROUPS.containsAll(groups)) {
                throw new IllegalArgumentException("groups are " + String.join(", ", GROUPS));
            }
            return groups;
        }
    }

    @Override
    public int run(PrintWriter out, PrintWriter err, String... arguments) {
        Options options;
        try {
            options = Options.parse(arguments);
        } catch (IllegalArgumentException e) {
            err.println("norma-bench: " + e.getMessage());
            return Verdicts.USAGE;
        }
        try {
            List<Figure> figures = measure(options, out);
            return report(options, figures, out);
        } catch (BenchException | IOException | MachineException | Images.ImageBuildException e) {
            err.println("norma-bench: " + e.getMessage());
            return Verdicts.INCONCLUSIVE;
        }
    }

    private static List<Figure> measure(Options options, PrintWriter out)
            throws IOException, BenchException, MachineException, Images.ImageBuildException {
        Arch arch = options.arch();
        Path work = Files.createTempDirectory(Unfinished.prefix("bench"));
        Unfinished.add(work);
        try {
            Variants variants = new Variants(options.root(), work);
            Path source = options.root().resolve("benchmarks/native/count/count.c");
            Path plugin = Plugin.compile(source, work);
            Path elf = Images.kernel(arch);
            List<Figure> figures = new ArrayList<>();
            for (String group : List.of("build", "boot", "kernel", "validator", "explorer")) {
                if (options.groups().contains(group)) {
                    out.println("measuring: " + group);
                    figures.addAll(
                            switch (group) {
                                case "build" -> BuildFigures.measure(arch, variants);
                                case "boot" -> BootFigures.measure(arch, elf, plugin);
                                case "kernel" ->
                                        KernelFigures.measure(
                                                arch,
                                                KernelFigures.Images.build(arch, elf, variants),
                                                plugin,
                                                out);
                                case "validator" -> ValidatorFigures.measure(arch, elf, work);
                                default -> ExplorerFigures.measure(options.root(), work, out);
                            });
                }
            }
            return figures;
        } finally {
            Unfinished.delete(work);
            Unfinished.keep(work);
        }
    }

    private static int report(Options options, List<Figure> figures, PrintWriter out)
            throws IOException {
        String arch = options.arch().label();
        out.println();
        out.println("figures on " + arch);
        figures.forEach(figure -> out.println(figure.line()));
        Path json = options.json();
        if (json != null) {
            Unfinished.write(json, Report.json(arch, figures));
        }
        List<String> worse =
                Report.regressions(
                        arch, figures, options.root().resolve("benchmarks/baseline.json"));
        worse.forEach(line -> out.println("WORSE " + line));
        long missed = figures.stream().filter(Figure::misses).count();
        out.println(
                figures.size()
                        + " figures, "
                        + missed
                        + " miss their target, "
                        + worse.size()
                        + " worse than the baseline");
        return worse.isEmpty() ? Verdicts.PASS : Verdicts.VIOLATION;
    }
}
