package norma.cli.gate;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Mutants of a module's checkers by PIT: each is noticed by a test, or argued in the module's
 * {@code survivors.txt}. Its cases are the mutants.
 *
 * @param name the gate's name
 * @param budgetSeconds what it may take
 * @param module the module whose profile {@code pit} says what is mutated and who is to notice
 * @param options further options of Maven
 */
public record PitGate(String name, int budgetSeconds, String module, List<String> options)
        implements Gate {
    @Override
    public GateResult run(GateContext context, PrintStream out) {
        Path folder = context.root().resolve(module);
        Path report = folder.resolve("target/pit-reports/mutations.xml");
        try {
            Files.deleteIfExists(report);
            List<String> arguments = new ArrayList<>(List.of("-Ppit", "-pl", module, "-am"));
            arguments.addAll(options);
            arguments.add("verify");
            GateResult built =
                    new MavenGate(name, budgetSeconds, false, arguments).run(context, out);
            if (!built.ok()) {
                return built;
            }
            Survivors survivors = Survivors.of(report, folder.resolve("survivors.txt"));
            survivors.unargued().forEach(line -> out.println("  survives: " + line));
            long failed = survivors.unargued().size();
            long passed = survivors.mutants() - survivors.argued() - failed;
            String note = "survivors that " + module + "/survivors.txt does not argue";
            return GateResult.of(passed, failed, 0, 0, note).trusting(survivors.argued());
        } catch (IOException e) {
            return new GateResult(0, 1, 0, e.toString());
        }
    }
}
