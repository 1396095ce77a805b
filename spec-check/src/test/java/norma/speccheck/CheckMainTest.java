package norma.speccheck;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The checker is checked: it accepts the small models and refuses each kind of falsehood. */
class CheckMainTest {
    private static final Path SPEC = Path.of(System.getProperty("norma.root", ".."), "spec");

    @TempDir Path copy = Path.of("");

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();

    @BeforeEach
    void copySpecifications() throws IOException {
        Files.createDirectory(copy.resolve("broken"));
        try (Stream<Path> files = Files.walk(SPEC, 2)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                Files.copy(file, copy.resolve(SPEC.relativize(file).toString()));
            }
        }
    }

    private int run(String... args) {
        return CheckMain.run(args, copy, stream(out), stream(err));
    }

    private static PrintStream stream(ByteArrayOutputStream bytes) {
        return new PrintStream(bytes, true, StandardCharsets.UTF_8);
    }

    private void edit(String file, String from, String to) throws IOException {
        Path path = copy.resolve(file);
        String text = Files.readString(path);
        assertTrue(text.contains(from), file + " has changed: " + from);
        Files.writeString(path, text.replace(from, to));
    }

    private void expect(String text) {
        String all = out.toString(StandardCharsets.UTF_8);
        assertTrue(all.contains(text), () -> "no \"" + text + "\" in:\n" + all);
    }

    @Test
    void equalGraphsPass() {
        assertEquals(0, run("--spec", "TicketLock-2"));
        expect("graph TicketLock-2 ...");
        expect("equal");
    }

    @Test
    void listRunsNothing() {
        assertEquals(0, run("--list"));
        expect("Kernel-1");
        assertEquals(0, err.size());
    }

    @Test
    void unknownOptionIsUsage() {
        assertEquals(2, run("--frobnicate"));
        assertTrue(err.toString(StandardCharsets.UTF_8).contains("usage:"));
    }

    @Test
    void unknownCheckIsUsage() {
        assertEquals(2, run("--spec", "NoSuchSpec"));
    }

    @Test
    void otherCountFails() throws IOException {
        edit("manifest.json", "\"states\": 196, \"edges\": 384", "\"states\": 196, \"edges\": 385");
        assertEquals(1, run("--spec", "TicketLock-2"));
        expect("edges: pinned 385, found 384");
    }

    @Test
    void differentGraphFailsAndShowsAnEdge() throws IOException {
        edit("TicketLock.tla", "/\\ ticket' = [ticket EXCEPT ![c][l] = 0]", "/\\ ticket' = ticket");
        assertEquals(1, run("--spec", "TicketLock-2"));
        expect("DIFFERENT");
        expect("Edges only in the specification:");
        expect("Release(c1,thread)");
    }

    @Test
    void violationPrintsNumberedSteps() throws IOException {
        edit("TicketLock.tla", "    /\\ owner = ticket[c][l]\n", "");
        assertEquals(1, run("--spec", "TicketLock-2"));
        expect("violated: HolderIsOwner");
        expect("  1. Mask(");
    }

    @Test
    void brokenModelThatHoldsFails() throws IOException {
        edit("broken/lock-double-release.json", "Succ(Succ(owner))", "Succ(owner)");
        assertEquals(1, run("--spec", "lock-double-release"));
        expect("NOT CAUGHT");
    }

    @Test
    void brokenModelThatFailsOtherwiseFails() throws IOException {
        edit("manifest.json", "\"expected\": \"MaskedWhileHeld\"", "\"expected\": \"Mutex\"");
        assertEquals(1, run("--spec", "lock-interrupts-left-on"));
        expect("violated instead: MaskedWhileHeld");
    }

    @Test
    void anchorThatDriftedFails() throws IOException {
        edit("TicketLock.tla", "owner' = Succ(owner)", "owner' = Succ( owner )");
        assertEquals(1, run("--spec", "lock-double-release"));
        expect("anchor must match exactly once");
    }

    @Test
    void brokenLivenessIsCaught() {
        assertEquals(0, run("--spec", "lock-never-released"));
    }

    @Test
    void vacuousInvariantFails() throws IOException {
        edit("TicketLock.tla", "Mutex == Card", "Mutex == (owner = Width) => Card");
        edit(
                "manifest.json",
                "\"TicketLock-4\", \"spec\": \"TicketLock\"",
                "\"x\", \"spec\": \"x\"");
        assertEquals(1, run("--spec", "TicketLock"));
        expect("antecedent true nowhere");
    }

    @Test
    void unparsableModuleFails() throws IOException {
        edit("TicketLock.tla", "Init ==", "Init = =");
        assertEquals(1, run("--spec", "TicketLock-2"));
        expect("could not be carried out");
    }
}
