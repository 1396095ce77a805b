// Contract: compiles Java sources of tests into a directory, as kernel sources are compiled.
// Owner: norma.aot tests.
package norma.aot;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import javax.tools.JavaCompiler;
import javax.tools.ToolProvider;

/** Test sources to class files. */
public final class Sources {
    private Sources() {}

    /** The corpus of differential test programs. */
    public static Path corpus() {
        return Path.of(System.getProperty("norma.root", "../.."))
                .resolve("arch/aot/src/test/java/norma/aot/corpus");
    }

    /** Compiles all sources of a directory. */
    public static Path compileAll(Path sourceDirectory, Path out) {
        try (Stream<Path> files = Files.walk(sourceDirectory)) {
            return compile(
                    files.filter(f -> f.toString().endsWith(".java")).sorted().toList(), out);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Compiles the body of a class named t.T, after the usual imports. */
    public static Path compileClass(String body, Path directory) {
        Path source = directory.resolve("src/t/T.java");
        try {
            Files.createDirectories(source.getParent());
            Files.writeString(
                    source,
                    "package t; import norma.quals.*; import java.lang.invoke.*;"
                            + " final class T {\n"
                            + body
                            + "\n}\n");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return compile(List.of(source), directory.resolve("classes"));
    }

    private static Path compile(List<Path> sources, Path out) {
        JavaCompiler javac = ToolProvider.getSystemJavaCompiler();
        List<String> arguments = new ArrayList<>();
        arguments.addAll(List.of("-proc:none", "-nowarn", "-XDrawDiagnostics", "-g"));
        arguments.addAll(List.of("-cp", System.getProperty("java.class.path")));
        arguments.addAll(List.of("-d", out.toString()));
        sources.forEach(s -> arguments.add(s.toString()));
        var errors = new java.io.ByteArrayOutputStream();
        int result = javac.run(null, errors, errors, arguments.toArray(String[]::new));
        if (result != 0) {
            throw new IllegalStateException(
                    errors.toString(java.nio.charset.StandardCharsets.UTF_8));
        }
        return out;
    }
}
