package norma.speccheck;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import norma.speccheck.evidence.Facts;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is trusted, what is not, and that false or stale evidence does not pass for long. */
class EvidenceTest {
    private static final String FILE = "spec/evidence.json";
    private static final String GRAPH = "TicketLock-2";
    private static final String BROKEN = "lock-double-release";

    @TempDir Path root = Path.of("");

    private Checkout copy;

    @BeforeEach
    void copySpecifications() throws IOException {
        copy = new Checkout(root);
    }

    private int changed(String... more) {
        String[] args = {"--changed", "--spec", GRAPH, "--spec", BROKEN, "--sample", "0"};
        return copy.run(with(args, more));
    }

    @Test
    void unchangedItemsAreTrustedAndCountedAsSuch() {
        copy.prove(GRAPH, BROKEN);
        assertEquals(0, changed());
        copy.expectNot("graph " + GRAPH);
        copy.expect("proved 0, trusted 2 of 2 items, 0 failed");
        assertTrue(copy.out().strip().endsWith("\n0 passed, 0 failed, 2 trusted"), copy.out());
    }

    @Test
    void whatHasNoEvidenceIsProvedAndFails() {
        copy.prove(GRAPH);
        assertEquals(1, changed());
        copy.expect("broken " + BROKEN);
        copy.expect("evidence is stale or missing: 1 items: " + BROKEN);
        copy.expect("run ./norma check --changed --update-evidence and commit spec/evidence.json");
        copy.expect("1 passed, 1 failed, 1 trusted");
    }

    @Test
    void staleEvidenceFailsUntilItIsProvedAnew() {
        copy.prove(GRAPH, BROKEN);
        copy.write("spec/MCTicketLock2.cfg", copy.text("spec/MCTicketLock2.cfg") + "\\* more\n");
        assertEquals(1, changed());
        copy.expect("evidence is stale or missing: 1 items: " + GRAPH);
        assertEquals(0, copy.run("--spec", GRAPH), "the full check's verdict is the proof's");
        copy.expect("evidence is stale or missing: 1 items: " + GRAPH);
        assertEquals(0, changed("--update-evidence"));
        assertEquals(0, changed());
        copy.expect("trusted 2 of 2");
    }

    @Test
    void alteredFactsAreTrustedButNotProved() {
        copy.prove(GRAPH, BROKEN);
        copy.edit(FILE, "\"states\":196", "\"states\":197");
        String altered = copy.text(FILE);
        assertEquals(0, changed());
        assertEquals(1, copy.run("--spec", GRAPH));
        copy.expect("the evidence of " + GRAPH + " is false");
        assertEquals(1, changed("--sample", "100"), "a sampled item is proved");
        assertEquals(1, copy.run("--spec", GRAPH, "--update-evidence"));
        assertEquals(altered, copy.text(FILE), "false evidence is not repaired in silence");
    }

    @Test
    void alteredPropertyOfABrokenModelIsFound() {
        copy.prove(BROKEN);
        copy.edit(FILE, "\"violated\":\"Accounting\"", "\"violated\":\"Mutex\"");
        assertEquals(1, copy.run("--spec", BROKEN));
        copy.expect("the evidence of " + BROKEN + " is false");
    }

    @Test
    void evidenceOfNoItemFails() {
        copy.prove(GRAPH, BROKEN);
        copy.edit(FILE, "{\"item\": \"" + BROKEN, "{\"item\": \"no-such-item");
        assertEquals(1, copy.run("--changed", "--spec", GRAPH));
        copy.expect("evidence is of no item any more: 1 items: no-such-item");
        assertEquals(0, copy.run("--spec", GRAPH));
        assertEquals(0, copy.run("--changed", "--spec", GRAPH, "--update-evidence"));
        assertFalse(copy.text(FILE).contains("no-such-item"));
    }

    @Test
    void whatFailsLeavesNoEvidence() {
        copy.edit(
                "spec/manifest.json",
                "\"states\": 196, \"edges\": 384",
                "\"states\": 196, \"edges\": 385");
        assertEquals(1, changed("--update-evidence"));
        assertFalse(copy.text(FILE).contains(GRAPH));
        assertTrue(copy.text(FILE).contains(BROKEN));
    }

    @Test
    void whatIsEditedMeanwhileLeavesNoEvidence() {
        String config = "spec/MCTicketLock2.cfg";
        assertEquals(
                1,
                copy.run(
                        () -> copy.write(config, copy.text(config) + "\n"),
                        "--spec",
                        GRAPH,
                        "--update-evidence"));
        copy.expect("the inputs of " + GRAPH + " changed during the run");
        assertFalse(copy.text(FILE).contains(GRAPH));
    }

