package norma.speccheck;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import norma.speccheck.evidence.Evidence;
import norma.speccheck.evidence.Evidence.Entry;
import norma.speccheck.evidence.Hash;
import org.jspecify.annotations.Nullable;

/**
 * Proves the chosen items, or those of them whose evidence is not to be trusted, and compares with
 * the evidence.
 *
 * <p>Evidence of an item is current if it names the item's inputs as they are. Facts of current
 * evidence that a proof does not confirm are a failure and are not overwritten: somebody edited
 * them, or the proof is not a function of its inputs.
 */
final class CheckRun {
    private static final int OK = 0;
    private static final int FAILED = 1;
    private static final int PERCENT = 100;
    private static final int NAMES = 10;
    private static final double NANOS = 1e9;

    private final CheckOptions options;
    private final Path directory;
    private final Path file;
    private final Console console;
    private final Vacuity vacuity;
    private final List<Item> all;
    private final List<Item> chosen;
    private final Evidence evidence;
    private final Set<String> failed = new LinkedHashSet<>();
    private final Map<String, Entry> proved = new HashMap<>();

    CheckRun(
            CheckOptions options,
            Path directory,
            Console console,
            Vacuity vacuity,
            List<Item> all,
            List<Item> chosen) {
        this.options = options;
        this.directory = directory;
        this.console = console;
        this.vacuity = vacuity;
        this.all = all;
        this.chosen = chosen;
        file = directory.resolve(Evidence.FILE);
        evidence = Evidence.read(file);
    }

    int run() {
        long begin = System.nanoTime();
        Set<String> trusted = options.changed() ? trusted() : Set.of();
        for (Item item : chosen) {
            if (!trusted.contains(item.name())) {
                prove(item);
            }
        }
        inputsAreStillThose();
        boolean current = settle();
        int proofs = chosen.size() - trusted.size();
        console.line(
                "proved %d, trusted %d of %d items, %d failed%s, %d s",
                proofs,
                trusted.size(),
                chosen.size(),
                failed.size(),
                failed.isEmpty() ? "" : " (" + String.join(", ", failed) + ")",
                (System.nanoTime() - begin) / (long) NANOS);
        // The gates count this line: stale evidence is one failed case, trusted items are none.
        boolean stale = options.changed() && !current;
        console.line(
                "%d passed, %d failed%s",
                proofs - failed.size(),
                failed.size() + (stale ? 1 : 0),
                options.changed() ? ", " + trusted.size() + " trusted" : "");
        return failed.isEmpty() && !stale ? OK : FAILED;
    }

    private @Nullable Entry current(Item item) {
        return evidence.of(item.name(), item.inputs().hash());
    }

    /** Chooses and announces what is not proved, and takes from its evidence what others need. */
    private Set<String> trusted() {
        List<Item> fresh = chosen.stream().filter(i -> current(i) != null).toList();
        Set<String> sample = affordable(sample(fresh, options.sample(), options.seed()));
        console.line(
                "%d of %d items have current evidence; sample of %d %% within %d s, seed %d: %s",
                fresh.size(),
                chosen.size(),
                options.sample(),
                options.within(),
                options.seed(),
                sample.isEmpty() ? "none" : String.join(", ", sample));
        List<Item> rest = fresh.stream().filter(i -> !sample.contains(i.name())).toList();
        double seconds = 0;
        for (Item item : rest) {
            Entry entry = current(item);
            seconds += entry == null ? 0 : entry.seconds();
        }
        console.line("trusting %d items, proved before in %.0f s", rest.size(), seconds);
        if (fresh.size() < chosen.size() && !options.update()) {
            console.line("this run will fail: its evidence is stale or missing");
        }
        Set<String> trusted = new TreeSet<>();
        rest.forEach(i -> trusted.add(i.name()));
        for (Item item : all) {
            Entry entry = current(item);
            boolean unproved = trusted.contains(item.name()) || !chosen.contains(item);
            if (item.kind().equals(Item.GRAPH) && unproved && entry != null) {
                vacuity.explored(item.spec(), entry.facts().texts("unseen"));
            }
        }
        return trusted;
    }

