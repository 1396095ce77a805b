package norma.speccheck.evidence;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * {@code spec/evidence.json}: for each item the hash of all that its outcome depends on, and what
 * came of it when that was proved. One line an item, sorted, so that changes merge line by line.
 */
public final class Evidence {
    /** File name of the record. */
    public static final String FILE = "evidence.json";

    private static final int LIMIT_BYTES = 100_000;
    private static final Pattern HASH = Pattern.compile("[0-9a-f]{64}");

    private final TreeMap<String, Entry> entries = new TreeMap<>();

    /**
     * The record of one item.
     *
     * @param inputs hash of what the outcome depends on
     * @param facts what came of it
     * @param seconds what the proof took
     */
    public record Entry(String item, String inputs, Facts facts, double seconds) {
        private String line() {
            return String.format(
                    Locale.ROOT,
                    "{\"item\": %s, \"inputs\": \"%s\", \"facts\": %s, \"seconds\": %.1f}",
                    JsonMapper.shared().writeValueAsString(item),
                    inputs,
                    facts.json(),
                    seconds);
        }
    }

    /** Reads a record; a missing file is an empty one. */
    public static Evidence read(Path file) {
        Evidence evidence = new Evidence();
        if (!Files.exists(file)) {
            return evidence;
        }
        List<String> lines;
        try {
            lines = Files.readAllLines(file);
        } catch (IOException e) {
            throw new EvidenceException("cannot read spec/" + FILE + ": " + e);
        }
        int last = lines.size() - 1;
        if (last < 1 || !lines.getFirst().equals("[") || !lines.getLast().equals("]")) {
            throw new EvidenceException(
                    corrupt("it must begin with a line [ and end with a line ]"));
        }
        for (int i = 1; i < last; i++) {
            try {
                evidence.add(entry(lines.get(i).replaceFirst(",$", "")));
            } catch (JacksonException | IllegalArgumentException e) {
                String why =
                        e instanceof JacksonException json ? json.getOriginalMessage() : message(e);
                throw new EvidenceException(corrupt("line " + (i + 1) + ": " + why));
            }
        }
        return evidence;
    }

    private static String message(Exception e) {
        return String.valueOf(e.getMessage());
    }

    private static String corrupt(String why) {
        return ("spec/" + FILE + " is corrupt: " + why).replaceAll("\\s+", " ")
                + "; restore it, or remove what is wrong and run ./norma check --changed"
                + " --update-evidence";
    }

    private void add(Entry entry) {
        if (entries.put(entry.item(), entry) != null) {
            throw new IllegalArgumentException(entry.item() + " is there twice");
        }
    }

    private static Entry entry(String line) {
        JsonNode n = JsonMapper.shared().readTree(line);
        JsonNode facts = n.path("facts");
        if (!n.path("item").isString()
                || !HASH.matcher(n.path("inputs").asString("")).matches()
                || !facts.isObject()
                || !n.path("seconds").isNumber()
                || n.size() != 4) {
            throw new IllegalArgumentException("not an item, its inputs, facts and seconds");
        }
        return new Entry(
                n.path("item").asString(),
                n.path("inputs").asString(),
                new Facts(JsonMapper.shared().writeValueAsString(facts)),
                n.path("seconds").asDouble());
    }

    /** The record of an item, of whatever inputs. */
    public @Nullable Entry of(String item) {
        return entries.get(item);
    }

    /** The record of an item with these inputs. */
    public @Nullable Entry of(String item, String inputs) {
        Entry entry = entries.get(item);
        return entry != null && entry.inputs().equals(inputs) ? entry : null;
    }

    /** All items that there is a record of. */
    public Set<String> items() {
        return Set.copyOf(entries.keySet());
    }

    /** Replaces the record of an item. */
    public void put(Entry entry) {
        entries.put(entry.item(), entry);
    }

    /** Forgets items. */
    public void removeAll(Set<String> items) {
        entries.keySet().removeAll(items);
    }

    /** Writes the record, whole or not at all. */
    public void write(Path file) {
        StringBuilder text = new StringBuilder("[\n");
        Iterator<Map.Entry<String, Entry>> all = entries.entrySet().iterator();
        while (all.hasNext()) {
            text.append(all.next().getValue().line()).append(all.hasNext() ? ",\n" : "\n");
        }
        byte[] bytes = text.append("]\n").toString().getBytes(StandardCharsets.UTF_8);
        if (bytes.length > LIMIT_BYTES) {
            throw new EvidenceException(
                    "spec/" + FILE + " would have " + bytes.length + " bytes of " + LIMIT_BYTES);
        }
        Path fresh = file.resolveSibling(FILE + ".new");
        try {
            Files.write(fresh, bytes);
            Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            throw new EvidenceException("cannot write spec/" + FILE + ": " + e);
        }
    }
}
