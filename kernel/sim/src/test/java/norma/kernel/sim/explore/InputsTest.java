package norma.kernel.sim.explore;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import norma.conformance.job.Verdicts;
import norma.kernel.sim.load.ClassEdit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is wrong with a file is said with its name and line; a search that is given up says so. */
class InputsTest {
    private static final int FUZZED = 400;

    @TempDir Path folder;

    private String said = "";

    private int tool(String... arguments) {
        StringWriter text = new StringWriter();
        PrintWriter writer = new PrintWriter(text);
        int code = new ExploreTool().run(writer, writer, arguments);
        said = text.toString();
        return code;
    }

    private Path file(String name, String text) throws IOException {
        return Files.writeString(folder.resolve(name), text);
    }

    private void refused(String where, String... arguments) {
        assertEquals(Verdicts.USAGE, tool(arguments), said);
        assertTrue(said.contains(folder.resolve(where).toString()), said);
    }

    @Test
    void ofACorruptWayTheLineIsNamed() throws IOException {
        refused("none:", "--replay", folder.resolve("none").toString());
        refused(
                "a:1: expected",
                "--replay",
                file("a", "norma-way 1\nscenario call-death\n0\nend\n") + "");
        refused("a:1: expected", "--replay", file("a", "") + "");
        refused("a:2: expected", "--replay", file("a", "norma-way 2\n0\n") + "");
        refused("a:2: there is", "--replay", file("a", "norma-way 2\nscenario x\n0\nend\n") + "");
        String head = "norma-way 2\nscenario call-death\n";
        for (String bad : List.of("0x", "9", "0*0", "0*-1", "0*x", "0*99999999", "", "leap 0")) {
            refused("a:4: expected", "--replay", file("a", head + "0\n" + bad + "\n0\n") + "");
        }
        Files.write(folder.resolve("a"), new byte[] {(byte) 0xff, 0, 1});
        refused("a: not a text: no UTF-8 at byte 0", "--replay", folder.resolve("a").toString());
    }

    /** A way whose end is lost would be one that nothing fails on. */
    @Test
    void aWayThatIsCutOffIsNone() throws IOException {
        String whole = "norma-way 2\nscenario donate\n0*3\n0\nend\n";
        assertEquals(Verdicts.PASS, tool("--replay", file("a", whole) + ""), said);
        for (int length = 0; length < whole.length() - 1; length++) {
            refused("a:", "--replay", file("a", whole.substring(0, length)) + "");
        }
        refused(
                "a:5: expected the line end",
                "--replay",
                file("a", whole.replace("end\n", "")) + "");
        refused("a:6: expected the end of", "--replay", file("a", whole + "0\n") + "");
        refused(
                "a:3: expected a choice",
                "--replay",
                file("a", whole.replace("0*3\n0\n", "")) + "");
    }

    @Test
    void whatIsNoFileIsNotRead() throws Exception {
        Files.createDirectory(folder.resolve("sub"));
        new ProcessBuilder("mkfifo", folder.resolve("pipe").toString()).start().waitFor();
        for (String option : List.of("--replay", "--manifest", "--script")) {
            refused("sub: a folder, not a file", option, folder.resolve("sub").toString());
            refused("pipe: not a file", option, folder.resolve("pipe").toString());
        }
    }

    @Test
    void aChoiceThatThereIsNotIsNamed() throws IOException {
        Path way = file("a", "norma-way 2\nscenario call-death\n0*3\n0i\n0\nend\n");
        refused("a:4: 0i cannot be chosen there", "--replay", way.toString());
        assertFalse(said.contains(Way.MALFORMED), said);
    }

    @Test
    void aWayThatIsNoneIsNotForced() throws IOException {
        for (String[] bad :
                new String[][] {
                    {"norma-way 2\nscenario call-death\n0*3\nx\nend\n", ":4: expected"},
                    {"norma-way 2\nscenario x\n0\nend\n", ":2: there is no scenario x"},
                    {"", ":1: expected"}
                }) {
            Path way = file("a", bad[0]);
            StringWriter text = new StringWriter();
            PrintWriter writer = new PrintWriter(text);
            int code = new ForceTool().run(writer, writer, "--replay", way.toString());
            assertEquals(Verdicts.USAGE, code, text.toString());
            assertTrue(text.toString().startsWith("norma force: " + way + bad[1]), text.toString());
            assertEquals(1, text.toString().lines().count(), text.toString());
        }
    }

    @Test
    void fuzzedWaysAreToldFromGoodOnes() throws IOException {
        List<String> choices = new ArrayList<>();
        for (int i = 0; i < 40; i++) {
            choices.add(i % 7 == 6 ? "1" : "0");
        }
        Path way = folder.resolve("way");
        new Way("donate", choices).write(way);
        byte[] good = Files.readAllBytes(way);
        SplittableRandom random = new SplittableRandom(1);
        int refused = 0;
        for (int i = 0; i < FUZZED; i++) {
            byte[] bad = good.clone();
            bad[random.nextInt(bad.length)] = (byte) random.nextInt(256);
            Files.write(way, bad);
            try {
                Way read = Way.read(way);
                assertEquals(read.choices().size(), read.lines().size());
            } catch (InputException e) {
                refused++;
                assertTrue(String.valueOf(e.getMessage()).startsWith(way.toString()));
            }
        }
        assertTrue(refused > FUZZED / 2 && refused < FUZZED, refused + " refused");
    }

