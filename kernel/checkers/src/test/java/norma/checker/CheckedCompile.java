package norma.checker;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import javax.tools.Diagnostic;
import javax.tools.DiagnosticCollector;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.ToolProvider;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;

/**
 * Compiles one source text in process with the very processors and options that kernel/pom.xml
 * gives the kernel, so a checker that is dropped or silenced there fails the tests here.
 */
final class CheckedCompile {
    /** Ours that are plain annotation processors. */
    private static final Set<String> OWN =
            Set.of("norma.checker.NoAllocationChecker", "norma.checker.GuardChecker");

    private final List<String> processors;
    private final List<String> options;

    private CheckedCompile(List<String> processors, List<String> options) {
        this.processors = processors;
        this.options = options;
    }

    /** The configuration of {@code kernel/pom.xml}. */
    static CheckedCompile fromKernelPom() throws Exception {
        Path pom = Path.of(System.getProperty("norma.root"), "kernel", "pom.xml");
        Document document =
                javax.xml.parsers.DocumentBuilderFactory.newInstance()
                        .newDocumentBuilder()
                        .parse(pom.toFile());
        return new CheckedCompile(
                texts(document.getDocumentElement(), "annotationProcessor"),
                texts(document.getDocumentElement(), "arg").stream()
                        .filter(option -> !option.startsWith("${")) // the lint list: not ours
                        .toList());
    }

    /** The same options with one processor alone: faster where the others cannot matter. */
    CheckedCompile only(String processor) {
        assertTrue(processors.contains(processor));
        // javac warns of options that no processor takes; ours without qualifiers takes none.
        boolean framework = !OWN.contains(processor);
        return new CheckedCompile(
                List.of(processor),
                options.stream().filter(o -> framework || !o.startsWith("-A")).toList());
    }

    List<String> processors() {
        return processors;
    }

    List<String> options() {
        return options;
    }

    /** The warnings and errors of compiling {@code source}, which declares {@code Snippet}. */
    List<String> diagnose(String source) throws IOException {
        var unit =
                new SimpleJavaFileObject(
                        URI.create("string:///norma/kernel/Snippet.java"),
                        JavaFileObject.Kind.SOURCE) {
                    @Override
                    public CharSequence getCharContent(boolean ignore) {
                        return source;
                    }
                };
        Path out = Files.createTempDirectory(Path.of(System.getProperty("norma.build")), "checked");
        List<String> arguments = new ArrayList<>(options);
        String classPath = System.getProperty("java.class.path");
        arguments.addAll(List.of("-d", out.toString(), "-classpath", classPath));
        arguments.addAll(List.of("-processorpath", classPath));
        arguments.addAll(List.of("-processor", String.join(",", processors)));
        var found = new DiagnosticCollector<JavaFileObject>();
        ToolProvider.getSystemJavaCompiler()
                .getTask(null, null, found, arguments, null, List.of(unit))
                .call();
        return found.getDiagnostics().stream()
                .filter(d -> d.getKind() != Diagnostic.Kind.NOTE)
                .map(d -> d.getLineNumber() + ": " + d.getMessage(Locale.ROOT))
                .toList();
    }

    private static List<String> texts(Element root, String tag) {
        List<String> texts = new ArrayList<>();
        NodeList nodes = root.getElementsByTagName(tag);
        for (int i = 0; i < nodes.getLength(); i++) {
            texts.add(nodes.item(i).getTextContent().trim());
        }
        return texts;
    }
}
