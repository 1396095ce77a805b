package norma.speccheck;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** That each property is of use is not said of one that is not: each way to be wrong, once. */
class PropertiesCheckTest {
    private static final String ITEM = "TicketLock-properties";
    private static final String PATCH = "spec/broken/lock-never-released.json";
    private static final String MANIFEST = "spec/manifest.json";

    private static final String ELSEWHERE =
            "\"elsewhere\": [\"TypeOK\", \"Accounting\", \"NoSelfDeadlock\", \"TicketsUnique\"],";
    private static final List<String> LEFT_OUT =
            List.of(
                    "\"TypeOK\": \"lock-ticket-out-of-range\"",
                    "\"Accounting\": \"lock-forgotten-increment\"",
                    "\"NoSelfDeadlock\": \"lock-nested-interrupt\"",
                    "\"TicketsUnique\": \"lock-same-ticket-again\"");
    private static final List<String> NEEDED =
            List.of(
                    "lock-entry-without-turn",
                    "lock-interrupts-left-on",
                    "lock-double-release",
                    "lock-never-released");

    @TempDir Path root = Path.of("");

    private Checkout copy;

    @BeforeEach
    void copySpecifications() throws IOException {
        copy = new Checkout(root);
        // Few broken models on few cores, and few properties: enough to be wrong on, and quick.
        String manifest =
                copy.text(MANIFEST)
                        .lines()
                        .filter(line -> !line.contains("\"name\": \"lock-") || isNeeded(line))
                        .collect(Collectors.joining("\n"));
        copy.write(MANIFEST, manifest);
        copy.edit(MANIFEST, "[\"MCTicketLock3.cfg\"],", "[\"MCTicketLock2.cfg\"], " + ELSEWHERE);
        for (String killer : LEFT_OUT) {
            copy.edit(MANIFEST, killer + ", ", "");
        }
    }

    private static boolean isNeeded(String line) {
        return NEEDED.stream().anyMatch(name -> line.contains("\"" + name + "\""));
    }

    private void refused(String text) {
        assertEquals(1, copy.run("--spec", ITEM), copy::out);
        copy.expect(text);
    }

    @Test
    void asItStandsItHolds() {
        assertEquals(0, copy.run("--spec", ITEM), copy::out);
        copy.expect("5 properties: 3 with a killer of their own, 2 implied");
    }

    @Test
    void aKillerThatOthersNoticeToo() {
        copy.edit(
                MANIFEST,
                "\"HolderIsOwner\": \"lock-entry-without-turn\"",
                "\"HolderIsOwner\": \"lock-double-release\"");
        refused("lock-double-release is not noticed by HolderIsOwner alone");
    }

    @Test
    void aKillerThatIsNoticedNowhereAlone() {
        copy.edit(
                MANIFEST,
                "\"HolderIsOwner\": \"lock-entry-without-turn\"",
                "\"HolderIsOwner\": \"alone:lock-double-release\"");
        refused("lock-double-release is noticed nowhere by HolderIsOwner alone");
    }

    @Test
    void aKillerThatIsNot() {
        copy.edit(
                MANIFEST,
                "\"MaskedWhileHeld\": \"lock-interrupts-left-on\"",
                "\"MaskedWhileHeld\": \"lock-no-such\"");
        refused("MaskedWhileHeld: there is no broken model lock-no-such of TicketLock");
    }

    @Test
    void anImplicationThatIsNone() {
        copy.edit(MANIFEST, "\"Mutex\": [\"HolderIsOwner\"]", "\"Mutex\": [\"MaskedWhileHeld\"]");
        refused("Mutex is not implied by [MaskedWhileHeld]");
    }

    @Test
    void aPropertyThatNobodyAccountsFor() {
        copy.edit(MANIFEST, "\"MaskedWhileHeld\": \"lock-interrupts-left-on\", ", "");
        refused("MaskedWhileHeld needs a killer, or what implies it, and not both");
    }

    @Test
    void aPropertyThatIsNoneOfTheSpecification() {
        copy.edit(MANIFEST, "{\"HolderIsOwner\"", "{\"Nap\": \"x\", \"HolderIsOwner\"");
        refused("Nap is no property of");
    }

    @Test
    void aTemporalPropertyWithoutKiller() {
        copy.edit(MANIFEST, ", \"EveryTakerEnters\": \"lock-never-released\"", "");
        refused("EveryTakerEnters: there is no broken model null without liveness");
    }

    /** What may never end is no killer of liveness if a state of it is forbidden. */
    @Test
    void aTemporalPropertyWhoseKillerIsNoticedBefore() {
        copy.edit(PATCH, "\\n    /\\\\ WF_vars(Release(c, l))", "owner' = Succ(owner)");
        copy.edit(PATCH, "\"replacement\": \"\"", "\"replacement\": \"owner' = owner\"");
        refused("lock-never-released is noticed not by EveryTakerEnters alone");
    }

    /** A model that keeps its promise kills nothing. */
    @Test
    void aTemporalPropertyThatIsNotViolated() {
        copy.edit(PATCH, "\\n    /\\\\ WF_vars(Release(c, l))", "owner' = Succ(owner)");
        copy.edit(PATCH, "\"replacement\": \"\"", "\"replacement\": \"owner' = Succ(owner) \"");
        refused("lock-never-released should violate EveryTakerEnters, but violates []");
    }
}
