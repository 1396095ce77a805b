package norma.conformance.job;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.spi.ToolProvider;
import norma.conformance.machine.Arch;

/** Kernel images, built by the tool {@code norma-image}: this module never sees the compiler. */
public final class Images {
    /** Why there is no image. */
    public static final class ImageBuildException extends Exception {
        private static final long serialVersionUID = 1;

        ImageBuildException(String message) {
            super(message);
        }
    }

    private Images() {}

    /** The checkout; the shell wrapper says where it is. */
    public static Path root() {
        return Path.of(System.getProperty("norma.root", ".")).toAbsolutePath().normalize();
    }

    /** The image of this installation's kernel, built if it is not there yet. */
    public static Path kernel(Arch arch) throws ImageBuildException {
        return kernel(arch, Optional.empty());
    }

    /** The image of the kernel with the classes of a folder in place of its own. */
    public static Path kernel(Arch arch, Optional<Path> overlay) throws ImageBuildException {
        return build(arch, overlay, List.of());
    }

    /** The same with gates: an image whose interleavings can be chosen. */
    public static Path gated(Arch arch, Optional<Path> overlay) throws ImageBuildException {
        return build(arch, overlay, List.of("--gates"));
    }

    private static Path build(Arch arch, Optional<Path> overlay, List<String> more)
            throws ImageBuildException {
        ToolProvider tool =
                ToolProvider.findFirst("norma-image")
                        .orElseThrow(
                                () -> new ImageBuildException("this build has no image builder"));
        List<String> arguments = new ArrayList<>();
        arguments.addAll(List.of("--root", root().toString(), "--arch", arch.label()));
        overlay.ifPresent(dir -> arguments.addAll(List.of("--overlay", dir.toString())));
        arguments.addAll(more);
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        int code =
                tool.run(
                        new PrintWriter(out, true),
                        new PrintWriter(err, true),
                        arguments.toArray(String[]::new));
        if (code != 0) {
            throw new ImageBuildException(err.toString().strip());
        }
        List<String> lines = out.toString().strip().lines().toList();
        return Path.of(lines.getLast());
    }
}
