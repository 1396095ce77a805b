package norma.cli;

import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code norma image}: compiles the kernel ahead of time and links it. */
@Command(
        name = "image",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description = "Compiles the kernel's class files to C and links a bootable ELF.")
final class ImageCommand implements Callable<Integer> {
    @Spec private CommandSpec spec;

    @Mixin private ArchOption arch;

    @Option(
            names = "--out",
            paramLabel = "FILE",
            description = "Where the image goes (default: norma-ARCH.elf here).")
    private @Nullable Path out;

    @Override
    public Integer call() {
        Path target = out != null ? out : Path.of("norma-" + arch.value().label() + ".elf");
        Checks.writable(spec, "--out", target);
        return Engines.runTool(
                Engines.IMAGE,
                List.of(
                        "--root",
                        Roots.root().toString(),
                        "--arch",
                        arch.value().label(),
                        "--out",
                        target.toString()));
    }
}
