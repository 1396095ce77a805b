package norma.speccheck;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The checker is checked: it accepts the small models and refuses each kind of falsehood. */
class CheckMainTest {
    @TempDir Path root = Path.of("");

    private Checkout copy;

    @BeforeEach
    void copySpecifications() throws IOException {
        copy = new Checkout(root);
    }

    private int run(String... args) {
        return copy.run(args);
    }

    private void edit(String file, String from, String to) {
        copy.edit("spec/" + file, from, to);
    }

    private void expect(String text) {
        copy.expect(text);
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
        assertEquals("", copy.err());
    }

    @Test
    void unknownOptionIsUsage() {
        assertEquals(2, run("--frobnicate"));
        assertTrue(copy.err().contains("usage:"));
    }

    @Test
    void unknownCheckIsUsage() {
        assertEquals(2, run("--spec", "TicketLock-2", "--spec", "NoSuchSpec"));
        assertEquals(
                "check: --spec: no specification and no check has the name NoSuchSpec; try --list\n",
                copy.err());
        assertEquals(2, run("--kind", "nonsense"));
        assertEquals(
                "check: --kind: no check is of kind nonsense, but of broken, graph, liveness,"
                        + " properties, vacuity\n",
                copy.err());
        assertEquals(2, run("--spec", "TicketLock-2", "--kind", "broken"));
        assertEquals(
                "check: of what --spec names nothing is left by --kind and --quick; try --list\n",
                copy.err());
    }

    @Test
    void otherCountFails() {
        edit("manifest.json", "\"states\": 196, \"edges\": 384", "\"states\": 196, \"edges\": 385");
        assertEquals(1, run("--spec", "TicketLock-2"));
        expect("edges: pinned 385, found 384");
    }

    @Test
    void differentGraphFailsAndShowsAnEdge() {
        edit("TicketLock.tla", "/\\ ticket' = [ticket EXCEPT ![c][l] = 0]", "/\\ ticket' = ticket");
        assertEquals(1, run("--spec", "TicketLock-2"));
        expect("DIFFERENT");
        expect("Edges only in the specification:");
        expect("Release(c1,thread)");
    }

    @Test
    void violationPrintsNumberedSteps() {
        edit("TicketLock.tla", "    /\\ owner = ticket[c][l]\n", "");
        assertEquals(1, run("--spec", "TicketLock-2"));
        expect("violated: HolderIsOwner");
        expect("  1. Mask(");
    }

    @Test
    void brokenModelThatHoldsFails() {
        edit("broken/lock-double-release.json", "Succ(Succ(owner))", "Succ(owner)");
        assertEquals(1, run("--spec", "lock-double-release"));
        expect("NOT CAUGHT");
    }

    @Test
    void brokenModelThatFailsOtherwiseFails() {
        edit("manifest.json", "\"expected\": \"MaskedWhileHeld\"", "\"expected\": \"Mutex\"");
        assertEquals(1, run("--spec", "lock-interrupts-left-on"));
        expect("violated instead: MaskedWhileHeld");
    }

    @Test
    void anchorThatDriftedFails() {
        edit("TicketLock.tla", "owner' = Succ(owner)", "owner' = Succ( owner )");
        assertEquals(1, run("--spec", "lock-double-release"));
        expect("anchor must match exactly once");
    }

    @Test
    void brokenLivenessIsCaught() {
        assertEquals(0, run("--spec", "lock-never-released"));
    }

    @Test
    void vacuousInvariantFails() {
        edit("TicketLock.tla", "Mutex == Card", "Mutex == (owner = Width) => Card");
        edit(
                "manifest.json",
                "\"TicketLock-4\", \"spec\": \"TicketLock\"",
                "\"x\", \"spec\": \"x\"");
        assertEquals(1, run("--spec", "TicketLock"));
        expect("antecedent true nowhere");
    }

    @Test
    void unparsableModuleFails() {
        edit("TicketLock.tla", "Init ==", "Init = =");
        assertEquals(1, run("--spec", "TicketLock-2"));
        expect("could not be carried out");
    }
}
