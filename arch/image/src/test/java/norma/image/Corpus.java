// Contract: compiles the differential corpus of arch/aot and builds images of it.
// Owner: norma.image tests.
package norma.image;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import javax.tools.ToolProvider;
import norma.aot.CompileRequest;
import norma.aot.CompileResult;
import norma.aot.Compiler;

/** The corpus as class files and as images. */
final class Corpus {
    private static final Path ROOT = Path.of(System.getProperty("norma.root", "../.."));
    private static final Path NATIVE = ROOT.resolve("arch/native");

    private final Path classes;
    private final Path work;

    private Corpus(Path classes, Path work) {
        this.classes = classes;
        this.work = work;
    }

    /** Compiles the corpus into a directory. */
    static Corpus compile(Path directory) throws Exception {
        Path classes = directory.resolve("classes");
        List<String> arguments = new ArrayList<>(List.of("-proc:none", "-nowarn", "-g"));
        arguments.addAll(List.of("-cp", System.getProperty("java.class.path")));
        arguments.addAll(List.of("-d", classes.toString()));
        try (Stream<Path> files = Files.list(sources())) {
            files.sorted().forEach(f -> arguments.add(f.toString()));
        }
        ByteArrayOutputStream errors = new ByteArrayOutputStream();
        int status =
                ToolProvider.getSystemJavaCompiler()
                        .run(null, errors, errors, arguments.toArray(String[]::new));
        if (status != 0) {
            throw new IllegalStateException(errors.toString(StandardCharsets.UTF_8));
        }
        return new Corpus(classes, directory);
    }

    static Path sources() {
        return ROOT.resolve("arch/aot/src/test/java/norma/aot/corpus");
    }

    Path classes() {
        return classes;
    }

    /** An image of the given root class of the corpus. */
    ImageResult build(String root, Arch arch) throws Exception {
        Path out = work.resolve(root).resolve(arch.directory());
        CompileResult program =
                Compiler.compile(
                        new CompileRequest(
                                List.of(classes),
                                List.of("norma.aot.corpus." + root),
                                out.resolve("generated")));
        Path start = NATIVE.resolve("difftest").resolve(arch.directory());
        List<Path> nativeDirs =
                List.of(NATIVE.resolve("common"), NATIVE.resolve("difftest/common"), start);
        return ImageBuilder.build(
                new ImageRequest(program, arch, nativeDirs, start.resolve("link.ld"), out));
    }
}