    @Test
    void ofACorruptManifestTheLineIsNamed() throws IOException {
        String good = "call-death states 1 transitions 1 ends 1 model 1 1\n";
        String all = "# counts\n" + good;
        for (String bad :
                List.of(
                        "call-reply",
                        "call-reply states x transitions 1 ends 1 model 1 1",
                        "call-reply states 1 transitions 1 ends 1 model 1",
                        good.strip())) {
            file("m", all + bad + "\n");
            refused("m:3: ", "--manifest", folder.resolve("m") + "", "--scenario", "call-death");
        }
        file("m", all);
        refused("m: no line for scenario donate", "--manifest", folder.resolve("m") + "");
        assertEquals(1, said.lines().count(), said);
        String[] counted = {"--manifest", folder.resolve("m") + "", "--scenario", "call-death"};
        assertEquals(Verdicts.VIOLATION, tool(counted));
        assertTrue(
                said.contains("COUNTS are not those of " + folder.resolve("m") + ":2; they are"),
                said);
    }

    @Test
    void ofACorruptScriptTheLineIsNamed() throws IOException {
        String text = Case.text("call-death");
        String file = folder.resolve("own.script").toString();
        file("own.script", text.replace("call 0 5", "call 0 x"));
        refused("own.script:10:", "--script", file);
        file("own.script", text.replace("# explore", "# explode"));
        refused("own.script:1: expected a line # explore", "--script", file);
        file("own.script", "# mine\n" + text.replace("cpus 2", "cpus 9"));
        int at = text.lines().toList().indexOf("# explore: cpus 2 leaps 0") + 2;
        refused("own.script:" + at + ": expected a line # explore", "--script", file);
        for (String strange : List.of("random r5 3", "exec hello")) {
            file("own.script", text.replace("  call 0 5", strange));
            String name = strange.split(" ")[0];
            refused("own.script:10: a script that is explored has no " + name, "--script", file);
        }
        file("own.script", text);
        assertEquals(Verdicts.PASS, tool("--script", file), said);
        assertTrue(said.contains("1 passed, 0 failed"), said);
    }

    @Test
    void aSearchGivenUpSaysWhatItHasCovered() {
        assertEquals(
                Verdicts.INCONCLUSIVE, tool("--scenario", "call-reply", "--most", "20000"), said);
        assertTrue(said.contains("INCONCLUSIVE: given up at its bound, 20000 states"), said);
        assertTrue(said.contains("the longest way that was followed has "), said);
        assertTrue(said.contains("operations: 8, begun 8, completed 8"), said);
        assertTrue(said.endsWith("0 passed, 0 failed, 1 inconclusive\n"), said);
        // A bound that is not reached is none.
        assertEquals(Verdicts.PASS, tool("--scenario", "donate", "--most", "1000000"), said);
        assertFalse(said.contains("operations:"), said);
    }

    @Test
    void whatHasNotBeenBegunOrCompletedIsNamed() {
        assertEquals(Verdicts.INCONCLUSIVE, tool("--scenario", "call-reply", "--most", "20"), said);
        assertTrue(said.contains("operations: 8, begun 3, completed 3"), said);
        assertTrue(said.contains("not begun client:10 call 0 5"), said);
        tool("--scenario", "call-reply", "--most", "120");
        assertTrue(said.contains("operations: 8, begun 6, completed 4"), said);
        assertTrue(said.contains("not completed client:10 call 0 5"), said);
    }

    @Test
    void anInterruptedSearchEndsAtOnce() throws InterruptedException {
        Exploration exploration =
                new Exploration(ClassEdit.NONE, Case.find("reply-timeout").orElseThrow());
        Interruption interruption = new Interruption();
        interruption.watch(exploration);
        Thread asks = new Thread(interruption::stop, "asks");
        asks.start();
        Exploration.Outcome outcome = exploration.search(false, Long.MAX_VALUE);
        interruption.close();
        asks.join();
        assertNull(outcome.failure());
        assertFalse(outcome.complete());
        assertTrue(interruption.asked());
        assertTrue(exploration.covered().getFirst().startsWith("operations: "));
    }

    /** What {@link #withoutMemoryThereIsNoVerdict} runs with little memory. */
    static final class LittleMemory {
        public static void main(String[] args) {
            PrintWriter out = new PrintWriter(System.out, true, StandardCharsets.UTF_8);
            System.exit(new ExploreTool().run(out, out, args));
        }
    }

    @Test
    void withoutMemoryThereIsNoVerdict() throws Exception {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        ManagementFactory.getRuntimeMXBean().getInputArguments().stream()
                .filter(a -> a.startsWith("--add-"))
                .forEach(command::add);
        command.addAll(List.of("-Xmx40m", "-cp", System.getProperty("java.class.path")));
        command.addAll(List.of(LittleMemory.class.getName(), "--scenario", "reply-timeout"));
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String text = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertEquals(Verdicts.INCONCLUSIVE, process.waitFor(), text);
        assertTrue(text.contains("INCONCLUSIVE: out of memory after "), text);
        assertTrue(text.contains("operations: 14, begun "), text);
    }

    @Test
    void whyASearchWasGivenUpIsTold() {
        Exploration exploration =
                new Exploration(ClassEdit.NONE, Case.find("donate").orElseThrow());
        Exploration.Outcome some = exploration.searchInMemory(false, 100);
        assertEquals("given up at its bound, 100 states", exploration.reason(some, 100));
        assertTrue(exploration.reason(some, 200).contains("no end"), "neither of them");
        exploration.stop();
        assertEquals("interrupted", exploration.reason(some, 200));
    }

    @Test
    void textsAreUtf8() throws IOException {
        Path file = folder.resolve("t");
        Files.write(file, "ä".getBytes(StandardCharsets.UTF_8));
        assertEquals("ä", Texts.read(file));
    }
}