    /** Those of a sample that took no longer than is asked for, all together; the first first. */
    private Set<String> affordable(List<String> sample) {
        Set<String> within = new TreeSet<>();
        double left = options.within();
        for (String name : sample) {
            Entry entry = evidence.of(name);
            if (entry != null && entry.seconds() <= left) {
                left -= entry.seconds();
                within.add(name);
            }
        }
        if (within.size() < sample.size()) {
            console.line(
                    "%d of the sample would take longer than that, and are left to a run without"
                            + " --changed",
                    sample.size() - within.size());
        }
        return within;
    }

    /**
     * A share of items, rounded up, in the order of chance. Vacuity is left out: it is no more than
     * what its graphs' evidence says.
     */
    static List<String> sample(List<Item> items, int percent, long seed) {
        List<String> names =
                items.stream()
                        .filter(i -> !i.kind().equals(Item.VACUITY))
                        .map(Item::name)
                        .sorted(Comparator.comparing(name -> Hash.of(seed + " " + name)))
                        .toList();
        return names.subList(0, (names.size() * percent + PERCENT - 1) / PERCENT);
    }

    private void prove(Item item) {
        long begin = System.nanoTime();
        Proof proof;
        try {
            proof = item.proof().get();
        } catch (RuntimeException e) {
            // A specification that does not load or a model that throws is a failed check.
            fail(item.name(), "%s could not be carried out: %s", item.name(), causes(e));
            return;
        }
        double seconds = (System.nanoTime() - begin) / NANOS;
        Set<String> unknown = new TreeSet<>(proof.read());
        unknown.removeAll(item.inputs().files());
        Entry entry = current(item);
        if (!proof.passed()) {
            failed.add(item.name());
        } else if (!unknown.isEmpty()) {
            fail(item.name(), "%s read what is not among its inputs: %s", item.name(), unknown);
        } else if (entry != null && !entry.facts().equals(proof.facts())) {
            fail(
                    item.name(),
                    "the evidence of %s is false: it says %s, the proof %s; remove its line from"
                            + " spec/evidence.json and prove it with --update-evidence",
                    item.name(),
                    entry.facts().json(),
                    proof.facts().json());
        } else {
            proved.put(
                    item.name(),
                    new Entry(item.name(), item.inputs().hash(), proof.facts(), seconds));
        }
    }

    private void fail(String item, String format, Object... arguments) {
        console.line("  FAILED: " + format, arguments);
        failed.add(item);
    }

    private static String causes(Throwable error) {
        StringBuilder out = new StringBuilder(error.toString());
        for (Throwable c = error.getCause(); c != null; c = c.getCause()) {
            out.append("; ").append(c);
        }
        return out.toString();
    }

    /** Whoever edits during a run has proved neither the old text nor the new one. */
    private void inputsAreStillThose() {
        Map<String, String> now =
                Item.hashes(Item.all(Manifest.read(directory), console, new Vacuity()));
        for (Item item : chosen) {
            if (!item.inputs().hash().equals(now.get(item.name()))) {
                proved.remove(item.name());
                fail(item.name(), "the inputs of %s changed during the run", item.name());
            }
        }
    }

    /** Updates the evidence if asked to, and tells what is not current; whether nothing is. */
    private boolean settle() {
        Set<String> gone = new TreeSet<>(evidence.items());
        all.forEach(i -> gone.remove(i.name()));
        if (options.update()) {
            evidence.removeAll(gone);
            gone.clear();
            for (Item item : chosen) {
                Entry entry = proved.get(item.name());
                if (entry != null && current(item) == null) {
                    evidence.put(entry);
                }
            }
            evidence.write(file);
        }
        List<String> stale = new ArrayList<>();
        for (Item item : chosen) {
            if (current(item) == null) {
                stale.add(item.name());
            }
        }
        tell("is stale or missing", stale);
        tell("is of no item any more", new ArrayList<>(gone));
        if (stale.isEmpty() && gone.isEmpty()) {
            return true;
        }
        console.line(
                "  run ./norma check --changed --update-evidence and commit spec/evidence.json");
        return false;
    }

    private void tell(String what, List<String> items) {
        if (!items.isEmpty()) {
            console.line(
                    "evidence %s: %d items: %s%s",
                    what,
                    items.size(),
                    String.join(", ", items.subList(0, Math.min(NAMES, items.size()))),
                    items.size() > NAMES ? ", ..." : "");
        }
    }
}
