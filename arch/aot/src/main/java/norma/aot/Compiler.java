// Contract: the driver: runs the passes in order and writes the outputs.
// Invariant: the outputs are a function of the class files alone, and are written only when there
// is
// no error.
// Owner: norma.aot.
package norma.aot;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import norma.aot.emit.CFile;
import norma.aot.emit.CNames;
import norma.aot.facts.ProgramFacts;
import norma.aot.lint.Lints;
import norma.aot.load.ClassWorld;
import norma.aot.load.HostWorld;
import norma.aot.load.JavaMethod;
import norma.aot.reach.Program;
import norma.aot.reach.Reachability;
import norma.aot.report.Statistics;

/** Class files to C. */
public final class Compiler {
    private Compiler() {}

    /**
     * Compiles the request.
     *
     * @throws CompileException with every error found, if there is one
     * @throws IOException if class files cannot be read or outputs not be written
     */
    public static CompileResult compile(CompileRequest request)
            throws CompileException, IOException {
        long start = System.nanoTime();
        ClassWorld world = new ClassWorld(request.classPath());
        try (HostWorld host = new HostWorld(request.classPath())) {
            Program program = Reachability.run(world, host, request.rootClasses());
            lint(program);
            failOnProblems(program);
            CFile file = new CFile(program, new ProgramFacts(program), request.gates());
            Files.createDirectories(request.outDir());
            Path c = request.outDir().resolve("kernel.c");
            Path offsets = request.outDir().resolve("offsets.h");
            Files.writeString(c, file.source());
            Files.writeString(offsets, file.offsetsHeader());
            Duration time = Duration.ofNanos(System.nanoTime() - start);
            return new CompileResult(
                    c,
                    offsets,
                    program.graph().entries().stream().map(CNames::method).toList(),
                    callGraph(program),
                    Statistics.of(program),
                    time);
        }
    }

    /** A method that was not analysed to the end can stop a lint; its cause is reported already. */
    private static void lint(Program program) {
        try {
            Lints.run(program);
        } catch (ClassWorld.ClassMissingException | HostWorld.HostInitialisationException e) {
            program.problem(null, 0, String.valueOf(e.getMessage()));
        }
    }

    private static void failOnProblems(Program program) throws CompileException {
        List<String> errors =
                program.problems().stream()
                        .map(p -> p.render(program.graph()))
                        .distinct()
                        .sorted()
                        .toList();
        if (!errors.isEmpty()) {
            throw new CompileException(errors);
        }
    }

    private static Map<String, List<String>> callGraph(Program program) {
        Map<String, List<String>> graph = new LinkedHashMap<>();
        for (JavaMethod method : program.methods()) {
            List<String> callees = new ArrayList<>();
            program.graph().callees(method).forEach(m -> callees.add(CNames.method(m)));
            graph.put(CNames.method(method), callees);
        }
        return graph;
    }
}
