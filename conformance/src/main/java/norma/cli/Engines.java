package norma.cli;

import java.io.PrintWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.ServiceLoader;
import java.util.spi.ToolProvider;
import norma.conformance.job.Verdicts;

/**
 * Finds what does the work.
 *
 * <p>Engines that live beside the command line implement an interface of {@code
 * norma.conformance.job}. Those of modules that must not be compiled against (the specification
 * checks, the image builder) are {@link ToolProvider}s of the JDK: they take arguments and return
 * an exit code of {@link Verdicts}.
 */
final class Engines {
    /** TLC, explorer and graph equality: {@code --root DIR [--spec NAME]... [--changed] ...}. */
    static final String SPEC_CHECK = "norma-spec-check";

    /** Links an image: {@code --root DIR --arch ARCH --out FILE}. */
    static final String IMAGE = "norma-image";

    /** Measures: {@code --root DIR --arch ARCH [--json FILE]}. */
    static final String BENCH = "norma-bench";

    /** The kernel on the JVM: {@code [--scenario NAME]... --seeds N --seed S --cpus N}. */
    static final String SIMULATE = "norma-jvm-machine";

    /** Every interleaving of the kernel on the JVM: {@code [--scenario NAME]... [--all]}. */
    static final String EXPLORE = "norma-explore";

    /** Chosen interleavings of the machine code: {@code [--scenario NAME]... [--ways N]}. */
    static final String FORCE = "norma-force";

    /** Mutants of the kernel, by operator, on the JVM: {@code [--only REGEX] [--full]}. */
    static final String MUTATE = "norma-mutate";

    private Engines() {}

    static <T> Optional<T> find(Class<T> type) {
        return ServiceLoader.load(type).findFirst();
    }

    static <T> T require(Class<T> type) {
        return find(type).orElseThrow(() -> new MissingEngineException(type.getSimpleName()));
    }

    static Optional<ToolProvider> tool(String name) {
        return ToolProvider.findFirst(name);
    }

    /** Runs a tool with its output on this process's streams. */
    static int runTool(String name, List<String> arguments) {
        ToolProvider tool = tool(name).orElseThrow(() -> new MissingEngineException(name));
        // Flushed at each line: progress is to be seen when it happens.
        PrintWriter out = new PrintWriter(writer(System.out), true);
        PrintWriter err = new PrintWriter(writer(System.err), true);
        try {
            return tool.run(out, err, arguments.toArray(String[]::new));
        } finally {
            out.flush();
            err.flush();
        }
    }

    private static Writer writer(java.io.PrintStream stream) {
        return new java.io.OutputStreamWriter(stream, StandardCharsets.UTF_8);
    }

    /** This build lacks the part that does the job: infrastructure, not a verdict. */
    static final class MissingEngineException extends RuntimeException {
        private static final long serialVersionUID = 1;

        MissingEngineException(String name) {
            super("this build contains no " + name);
        }
    }
}
