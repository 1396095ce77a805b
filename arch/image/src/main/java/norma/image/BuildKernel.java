// Contract: the command line of the kernel build.
// Owner: norma.image.
package norma.image;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import norma.aot.CompileException;
import norma.aot.CompileRequest;
import norma.aot.CompileResult;
import norma.aot.Compiler;

/** {@code --classes DIR[:DIR..] --roots a.B,c.D --arch A --native DIR --out DIR}. */
public final class BuildKernel {
    private static final List<String> OPTIONS =
            List.of("--classes", "--roots", "--arch", "--native", "--out");

    private BuildKernel() {}

    /** Builds a kernel; exits with 1 if it cannot be built and with 2 if not asked properly. */
    public static void main(String[] arguments) throws InterruptedException {
        System.exit(run(arguments));
    }

    static int run(String[] arguments) throws InterruptedException {
        Map<String, String> options;
        try {
            options = parse(arguments);
            Arch.of(option(options, "--arch"));
        } catch (IllegalArgumentException e) {
            System.err.println(e.getMessage());
            System.err.println(
                    "usage: BuildKernel --classes DIR[:DIR..] --roots a.B,c.D"
                            + " --arch riscv64|x86_64 --native DIR --out DIR");
            return 2;
        }
        try {
            System.out.print(build(options).report());
            return 0;
        } catch (CompileException e) {
            e.errors().forEach(System.err::println);
            System.err.println(e.errors().size() + " error(s)");
        } catch (ImageException | IOException e) {
            System.err.println(e.getMessage());
        }
        return 1;
    }

    private static Map<String, String> parse(String[] arguments) {
        Map<String, String> options = new HashMap<>();
        for (int i = 0; i < arguments.length; i += 2) {
            if (!OPTIONS.contains(arguments[i]) || i + 1 == arguments.length) {
                throw new IllegalArgumentException("unexpected argument " + arguments[i]);
            }
            options.put(arguments[i], arguments[i + 1]);
        }
        for (String option : OPTIONS) {
            if (!options.containsKey(option)) {
                throw new IllegalArgumentException("missing " + option);
            }
        }
        return options;
    }

    private static String option(Map<String, String> options, String name) {
        String value = options.get(name);
        if (value == null) {
            throw new IllegalArgumentException("missing " + name);
        }
        return value;
    }

    private static ImageResult build(Map<String, String> options)
            throws CompileException, ImageException, IOException, InterruptedException {
        Arch arch = Arch.of(option(options, "--arch"));
        Path out = Path.of(option(options, "--out"));
        List<Path> classPath =
                Stream.of(option(options, "--classes").split(File.pathSeparator))
                        .map(Path::of)
                        .toList();
        List<String> roots = List.of(option(options, "--roots").split(","));
        CompileResult program =
                Compiler.compile(new CompileRequest(classPath, roots, out.resolve("generated")));
        Path sources = Path.of(option(options, "--native"));
        Path target = sources.resolve(arch.directory());
        boolean kernel = Files.isDirectory(sources.resolve("user"));
        return ImageBuilder.build(
                new ImageRequest(
                        program,
                        kernel ? ImageTool.user(classPath, sources, arch, out) : null,
                        arch,
                        kernel
                                ? ImageTool.folders(sources, arch)
                                : List.of(sources.resolve("common"), target),
                        target.resolve("link.ld"),
                        false,
                        out));
    }
}
