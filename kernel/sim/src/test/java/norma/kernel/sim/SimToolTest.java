package norma.kernel.sim;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.spi.ToolProvider;
import norma.conformance.job.Verdicts;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The tool's exit codes and rows. */
class SimToolTest {
    @TempDir Path folder;

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    private int run(String... arguments) {
        ToolProvider tool = ToolProvider.findFirst("norma-jvm-machine").orElseThrow();
        return tool.run(new PrintWriter(out), new PrintWriter(err), arguments);
    }

    @Test
    void listsScenarios() {
        assertEquals(Verdicts.PASS, run("--list"));
        assertEquals(Scenario.names(), out.toString().lines().toList());
    }

    @Test
    void runsWhatIsAsked() {
        assertEquals(
                Verdicts.PASS,
                run("--scenario", "contended", "--seeds", "20", "--seed", "5", "--cpus", "3"));
        assertTrue(out.toString().contains("contended"), out.toString());
        assertTrue(out.toString().endsWith("1 passed, 0 failed\n"), out.toString());
    }

    @Test
    void saysWhenNothingRan() {
        assertEquals(Verdicts.NOTHING_RAN, run("--seeds", "0"));
    }

    @Test
    void refusesNonsense() {
        for (String[] arguments :
                new String[][] {
                    {"--scenario", "nobody"},
                    {"--seeds"},
                    {"--seeds", "many"},
                    {"--seeds", "-1"},
                    {"--cpus", "5"},
                    {"--cpus", "0"},
                    {"--what", "1"},
                    {"what"}
                }) {
            assertEquals(Verdicts.USAGE, run(arguments), String.join(" ", arguments));
        }
        assertTrue(err.toString().contains("no scenario nobody"), err.toString());
        assertEquals(8, err.toString().lines().count(), err.toString());
        assertEquals("", out.toString());
    }

    @Test
    void replaysFiles() throws Exception {
        Path file = folder.resolve("x.schedule");
        new Schedule(new byte[0], 0).write(file, "park-ipi", 2, 3);
        assertEquals(Verdicts.PASS, run("--replay", file.toString()));
        Files.writeString(file, "no schedule\n");
        assertEquals(Verdicts.USAGE, run("--replay", file.toString()));
        assertTrue(err.toString().contains(file + ":1:1: expected"), err.toString());
        assertEquals(Verdicts.USAGE, run("--replay", folder.toString()));
        assertTrue(err.toString().contains(folder + ": a folder"), err.toString());
    }

    /** Whoever decides what cannot be, and sees nothing fail, has seen another run. */
    @Test
    void aDecisionThatCannotBeMadeIsTold() throws Exception {
        Path file = folder.resolve("x.schedule");
        byte[] codes = new byte[100_000];
        codes[codes.length - 1] = 1;
        new Schedule(codes, codes.length).write(file, "park-ipi", 2, 3);
        assertEquals(Verdicts.USAGE, run("--replay", file.toString()));
        assertTrue(
                err.toString().contains(file + ": 1 of its 1 decisions cannot be made"),
                err.toString());
    }
}
