package norma.kernel.sim.mutate;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.spi.ToolProvider;
import norma.conformance.job.Verdicts;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The tool's exit codes, and what it says of tables that are none. */
class MutateToolTest {
    @TempDir Path folder;

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    private int run(String... arguments) {
        out.getBuffer().setLength(0);
        err.getBuffer().setLength(0);
        ToolProvider tool = ToolProvider.findFirst("norma-mutate").orElseThrow();
        return tool.run(new PrintWriter(out), new PrintWriter(err), arguments);
    }

    @Test
    void listsByName() {
        assertEquals(Verdicts.PASS, run("--list", "--only", "LiveThreads.end.*weaken"));
        List<String> names = out.toString().lines().toList();
        assertEquals(1, names.size(), out.toString());
        assertTrue(
                names.getFirst().matches("LiveThreads\\.end:weaken-1 LiveThreads\\.java:\\d+"),
                out.toString());
    }

    @Test
    void refusesNonsense() {
        for (String[] arguments :
                new String[][] {
                    {"--only", "no such mutant"},
                    {"--only", "("},
                    {"--only"},
                    {"--what"},
                    {"--seed"},
                    {"--seed", "x"},
                    {"--record"},
                    {"--classes", "x"},
                    {"--table", folder.resolve("none").toString()}
                }) {
            assertEquals(Verdicts.USAGE, run(arguments), String.join(" ", arguments));
            assertEquals("", out.toString());
            assertTrue(err.toString().startsWith("norma mutate: "), err.toString());
            assertEquals(1, err.toString().lines().count(), err.toString());
        }
    }

    @Test
    void saysWhereATableIsWrong() throws Exception {
        Path file = folder.resolve("kills");
        for (String line :
                new String[] {
                    "A.b:negate-1",
                    "A.b:negate-1 explored call-reply",
                    "A.b:negate-1 simulated call-reply many RACE",
                    "A.b:negate-1 survives",
                    "A.b:negate-1 contract",
                    "A.b:negate-1 equivalent because",
                    "A.b:negate-1 explored nowhere RACE",
                    "A.b:negate-1 simulated nowhere 3 RACE",
                    "A.b:negate-1 contract nobody",
                    "C.d:negate-1 equivalent"
                }) {
            Files.writeString(file, "# a table\nC.d:negate-1 equivalent\n" + line + "\n");
            assertEquals(Verdicts.USAGE, run("--table", file.toString()), line);
            assertTrue(err.toString().contains(file + ":3: "), err.toString());
            assertEquals(1, err.toString().lines().count(), err.toString());
        }
    }

    @Test
    void aMutantThatTheTableLacksIsToldAlsoIfItIsNamed() throws Exception {
        Path file = folder.resolve("kills");
        Files.writeString(file, "# nothing\n");
        String[] named = {"--only", "LiveThreads.end.*weaken", "--table", file.toString()};
        assertEquals(Verdicts.VIOLATION, run(named), out.toString());
        assertTrue(
                out.toString().contains("WRONG LiveThreads.end:weaken-1 is not in the table"),
                out.toString());
    }

    @Test
    void writesTheClassOfOneMutant() {
        assertEquals(
                Verdicts.PASS,
                run("--only", "LiveThreads.end.*weaken", "--classes", folder.toString()));
        assertTrue(Files.exists(folder.resolve("norma/kernel/entry/LiveThreads.class")));
        assertEquals(Verdicts.USAGE, run("--only", "Ipc", "--classes", folder.toString()));
    }
}