    @Test
    void whatIsReadIsHashed() {
        // A comment that is none, to those who do not know texts: the closure ends there.
        copy.edit(
                "spec/MCTicketLock.tla",
                "EXTENDS TicketLock",
                "EXTENDS TicketLock\nOdd == \"(*\"\nX == INSTANCE Extra");
        copy.write("spec/Extra.tla", "---- MODULE Extra ----\nMore == 1\n====\n");
        assertEquals(1, copy.run("--spec", GRAPH));
        copy.expect("read what is not among its inputs: [Extra.tla]");
    }

    @Test
    void vacuityIsThatOfTrustedGraphs() {
        copy.write(
                "spec/manifest.json",
                copy.text("spec/manifest.json")
                        .replaceFirst("\\{\"name\": \"TicketLock-4\".*\n", ""));
        copy.prove("TicketLock-1", GRAPH, "TicketLock-3");
        String[] vacuity = {"--changed", "--update-evidence", "--spec", "TicketLock-vacuity"};
        copy.edit(FILE, "\"unseen\":[]", "\"unseen\":[\"action enabled nowhere: Nap\"]");
        assertEquals(1, copy.run(vacuity));
        copy.expect("FAILED: action enabled nowhere: Nap");
        copy.edit(FILE, "\"unseen\":[\"action enabled nowhere: Nap\"]", "\"unseen\":[]");
        assertEquals(0, copy.run(vacuity));
        copy.expectNot("graph TicketLock");
    }

    @Test
    void theSampleIsItsSeedsAndTheShareIsRoundedUp() {
        List<Item> items =
                Item.all(Manifest.read(copy.spec()), new Console(System.out), new Vacuity());
        long candidates = items.stream().filter(i -> !i.kind().equals(Item.VACUITY)).count();
        List<String> sample = CheckRun.sample(items, 10, 42);
        assertEquals(sample, CheckRun.sample(items.reversed(), 10, 42));
        assertNotEquals(sample, CheckRun.sample(items, 10, 43));
        assertEquals((candidates + 9) / 10, sample.size());
        assertEquals(candidates, CheckRun.sample(items, 100, 42).size());
        assertEquals(List.of(), CheckRun.sample(items, 0, 42));
    }

    @Test
    void whatWouldTakeTooLongIsLeftOutAndSaid() {
        copy.prove(GRAPH, BROKEN);
        String[] all = {"--changed", "--spec", GRAPH, "--spec", BROKEN, "--sample", "100"};
        copy.write(FILE, copy.text(FILE).replaceAll("\"seconds\": [0-9.]+", "\"seconds\": 60.0"));
        assertEquals(0, copy.run(with(all, "--within", "119")));
        copy.expect("proved 1, trusted 1 of 2 items");
        copy.expect("1 of the sample would take longer than that");
        assertEquals(0, copy.run(with(all, "--within", "120")));
        copy.expect("proved 2, trusted 0 of 2 items");
        assertEquals(0, copy.run(with(all, "--within", "59")));
        copy.expect("proved 0, trusted 2 of 2 items");
    }

    private static String[] with(String[] arguments, String... more) {
        return Stream.concat(Stream.of(arguments), Stream.of(more)).toArray(String[]::new);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "[",
                "{}",
                "[\n<<<<<<< HEAD\n]\n",
                "[\n{\"item\": \"a\"\n]\n",
                "[\n{\"item\": \"a\"}\n]\n",
                "[\n42\n]\n",
                "[\nHASH,\nHASH\n]\n",
                "[\n{\"item\": \"a\", \"inputs\": \"12\", \"facts\": {}, \"seconds\": 1.0}\n]\n"
            })
    void corruptEvidenceIsOneLineAndNoVerdict(String text) {
        String entry =
                "{\"item\": \"a\", \"inputs\": \"%s\", \"facts\": {}, \"seconds\": 1.0}"
                        .formatted("0".repeat(64));
        copy.write(FILE, text.replace("HASH", entry));
        for (String option : List.of("--changed", "--update-evidence")) {
            assertEquals(3, copy.run(option, "--spec", GRAPH));
            assertEquals("", copy.out());
            assertTrue(copy.err().startsWith("check: spec/evidence.json is corrupt: "), copy.err());
            assertEquals(1, copy.err().lines().count(), copy.err());
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "--changed --sample 101",
                "--changed --sample -1",
                "--changed --sample many",
                "--changed --seed",
                "--sample 5",
                "--seed 5"
            })
    void wrongSamplesAreUsage(String args) {
        assertEquals(2, copy.run(args.split(" ")));
        assertEquals("", copy.out());
        assertTrue(copy.err().contains("usage:"), copy.err());
    }

    @Test
    void equalFactsHaveEqualTexts() {
        Facts facts = Facts.of(java.util.Map.of("b", 2, "a", List.of("x")));
        assertEquals("{\"a\":[\"x\"],\"b\":2}", facts.json());
        assertEquals(List.of("x"), facts.texts("a"));
        assertEquals(List.of(), facts.texts("c"));
    }
}
